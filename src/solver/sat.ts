/**
 * The one interface behind which SAT backends stand. Variables are 1, 2, 3, ...; a literal is a variable
 * or its negative. Clauses are added at any time; assumptions hold for one call.
 */
import { BudgetError } from '../model/budget-error.js';

/** A variable, or its negative. */
export type Literal = number;

/** `unknown`: a limit was reached first. */
export type SatStatus = 'satisfiable' | 'unsatisfiable' | 'unknown';

export interface SearchLimits {
  /** Give up with 'unknown' after about this many conflicts in one call; a backend that cannot count them ignores it. */
  readonly conflicts?: number;
}

/** What one call assumes, and may spend. */
export interface SolveLimits extends SearchLimits {
  readonly assumptions?: readonly Literal[];
}

/** How much was asked of a solver since it was created. */
export interface SolverStatistics {
  readonly variables: number;
  readonly clauses: number;
  readonly calls: number;
}

/** An incremental solver: clauses are added at any time and stay, assumptions hold for one call. */
export interface SatSolver {
  /** The name users choose it by. */
  readonly name: SatBackend;
  readonly statistics: SolverStatistics;
  newVariable(): number;
  addClause(literals: readonly Literal[]): void;
  /** @throws SolverError when the backend fails (out of memory); the solver is then unusable. */
  solve(limits?: SolveLimits): SatStatus;
  /** After 'satisfiable', until the next clause or solve. */
  value(variable: number): boolean;
  /** Frees the solver's memory; it is then unusable. */
  dispose(): void;
}

/** MiniSat, or CaDiCaL; both as WebAssembly or JavaScript, so that nothing is compiled upon installation. */
export type SatBackend = 'minisat' | 'cadical';

/** Fresh solvers of one backend. */
export interface SolverFactory {
  readonly backend: SatBackend;
  /** False once a solver of this factory took the backend down with it. */
  readonly isUsable: boolean;
  /** @throws SolverError when a solver of this factory took the backend down with it; load it anew. */
  create(): SatSolver;
}

/** The backend could not go on, most likely for want of memory. It says nothing about the question asked. */
export class SolverError extends BudgetError {
  override readonly name = 'SolverError';
}
