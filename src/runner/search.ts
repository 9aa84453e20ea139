/**
 * One check under way: what it works on, what it may spend, and what is known so far. A search can be ended
 * from outside at any moment, so that whatever must outlive it is written here as soon as it is known.
 *
 * To read it after that is sound. Work is ended between two steps of the engine, never within one; what is known is
 * whole before it is written, by one assignment to one field, and is never changed in place; and no two fields have to
 * agree. So each says something that was true when it was written, and is true of the protocol still. Everything
 * else, such as an evaluator or a solver, may be left half-way, and is not used again.
 */
import type { Bounds } from '../injector/bounds.js';
import { countFaultSetsBySize } from '../injector/counts.js';
import { FaultSpace } from '../injector/fault-space.js';
import type { FaultSet } from '../injector/faults.js';
import { formatSchedule } from '../injector/schedule.js';
import { effectsWithin } from '../injector/world.js';
import { isViolated, type Outcome, type Run } from '../injector/run.js';
import type { Condition } from '../model/algebra.js';
import { RationedSolver } from '../solver/rationed.js';
import type { SatSolver, SolverFactory } from '../solver/sat.js';
import type { Budgets } from './guard/budgets.js';
import { MemoryGuard } from './guard/memory.js';
import { Undecided } from './guard/undecided.js';
import type { Counterexample, Coverage, Evidence, SeenOutcomes, Statistics, Verdict } from './result.js';
import { outcomesUnder, runUnder, type Asking } from './requests.js';
import type { Described, HandlerLineageKind, Subject, SubjectOptions } from './subjects/subject.js';
import type { Protocol } from '../model/protocol.js';
import { protocolKind } from './kinds/kinds.js';
import { SOLVER_COSTS, workOfRuns } from './work.js';

/** What a check is busy with. */
export type Phase = 'evaluate' | 'solve' | 'confirm' | 'minimize' | 'replay' | 'search';

/** Told now and then while a search works. */
export interface SearchProgress {
  readonly phase: Phase;
  /** That the one pass over all fault sets is at; undefined where none is under way. */
  readonly timestep: number | undefined;
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
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly budgets: Budgets;
  readonly factory: SolverFactory;
  /** The most minimal counterexamples wanted. */
  readonly wanted: number;
  readonly seed: number;
  /** The most fault sets that are drawn at random; default as many as there may be executions. */
  readonly draws?: number | undefined;
  /** Of the budget of executions, what was spent before; default 0. */
  readonly spent?: number;
  /** The most that it may come to, as {@link Search.work} says; default no limit, and then solvers are not counted. */
  readonly work?: number;
  /** The most runs that whoever answers likes to be asked for together; default 1. */
  readonly batch?: number;
  readonly negativeSupport: boolean;
  readonly lineage: HandlerLineageKind;
  readonly onProgress: ((progress: SearchProgress) => void) | undefined;
}

/** Of a search that looks for one counterexample and tells nothing on its way. */
export const plainSearch = {
  wanted: 1,
  seed: 0,
  negativeSupport: true,
  lineage: 'causal',
  onProgress: undefined,
} as const satisfies Partial<SearchOptions>;

/** How a strategy ended. */
export interface Conclusion {
  readonly verdict: Verdict;
  readonly representation: Evidence['representation'];
  readonly confirmed: boolean;
}

/** A search on a protocol, in this thread. */
export function searchOn(protocol: Protocol, options: SearchOptions): Search<Subject> {
  return new Search(options, (checkpoint) =>
    protocolKind(protocol).subject(protocol, { ...subjectOptions(options), checkpoint }),
  );
}

/** What there is to know of the runs of a search, as plain data. */
export function subjectOptions({
  nodes,
  bounds,
  budgets,
  lineage,
}: SearchOptions): Omit<SubjectOptions, 'checkpoint'> {
  const { localStates: localStateLimit, tuples: tupleLimit } = budgets;
  const { eot } = bounds;
  return {
    nodes,
    eot,
    ...effectsWithin(bounds),
    localStateLimit,
    tupleLimit,
    lineage,
  };
}

/** @typeParam Subject what is known of what it works on: more where a strategy asks for more */
export class Search<Subject extends Described = Described> {
  readonly space: FaultSpace;
  readonly subject: Subject;
  phase: Phase = 'evaluate';
  /** Of the one pass over all fault sets. */
  timestep: number | undefined;
  gates = 0;
  diagramNodes = 0;
  /** Executions up to the one that first ran into a violation; 0 where none did. */
  executionsToViolation = 0;
  /** The least fault set known to violate the specification. */
  violating: FaultSet | undefined;
  /** What is decided so far. */
  covered: Coverage | undefined;
  /** What is known of what properties see, in all runs; undefined where they were not looked at together. */
  seen: SeenOutcomes | undefined;
  /**
   * The least fault set that satisfies a condition of the run over all fault sets, where that goes on or went;
   * undefined where none does.
   */
  leastUnder: ((condition: Condition) => FaultSet | undefined) | undefined;
  /** Of what is done, all but runs. */
  private counted = 0;
  private readonly memory = new MemoryGuard();
  private readonly solvers: SatSolver[] = [];
  private readonly ran = new Set<string>();
  private readonly replays = new Map<string, Run>();

