/** What a command works with, and tells its results to. All of it is passed on, to whoever supervises the work. */
import type { Diagnostic } from '../model/diagnostics/diagnostics.js';
import { SolverPool } from '../solver/pool.js';
import type { VerificationResult } from '../runner/certificate/result.js';
import type { Progress } from '../runner/options/check.js';
import type { RunResult } from '../runner/result.js';
import type { CheckResult } from '../runner/result.js';
import type { TraceResult } from '../runner/traces/result.js';
import type { WorkIo } from './io.js';
import type { BegunCheck, LostWork, Step, WorkEvent, WorkRequest } from './work.js';

/** Milliseconds between two reports of progress in which nothing was found. */
const INTERVAL = 100;

export class Session {
  readonly io: WorkIo;
  /** What its checks share. */
  readonly pool = new SolverPool();
  private readonly after: LostWork | undefined;
  private hasItems = false;
  private lastProgress: Progress | undefined;
  private lastTold = -Infinity;

  constructor(
    io: WorkIo,
    { after }: Pick<WorkRequest, 'after'>,
    private readonly tell: (event: WorkEvent) => void,
  ) {
    this.after = after;
    const load: WorkIo['host']['load'] = async (path) => {
      const lost = after?.modules.find((module) => module.path === path);
      if (lost !== undefined) return { kind: 'lost', reason: lost.reason };
      this.enter({ kind: 'loading', path });
      return io.host.load(path);
    };
    this.io = { ...io, host: { ...io.host, load } };
  }

  /** Milliseconds that every step may take; undefined for no limit. */
  timeout: number | undefined;

  enter(step: Step): void {
    this.tell({ kind: 'entered', step, timeout: this.timeout });
  }

  /** Scenarios or certificates to go through, without those that were gone through before. */
  *items<Item>(items: readonly Item[], nameOf: (item: Item) => string): Iterable<Item> {
    const first = this.after?.item ?? 0;
    this.hasItems = true;
    for (const [index, item] of items.entries()) {
      if (index < first) continue;
      this.enter({ kind: 'item', index, name: nameOf(item) });
      yield item;
    }
  }

  /** Tells diagnostics that no result carries. */
  diagnose(diagnostics: readonly Diagnostic[]): void {
    const told = !this.hasItems && this.after?.item !== undefined;
    if (diagnostics.length > 0 && !told) this.tell({ kind: 'diagnosed', diagnostics });
  }

  /** Shows warnings to a person, once; the document tells them with the results that carry them. */
  warn(warnings: readonly Diagnostic[]): void {
    if (warnings.length > 0) this.tell({ kind: 'warned', warnings });
  }

  begin(check: BegunCheck): void {
    this.lastProgress = undefined;
    this.lastTold = -Infinity;
    this.tell({ kind: 'began', check, timeout: this.timeout });
  }

  /** What is found is told at once, and that work goes on now and then. */
  readonly progress = (progress: Progress): void => {
    const now = performance.now();
    const { lastProgress, lastTold } = this;
    const found =
      progress.violating !== lastProgress?.violating ||
      progress.covered !== lastProgress?.covered ||
      progress.strategy !== lastProgress?.strategy;
    if (!found && now - lastTold < INTERVAL) return;
    this.lastProgress = progress;
    this.lastTold = now;
    this.tell({ kind: 'progressed', progress });
  };

  abandon(): void {
    this.tell({ kind: 'abandoned' });
  }

  check(result: CheckResult): void {
    this.tell({ kind: 'checked', result });
  }

  run(result: RunResult): void {
    this.tell({ kind: 'ran', result });
  }

  verification(result: VerificationResult): void {
    this.tell({ kind: 'verified', result });
  }

  traces(result: TraceResult): void {
    this.tell({ kind: 'traced', result });
  }

  text(text: string): void {
    this.tell({ kind: 'said', text });
  }

  /** Adds to what was told last, for a person. */
  note(text: string): void {
    this.tell({ kind: 'noted', text });
  }
}
