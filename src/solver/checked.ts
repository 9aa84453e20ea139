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
  newVariable(): number;
  addClause(literals: readonly Literal[]): void;
  solve(limits: SolveLimits): SatStatus;
  value(variable: number): boolean;
  dispose(): void;
}

/** The memory that one or several native solvers live in: when one fails there, all of them have. */
export class NativeInstance {
  private usable = true;

  /** @param memory how much memory it can have, in words, for the message of its failure */
  constructor(
    readonly backend: SatBackend,
    private readonly memory: string,
  ) {}

  get isUsable(): boolean {
    return this.usable;
  }

  /** @throws SolverError when the operation throws anything, or one did before */
  attempt<T>(operation: () => T): T {
    if (!this.usable) throw new SolverError(`${this.backend} failed before and cannot be used further.`);
    // Set beforehand, so that an operation which is ended from outside, with no handler run, counts as failed.
    this.usable = false;
    try {
      const result = operation();
      this.usable = true;
      return result;
    } catch (cause) {
      const message = `${this.backend} failed, most likely for want of memory (it has ${this.memory}).`;
      throw new SolverError(message, { cause });
    }
  }
}

export class CheckedSolver implements SatSolver {
  readonly name: SatBackend;
  private readonly native: NativeSolver;
  private disposed = false;
  private variables = 0;
  private clauses = 0;
  private calls = 0;
  /** Variables up to this one have a value in the last model; 0 where there is none. */
  private valued = 0;

  /** @throws SolverError when there is no memory for another solver */
  constructor(
    private readonly instance: NativeInstance,
    create: () => NativeSolver,
  ) {
    this.name = instance.backend;
    this.native = instance.attempt(create);
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
    this.calls++;
    const status = this.attempt(() => this.native.solve(limits));
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
    this.native.dispose();
  }

  private attempt<T>(operation: () => T): T {
    if (this.disposed) throw new SolverError(`This ${this.name} solver has been disposed of.`);
    return this.instance.attempt(operation);
  }

  private checkLiterals(literals: readonly Literal[]): void {
    for (const literal of literals) {
      const variable = Math.abs(literal);
      if (!(variable >= 1 && variable <= this.variables))
        throw new RangeError(`No such literal: ${literal}.`);
    }
  }
}
