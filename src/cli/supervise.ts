/**
 * Sees to it that work ends: when it is done, when the user asks for it, when its time is over, and when something
 * in it ends the thread. What was told until then stands. Work that is lost costs the one item that it was lost in:
 * another thread goes on behind it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultSet } from '../injector/faults.js';
import { diagnostic } from '../model/diagnostics/diagnostics.js';
import { visible } from '../model/text/display.js';
import type { RunResult } from '../runner/result.js';
import type { CliIo } from './io.js';
import { resultSoFar, type CheckUnderWay } from './known.js';
import type { Teller } from './teller.js';
import type { BegunCheck, Ending, LostWork, Step, Task, WorkEvent, WorkRequest } from './work.js';

/** Milliseconds for the run that tells what was found before the end. */
const LAST_REPLAY = 10_000;

/** Milliseconds that a step which counts its time itself may take to end when that is over. */
const SLACK = 30_000;

/** Milliseconds that any other step may take at least: what is enough for a check may be too little to load it. */
const LEAST = 30_000;

export async function supervise(task: Task, teller: Teller, io: CliIo): Promise<void> {
  let after: LostWork | undefined;
  do after = await new Shift({ task, after, rerun: undefined }, teller, io).run();
  while (after !== undefined);
}

type End = Ending | { readonly kind: 'interrupted' } | { readonly kind: 'overdue' };

/** Of an item that took longer than it may. */
const OVERDUE = 'the time budget ended';

/** Of a module. */
const ENDLESS = 'it does not return';

/** The longest time that a timer can count, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** One thread's part of the work. */
class Shift {
  private step: Step = { kind: 'finding' };
  /** That of the step, or the last before it. */
  private item: { readonly index: number; readonly name: string } | undefined;
  private check: CheckUnderWay | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly overdue: Promise<End>;
  private expire: () => void = () => undefined;

  constructor(
    private readonly request: WorkRequest,
    private readonly teller: Teller,
    private readonly io: CliIo,
  ) {
    this.overdue = new Promise((resolve) => {
      this.expire = () => {
        resolve({ kind: 'overdue' });
      };
    });
  }

  /** @returns what to go on with in another thread, if anything */
  async run(): Promise<LostWork | undefined> {
    const end = await this.end();
    switch (end.kind) {
      case 'done':
        return undefined;
      case 'interrupted':
        this.teller.interrupt();
        if (this.check !== undefined) await this.tellKnown(this.check, end.kind);
        return undefined;
      case 'overdue':
        if (this.check === undefined) this.complain('RUN122', OVERDUE);
        else await this.tellKnown(this.check, end.kind);
        return this.rest(ENDLESS);
      case 'lost':
        this.complain('RUN121', end.reason);
        return this.rest(end.reason);
    }
  }

  private async end(): Promise<End> {
    const work = this.io.start(this.request, this.hear);
    const interrupted = this.io.interruption.then((): End => ({ kind: 'interrupted' }));
    const end = await Promise.race([interrupted, work.ended, this.overdue]);
    clearTimeout(this.timer);
    if (end.kind === 'done' || end.kind === 'lost') return end;
    await work.stop();
    // That it was done may have been on its way.
    return (await work.ended).kind === 'done' ? { kind: 'done' } : end;
  }

  private readonly hear = (event: WorkEvent): void => {
    switch (event.kind) {
      case 'entered':
        this.step = event.step;
        if (event.step.kind === 'item') this.item = event.step;
        this.check = undefined;
        this.limit(event.timeout && timeFor(event.step, event.timeout));
        break;
      case 'began':
        this.check = { check: event.check, since: performance.now(), progress: undefined };
        this.limit(event.timeout && event.timeout + SLACK);
        break;
      case 'progressed':
        if (this.check !== undefined) this.check = { ...this.check, progress: event.progress };
        break;
      case 'checked':
      case 'abandoned':
        this.check = undefined;
        break;
      case 'diagnosed':
      case 'warned':
      case 'ran':
      case 'verified':
      case 'traced':
      case 'said':
      case 'noted':
      case 'printed':
      case 'uncaught':
      case 'failed':
        break;
    }
    this.teller.tell(event);
  };

  private limit(milliseconds: number | undefined): void {
    clearTimeout(this.timer);
    if (milliseconds !== undefined) this.timer = setTimeout(this.expire, Math.min(milliseconds, LONGEST));
  }

  /** A module that is to blame is told of when the others are. */
  private complain(code: 'RUN121' | 'RUN122', reason: string): void {
    if (this.step.kind === 'loading') return;
    const what = this.check?.check.name ?? this.item?.name;
    const message =
      what === undefined ? `what there is to do was not found out: ${reason}` : `${visible(what)}: ${reason}`;
    this.teller.diagnose([diagnostic(code, message)]);
  }

  /** What is left: without the module that is to blame, or the item. Where it is neither, nothing can be done. */
  private rest(reason: string): LostWork | undefined {
    const { step, item, request } = this;
    const modules = request.after?.modules ?? [];
    if (step.kind === 'loading')
      return { item: item?.index, modules: [...modules, { path: step.path, reason }] };
    return item && { item: item.index + 1, modules };
  }

  private async tellKnown(check: CheckUnderWay, end: 'interrupted' | 'overdue'): Promise<void> {
    const faults = check.progress?.violating;
    const run = faults && (await this.rerun(check.check, faults));
    const interrupted = end === 'interrupted';
    const reason = interrupted ? 'interrupted' : OVERDUE;
    this.teller.tell({ kind: 'checked', result: resultSoFar(check, { reason, interrupted, run }) });
  }

  /** Undefined where it takes long, or the user longer than he likes. */
  private async rerun({ nodes, bounds }: BegunCheck, faults: FaultSet): Promise<RunResult | undefined> {
    const { task, after } = this.request;
    let run: RunResult | undefined;
    const request = {
      task,
      after: { item: this.item?.index, modules: after?.modules ?? [] },
      rerun: { nodes, bounds, faults },
    };
    const work = this.io.start(request, (event) => {
      if (event.kind === 'ran') run = event.result;
    });
    const late = new AbortController();
    await Promise.race([work.ended, this.io.impatience, wait(LAST_REPLAY, undefined, late)]);
    late.abort();
    await work.stop();
    return run;
  }
}

/** A certificate counts the time of its formula and that of its proof. */
function timeFor({ kind }: Step, timeout: number): number {
  return kind === 'certificate' ? 2 * timeout + SLACK : Math.max(timeout, LEAST);
}
