/** Solvers that lie, to see whether anybody notices. */
import { SolverPool } from '../../src/solver/pool.js';
import type { SatBackend, SatSolver, SatStatus, SolverFactory } from '../../src/solver/sat.js';

/**
 * What a solver says in place of the truth.
 *
 * @param solver which of those that a check makes, from 0
 * @param call which of the calls of that solver, from 0
 */
export type Lie = (truth: SatStatus, solver: number, call: number) => SatStatus;

/** Of what is not satisfiable, its model is that nothing is true. */
function lying(solver: SatSolver, lie: (truth: SatStatus, call: number) => SatStatus): SatSolver {
  let isModel = false;
  let calls = 0;
  return {
    name: solver.name,
    get statistics() {
      return solver.statistics;
    },
    newVariable: () => solver.newVariable(),
    addClause: (literals) => {
      solver.addClause(literals);
    },
    solve: (limits) => {
      const truth = solver.solve(limits);
      isModel = truth === 'satisfiable';
      return lie(truth, calls++);
    },
    value: (variable) => isModel && solver.value(variable),
    dispose: () => {
      solver.dispose();
    },
  };
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
      return lying(honest.create(), (truth, call) => this.lie(truth, number, call));
    };
    return { backend, isUsable: true, create };
  }
}