  /** @param subjectOf is given what is to be called now and then while a run goes on */
  constructor(
    readonly options: SearchOptions,
    subjectOf: (checkpoint: () => void) => Subject,
  ) {
    this.space = new FaultSpace(options.nodes, options.bounds);
    this.subject = subjectOf(() => {
      this.memory.look();
      this.report();
    });
  }

  enter(phase: Phase): void {
    this.phase = phase;
    this.timestep = undefined;
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
    return this.ran.has(formatSchedule(faults));
  }

  /** @throws Undecided when the budget of executions is spent, or that of memory */
  countExecution(faults: FaultSet): void {
    const name = formatSchedule(faults);
    if (this.ran.has(name)) return;
    this.memory.look();
    const { budgets, spent = 0 } = this.options;
    const { executions } = budgets;
    if (spent + this.ran.size >= executions)
      throw new Undecided(`the budget of ${executions} executions ended`);
    this.ran.add(name);
    this.report();
  }

  /** What was done so far, in nodes of a diagram, whatever was done; it does not depend on the machine. */
  get work(): number {
    return this.counted + workOfRuns(this.subject.work);
  }

  /** @throws Undecided when there was more work in all than there may be */
  readonly countWork = (work: number): void => {
    this.counted += work;
    const { work: most } = this.options;
    if (most !== undefined && this.work > most) throw new Undecided('the budget of work ended');
  };

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
    return this.options.work === undefined
      ? solver
      : new RationedSolver(solver, SOLVER_COSTS, this.countWork);
  }

  /** What the specification says of the run under a fault set. */
  *run(faults: FaultSet): Asking<Outcome> {
    this.countExecution(faults);
    const [outcome] = yield* outcomesUnder([faults]);
    return outcome;
  }

  /**
   * Runs fault sets, in their order, until one is enough; the first that is. Those that are asked for together and come
   * after it count as not run.
   *
   * @param isEnough told of each, with its outcome
   * @throws Undecided as {@link countExecution} does
   */
  *firstUnder(
    faultSets: Iterable<FaultSet>,
    isEnough: (faults: FaultSet, outcome: Outcome) => boolean,
  ): Asking<FaultSet | undefined> {
    for (const batch of batchesOf(faultSets, this.options.batch ?? 1)) {
      for (let left = batch; left.length > 0;) {
        this.countExecution(left[0]);
        const outcomes = yield* outcomesUnder(left);
        for (const [place, outcome] of outcomes.entries()) {
          this.countExecution(left[place]);
          if (isEnough(left[place], outcome)) return left[place];
        }
        left = left.slice(outcomes.length);
      }
    }
    return undefined;
  }

  failureFree(): Asking<Run> {
    return this.replay([]);
  }

  /** The run under a fault set with all its facts. */
  *replay(faults: FaultSet): Asking<Run> {
    const name = formatSchedule(faults);
    let run = this.replays.get(name);
    if (run === undefined) {
      this.countExecution(faults);
      run = yield* runUnder(faults);
      // Of what was found without running the protocol this is the first run.
      if (isViolated(run)) this.executionsToViolation ||= this.executions;
      this.replays.set(name, run);
    }
    return run;
  }

  /**
   * Repeats the run under a fault set that was found to violate the specification; undefined where it is unstable, and
   * does not violate it this time.
   *
   * @throws Error when runs are repeatable and this one differs all the same: the caller's reasoning is at fault
   */
  *counterexample(
    faults: FaultSet,
    minimality: Counterexample['minimality'],
  ): Asking<Counterexample | undefined> {
    this.enter('replay');
    const run = yield* this.replay(faults);
    if (!isViolated(run)) {
      if (!this.subject.isRepeatable) return undefined;
      throw new Error(
        `the fault set {${formatSchedule(faults)}} was found to violate the specification, and does not`,
      );
    }
    const divergence =
      faults.length === 0 ? undefined : this.subject.divergence(run, yield* this.failureFree());
    return { faults, minimality, run, divergence, because: [], suspects: [] };
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
    const { phase, timestep, executions, violating, covered, statistics } = this;
    const { firings, solverCalls } = statistics;
    onProgress({ phase, timestep, firings, executions, solverCalls, violating, covered, statistics });
  }
}

/** Each twice as long as the one before, up to a size, so that of what is begun at least half was needed. */
function* batchesOf<Item>(items: Iterable<Item>, most: number): Generator<readonly Item[]> {
  let batch: Item[] = [];
  let size = 1;
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(2 * size, most);
  }
  if (batch.length > 0) yield batch;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
