/** What a command works with, and tells its results to. All of it is passed on, to whoever supervises the work. */
import {
  type CheckAttempt,
  type CheckResult,
  type Diagnostic,
  type Progress,
  type RunResult,
  SolverPool,
  type SystemResult,
  type VerificationResult,
} from '../index.js';
import { monotonicNow } from '../toolkit.js';
import type {
  CounterexampleStudy,
  ExplainedScenario,
  ListedScenario,
  MadeRequest,
  RequestRun,
  SystemProgress,
  TraceResult,
} from '../toolkit.js';
import type { WorkIo } from './io.js';
import { describeAttempt } from './progress.js';
import type {
  BegunCheck,
  TracesRead,
  ToldProtection,
  ToldRepair,
  ToldTolerance,
  WorkStep,
  Supervised,
  Watchable,
  WorkRequest,
} from './work.js';

/** Milliseconds between two reports of progress in which nothing was found. */
const INTERVAL = 100;

export class Session {
  readonly io: WorkIo;
  /** What its checks share. */
  readonly pool = new SolverPool();
  private lastProgress: Progress | undefined;
  private lastTold = -Infinity;

  constructor(
    io: WorkIo,
    private readonly request: Pick<WorkRequest, 'lost' | 'found'>,
    private readonly supervised: Supervised,
  ) {
    const load: WorkIo['host']['load'] = async (path) => {
      const lost = request.lost.find((module) => module.path === path);
      if (lost !== undefined) return { kind: 'lost', reason: lost.reason };
      this.enter({ kind: 'loading', path });
      return io.host.load(path);
    };
    this.io = { ...io, host: { ...io.host, load } };
  }

  /** Whether this thread is the one that finds out what there is to do; what others find out is told by it. */
  get isFirst(): boolean {
    return this.request.found === undefined;
  }

  /** Milliseconds that every step may take; undefined for no limit. */
  timeout: number | undefined;

  enter(step: WorkStep): void {
    this.supervised.tell({ kind: 'entered', step, timeout: this.timeout });
  }

  /**
   * Those of the scenarios or certificates that no other thread goes through.
   *
   * @param jobs how many threads may go through them
   */
  async *items<Item>(items: readonly Item[], nameOf: (item: Item) => string, jobs = 1): AsyncIterable<Item> {
    const names = items.map(nameOf);
    this.supervised.tell({ kind: 'found', items: { names, jobs } });
    const { found } = this.request;
    // Files may have changed since another thread found them, and then an index means something else.
    if (found !== undefined && JSON.stringify(found.names) !== JSON.stringify(names)) return;
    for (;;) {
      const index = await this.supervised.next();
      if (index === undefined) return;
      this.enter({ kind: 'item', index, name: names[index] });
      yield items[index];
    }
  }

  /** Tells diagnostics that no result carries. */
  diagnose(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length > 0) this.supervised.tell({ kind: 'diagnosed', diagnostics });
  }

  /** Shows warnings to a person, once; the document tells them with the results that carry them. */
  warn(warnings: readonly Diagnostic[]): void {
    if (warnings.length > 0) this.supervised.tell({ kind: 'warned', warnings });
  }

  begin(check: BegunCheck): void {
    this.lastProgress = undefined;
    this.lastTold = -Infinity;
    this.supervised.tell({ kind: 'began', check, timeout: this.timeout });
  }

  /** What is found is told at once, and what is begun; that work goes on now and then. */
  readonly progress = (progress: Progress): void => {
    const now = monotonicNow();
    const { lastProgress, lastTold } = this;
    const found =
      progress.violating !== lastProgress?.violating ||
      progress.covered !== lastProgress?.covered ||
      progress.strategy !== lastProgress?.strategy ||
      progress.phase !== lastProgress.phase;
    if (!found && now - lastTold < INTERVAL) return;
    this.lastProgress = progress;
    this.lastTold = now;
    this.supervised.tell({ kind: 'progressed', progress });
  };

  abandon(): void {
    this.supervised.tell({ kind: 'abandoned' });
  }

  check(result: CheckResult): void {
    this.supervised.tell({ kind: 'checked', result });
  }

  /** Of the check that was told of last. */
  studies(studies: readonly CounterexampleStudy[]): void {
    this.supervised.tell({ kind: 'studied', studies });
  }

  run(result: RunResult): void {
    this.supervised.tell({ kind: 'ran', result });
  }

  explanation(result: ExplainedScenario): void {
    this.supervised.tell({ kind: 'explained', result });
  }

  /** What is only run is told now and then, since there may be hundreds in a second. */
  attempt(name: string, attempt: CheckAttempt): void {
    const now = monotonicNow();
    if (attempt.step === 'run' && now - this.lastTold < INTERVAL) return;
    this.lastTold = now;
    const { bounds } = attempt;
    this.supervised.tell({ kind: 'attempted', attempt: { name, bounds, trying: describeAttempt(attempt) } });
  }

  tolerance(told: ToldTolerance): void {
    this.supervised.tell({ kind: 'tolerated', told });
  }

  protection(told: ToldProtection): void {
    this.supervised.tell({ kind: 'protected', told });
  }

  repair(told: ToldRepair): void {
    this.supervised.tell({ kind: 'repaired', told });
  }

  verification(result: VerificationResult): void {
    this.supervised.tell({ kind: 'verified', result });
  }

  read(source: TracesRead): void {
    this.supervised.tell({ kind: 'read', source });
  }

  traces(result: TraceResult): void {
    this.supervised.tell({ kind: 'traced', result });
  }

  picture(run: RequestRun): void {
    this.supervised.tell({ kind: 'pictured', run });
  }

  /** A run takes long enough for each to be told of. */
  readonly driving = (progress: SystemProgress): void => {
    this.supervised.tell({ kind: 'driving', progress, timeout: this.timeout });
  };

  readonly requested = (request: MadeRequest): void => {
    this.supervised.tell({ kind: 'requested', request });
  };

  system(result: SystemResult): void {
    this.supervised.tell({ kind: 'drove', result });
  }

  list(scenarios: readonly ListedScenario[]): void {
    this.supervised.tell({ kind: 'listed', scenarios });
  }

  watchable(watchable: Watchable): void {
    this.supervised.tell({ kind: 'watchable', ...watchable });
  }

  text(text: string): void {
    this.supervised.tell({ kind: 'said', text });
  }

  /** Adds to what was told last, for a person. */
  note(text: string): void {
    this.supervised.tell({ kind: 'noted', text });
  }
}
