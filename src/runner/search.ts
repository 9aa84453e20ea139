/**
 * One check under way: what it works on, what it may spend, and what is known so far. A search can be ended
 * from outside at any moment, so that whatever must outlive it is written here as soon as it is known.
 */
import type { Bounds } from '../injector/bounds.js';
import { countFaultSetsBySize } from '../injector/counts.js';
import { FaultSpace } from '../injector/fault-space.js';
import type { FaultSet } from '../injector/faults.js';
import { isViolated, type Outcome, type Run } from '../injector/run.js';
import type { Condition } from '../model/algebra.js';
import type { SatSolver, SolverFactory } from '../solver/sat.js';
import type { Budgets } from './guard/budgets.js';
import { MemoryGuard } from './guard/memory.js';
import { Undecided } from './guard/undecided.js';
import type { Counterexample, Coverage, Evidence, Statistics, Verdict } from './result.js';
import type { HandlerLineageKind, Subject } from './subjects/subject.js';
import type { Protocol } from '../model/protocol.js';
import { subjectOf } from './subjects/subjects.js';

/** What a check is busy with. */
export type Phase = 'evaluate' | 'solve' | 'confirm' | 'minimize' | 'replay' | 'search';

/** Told now and then while a search works. */
export interface SearchProgress {
  readonly phase: Phase;
  readonly firings: number;
  readonly executions: number;
  readonly solverCalls: number;
  /** The least fault set known to violate the specification. */
  readonly violating: FaultSet | undefined;
  /** What is decided so far. */
  readonly covered: Coverage | undefined;
  readonly statistics: Statistics;
}

export interface SearchOptions {
  readonly protocol: Protocol;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly budgets: Budgets;
  readonly factory: SolverFactory;
  /** The most minimal counterexamples wanted. */
  readonly wanted: number;
  readonly seed: number;
  readonly negativeSupport: boolean;
  readonly lineage: HandlerLineageKind;
  readonly onProgress: ((progress: SearchProgress) => void) | undefined;
}

/** How a strategy ended. */
export interface Conclusion {
  readonly verdict: Verdict;
  readonly representation: Evidence['representation'];
  readonly confirmed: boolean;
}

export class Search {
  readonly space: FaultSpace;
  readonly subject: Subject;
  phase: Phase = 'evaluate';
  gates = 0;
  diagramNodes = 0;
  /** Executions up to the one that first ran into a violation; 0 where none did. */
  executionsToViolation = 0;
  /** The least fault set known to violate the specification. */
  violating: FaultSet | undefined;
  /** What is decided so far. */
  covered: Coverage | undefined;
  /**
   * The least fault set that satisfies a condition of the run over all fault sets, where that goes on or went;
   * undefined where none does.
   */
  leastUnder: ((condition: Condition) => FaultSet | undefined) | undefined;
  private readonly memory = new MemoryGuard();
  private readonly solvers: SatSolver[] = [];
  private readonly ran = new Set<string>();
  private readonly replays = new Map<string, Run>();

  constructor(readonly options: SearchOptions) {
    const { protocol, nodes, bounds } = options;
    this.space = new FaultSpace(nodes, bounds);
    this.subject = subjectOf(protocol, {
      nodes,
      eot: bounds.eot,
      localStateLimit: options.budgets.localStates,
      tupleLimit: options.budgets.tuples,
      lineage: options.lineage,
      checkpoint: () => {
        this.memory.look();
        this.report();
      },
    });
  }

  enter(phase: Phase): void {
    this.phase = phase;
    this.report();
  }

  /** A fault set that violates the specification; the least of those noted is kept. */
  readonly note = (faults: FaultSet): void => {
    if (this.violating === undefined || this.space.compare(faults, this.violating) < 0)
      this.violating = faults;
    if (this.hasRun(faults)) this.executionsToViolation ||= this.executions;
    this.report();
  };

  /** Fault sets under which the protocol was run; drawing one of them up for the report does not count again. */
  get executions(): number {
    return this.ran.size;
  }

  hasRun(faults: FaultSet): boolean {
    return this.ran.has(JSON.stringify(faults));
  }

  /** @throws Undecided when the budget of executions is spent, or that of memory */
  countExecution(faults: FaultSet): void {
    const name = JSON.stringify(faults);
    if (this.ran.has(name)) return;
    this.memory.look();
    const { executions } = this.options.budgets;
    if (this.ran.size >= executions) throw new Undecided(`the budget of ${executions} executions ended`);
    this.ran.add(name);
    this.report();
  }

  /** All fault sets of at most `size` faults are known not to violate the specification. */
  cover(size: number): void {
    if (size < 0 || this.covered?.size === size) return;
    const { nodes, bounds } = this.options;
    const total = countFaultSetsBySize(nodes.length, bounds, size).reduce((sum, count) => sum + count, 0n);
    this.covered = { size, examined: total, total };
    this.report();
  }

  newSolver(): SatSolver {
    const solver = this.options.factory.create();
    this.solvers.push(solver);
    return solver;
  }

  /** What the specification says of the run under a fault set. */
  run(faults: FaultSet): Outcome {
    this.countExecution(faults);
    return this.subject.outcome(faults);
  }

  get failureFree(): Run {
    return this.replay([]);
  }

  /** The run under a fault set with all its facts. */
  replay(faults: FaultSet): Run {
    const name = JSON.stringify(faults);
    let run = this.replays.get(name);
    if (run === undefined) {
      this.countExecution(faults);
      run = this.subject.replay(faults);
      // Of what was found without running the protocol this is the first run.
      if (isViolated(run)) this.executionsToViolation ||= this.executions;
      this.replays.set(name, run);
    }
    return run;
  }

  /** @throws Error when the fault set does not violate the specification: the caller's reasoning is at fault */
  counterexample(faults: FaultSet, minimality: Counterexample['minimality']): Counterexample {
    this.enter('replay');
    const run = this.replay(faults);
    if (!isViolated(run)) {
      throw new Error(
        `the fault set ${JSON.stringify(faults)} was found to violate the specification, and does not`,
      );
    }
    const divergence = faults.length === 0 ? undefined : this.subject.divergence(run, this.failureFree);
    return { faults, minimality, run, divergence };
  }

  get statistics(): Statistics {
    const { gates, diagramNodes, executionsToViolation, solverCalls } = this;
    const clauses = sum(this.solvers.map((solver) => solver.statistics.clauses));
    return { ...this.subject.work, gates, diagramNodes, clauses, solverCalls, executionsToViolation };
  }

  dispose(): void {
    for (const solver of this.solvers) solver.dispose();
  }

  private get solverCalls(): number {
    return sum(this.solvers.map((solver) => solver.statistics.calls));
  }

  private report(): void {
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    const { phase, executions, violating, covered, statistics } = this;
    const { firings, solverCalls } = statistics;
    onProgress({ phase, firings, executions, solverCalls, violating, covered, statistics });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
