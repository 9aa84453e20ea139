/**
 * What every backend needs around its native code. A native solver that has run out of memory does not
 * stay silent when it is used again: MiniSat then answers 'unsatisfiable' to anything, which would read as
 * a certificate. So a failure is remembered and every later use is refused. Literals are checked
 * for the same reason: native code takes a 0 for the end of a clause, and reads values beyond its arrays.
 */
import { SolverError } from './sat.js';
import type { Literal, SatBackend, SatSolver, SatStatus, SolveLimits, SolverStatistics } from './sat.js';

/** A backend's own code, unguarded; whatever it throws is taken as its end. */
export interface NativeSolver {
  readonly name: SatBackend;
  /** How much memory it can have, in words, for the message of its failure. */
  readonly memory: string;
  newVariable(): number;
  addClause(literals: readonly Literal[]): void;
  solve(limits: SolveLimits): SatStatus;
  value(variable: number): boolean;
  dispose(): void;
}

/** The memory that one or several native solvers live in; when one fails there, all of them have. */
export interface NativeInstance {
  failed: boolean;
}

export class CheckedSolver implements SatSolver {
  readonly name: SatBackend;
  private disposed = false;
  private variables = 0;
  /** Variables up to this one have a value in the last model; 0 where there is none. */
  private valued = 0;
  private clauses = 0;
  private calls = 0;

  constructor(
    private readonly native: NativeSolver,
    private readonly instance: NativeInstance,
  ) {
    this.name = native.name;
  }

  get statistics(): SolverStatistics {
    return { variables: this.variables, clauses: this.clauses, calls: this.calls };
  }

  newVariable(): number {
    this.variables = this.attempt(() => this.native.newVariable());
    return this.variables;
  }

  addClause(literals: readonly Literal[]): void {
    this.checkLiterals(literals);
    this.attempt(() => {
      this.native.addClause(literals);
    });
    this.clauses++;
    this.valued = 0;
  }

  solve(limits: SolveLimits = {}): SatStatus {
    this.checkLiterals(limits.assumptions ?? []);
    this.valued = 0;
    if (limits.interrupted?.() === true) return 'unknown';
    const status = this.attempt(() => this.native.solve(limits));
    this.calls++;
    if (status === 'satisfiable') this.valued = this.variables;
    return status;
  }

  value(variable: number): boolean {
    if (!(variable >= 1 && variable <= this.valued))
      throw new RangeError(`No value is known of ${variable}.`);
    return this.attempt(() => this.native.value(variable));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    try {
      this.native.dispose();
    } catch {
      this.instance.failed = true;
    }
  }

  private attempt<T>(operation: () => T): T {
    if (this.disposed) throw new SolverError(`This ${this.name} solver has been disposed of.`);
    if (this.instance.failed) throw new SolverError(`${this.name} failed before and cannot be used further.`);
    try {
      return operation();
    } catch (cause) {
      this.instance.failed = true;
      throw new SolverError(`${this.name} failed, most likely for want of memory (${this.native.memory}).`, {
        cause,
      });
    }
  }

  private checkLiterals(literals: readonly Literal[]): void {
    for (const literal of literals) this.checkLiteral(literal);
  }

  private checkLiteral(literal: Literal): void {
    const variable = Math.abs(literal);
    if (!(variable >= 1 && variable <= this.variables)) throw new RangeError(`No such literal: ${literal}.`);
  }
}
