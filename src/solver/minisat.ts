/**
 * MiniSat (Eén & Sörensson, "An extensible SAT-solver", SAT 2003) as `logic-solver` ships it. Only its
 * compiled module is used: the package's own wrapper keeps a copy of every clause and writes
 * literals to the heap one call each.
 *
 * Its heap is 64 MB for good, and it cannot stop after a number of conflicts, nor be interrupted.
 */
import type { MinisatInstance } from 'logic-solver/minisat.js';
import { CheckedSolver, NativeInstance } from './checked.js';
import type { NativeSolver } from './checked.js';
import type { Literal, SatStatus, SolveLimits, SolverFactory } from './sat.js';

export async function loadMinisat(): Promise<SolverFactory> {
  const { default: createInstance } = await import('logic-solver/minisat.js');
  return {
    backend: 'minisat',
    // Every solver has an instance of its own.
    isUsable: true,
    create: () =>
      new CheckedSolver(new NativeInstance('minisat', '64 MB'), () => new NativeMinisat(createInstance())),
  };
}

const BYTES = Int32Array.BYTES_PER_ELEMENT;

class NativeMinisat implements NativeSolver {
  private variables = 0;
  /** Where clauses are handed over: room for `capacity` integers of the heap. */
  private buffer = 0;
  private capacity = 0;

  constructor(private readonly module: MinisatInstance) {
    const ignore = () => undefined;
    this.module.print = ignore;
    this.module.printErr = ignore;
    this.module._createTheSolver();
  }

  newVariable(): number {
    this.variables++;
    this.module._ensureVar(this.variables);
    return this.variables;
  }

  addClause(literals: readonly Literal[]): void {
    this.reserve(literals.length + 1);
    const heap = this.module.HEAP32;
    let at = this.buffer / BYTES;
    for (const literal of literals) heap[at++] = literal;
    heap[at] = 0;
    this.module._addClause(this.buffer);
  }

  solve({ assumptions = [] }: SolveLimits): SatStatus {
    const holds = assumptions.length === 0 ? this.module._solve() : this.solveAssuming(assumptions);
    return holds === 0 ? 'unsatisfiable' : 'satisfiable';
  }

  value(variable: number): boolean {
    return this.module.HEAP8[this.module._getSolution() + variable - 1] === 0;
  }

  dispose(): void {
    // Its memory is an ordinary array buffer, which goes with the last reference to this object.
  }

  /** MiniSat is given one positive assumption; this one implies the others, and is given up afterwards. */
  private solveAssuming(assumptions: readonly Literal[]): number {
    const first = assumptions[0];
    if (assumptions.length === 1 && first > 0) return this.module._solveAssuming(first);
    const all = this.newVariable();
    for (const literal of assumptions) this.addClause([-all, literal]);
    const holds = this.module._solveAssuming(all);
    this.addClause([-all]);
    return holds;
  }

  private reserve(length: number): void {
    if (length <= this.capacity) return;
    if (this.capacity > 0) this.module._free(this.buffer);
    this.capacity = 2 * length;
    this.buffer = this.module._malloc(this.capacity * BYTES);
  }
}
