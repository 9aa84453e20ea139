/** A solver that hands all on to another, for what is to differ in something. */
import type { Literal, SatBackend, SatSolver, SatStatus, SolveLimits, SolverStatistics } from './sat.js';

export class SolverAround implements SatSolver {
  constructor(protected readonly solver: SatSolver) {}

  get name(): SatBackend {
    return this.solver.name;
  }

  get statistics(): SolverStatistics {
    return this.solver.statistics;
  }

  newVariable(): number {
    return this.solver.newVariable();
  }

  addClause(literals: readonly Literal[]): void {
    this.solver.addClause(literals);
  }

  solve(limits?: SolveLimits): SatStatus {
    return this.solver.solve(limits);
  }

  value(variable: number): boolean {
    return this.solver.value(variable);
  }

  dispose(): void {
    this.solver.dispose();
  }
}
