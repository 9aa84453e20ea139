/** Solvers that lie, to see whether anybody notices. */
import { SolverAround } from '../../src/solver/around.js';
import { SolverPool } from '../../src/solver/pool.js';
import type { SatBackend, SatSolver, SatStatus, SolveLimits, SolverFactory } from '../../src/solver/sat.js';

/**
 * What a solver says in place of the truth.
 *
 * @param solver which of those that a check makes, from 0
 * @param call which of the calls of that solver, from 0
 */
export type Lie = (truth: SatStatus, solver: number, call: number) => SatStatus;

/** Of what is not satisfiable, its model is that nothing is true. */
class LyingSolver extends SolverAround {
  private isModel = false;
  private calls = 0;

  constructor(
    solver: SatSolver,
    private readonly lie: (truth: SatStatus, call: number) => SatStatus,
  ) {
    super(solver);
  }

  override solve(limits?: SolveLimits): SatStatus {
    const truth = super.solve(limits);
    this.isModel = truth === 'satisfiable';
    return this.lie(truth, this.calls++);
  }

  override value(variable: number): boolean {
    return this.isModel && super.value(variable);
  }
}

export class LyingPool extends SolverPool {
  constructor(private readonly lie: Lie) {
    super();
  }

  override async factory(backend: SatBackend): Promise<SolverFactory> {
    const honest = await super.factory(backend);
    let made = 0;
    const create = () => {
      const number = made++;
      return new LyingSolver(honest.create(), (truth, call) => this.lie(truth, number, call));
    };
    return { backend, isUsable: true, create };
  }
}
