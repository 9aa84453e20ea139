/**
 * The one interface behind which SAT backends stand. Variables are 1, 2, 3, ...; a literal is a variable
 * or its negative. Clauses are added at any time; assumptions hold for one call.
 */
export type Literal = number;

export type SatStatus = 'satisfiable' | 'unsatisfiable' | 'unknown';

export interface SolveLimits {
  readonly assumptions?: readonly Literal[];
  /** Give up with 'unknown' after about this many conflicts; a backend that cannot count them ignores it. */
  readonly conflicts?: number;
}

export interface SatSolver {
  /** The name users choose it by. */
  readonly name: SatBackend;
  newVariable(): number;
  addClause(literals: readonly Literal[]): void;
  /** @throws SolverError when the backend fails (out of memory); the solver is then unusable. */
  solve(limits?: SolveLimits): SatStatus;
  /** After 'satisfiable', until the next clause or solve. */
  value(variable: number): boolean;
  dispose(): void;
}

export type SatBackend = 'minisat' | 'cadical';

export class SolverError extends Error {
  override readonly name = 'SolverError';
}
