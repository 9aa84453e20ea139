/**
 * One thread's part of the work. It ends when the work is done, when the user asks for it, when its time is over, and
 * when something in it ends the thread. What was told until then stands.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultSet, RunResult } from '../index.js';
import { diagnostic, Stopwatch, visible } from '../toolkit.js';
import type { CliIo } from './io.js';
import { resultSoFar, systemSoFar, type CheckUnderWay, type SystemUnderWay } from './known.js';
import type { BegunCheck, WorkEnding, LostModule, WorkStep, WorkEvent, WorkRequest } from './work.js';

/** Milliseconds for the run that tells what was found before the end. */
const LAST_REPLAY = 10_000;

/** Milliseconds that a step which counts its time itself may take to end when that is over. */
const SLACK = 30_000;

/** Milliseconds that any other step may take at least: what is enough for a check may be too little to load it. */
const LEAST_STEP = 30_000;

/** Of an item that took longer than it may. */
const OVERDUE = 'the time budget ended';

/** Of a module. */
const ENDLESS = 'it does not return';

/** The longest time that a timer can count, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** A scenario, or a certificate. */
export interface Item {
  readonly index: number;
  readonly name: string;
}

/** Who is told what a shift tells. */
export interface Listener {
  /** @param item the one that the thread is at; undefined before the first */
  hear(event: WorkEvent, item: number | undefined): void;
  /** The item to go on with; undefined where none is left. */
  next(): Item | undefined;
  /** Nothing more comes of an item. */
  close(item: number): void;
  /** The user ends it. */
  interrupt(): void;
}

export interface ShiftOptions {
  readonly request: WorkRequest;
  readonly io: CliIo;
  readonly listener: Listener;
  /** Fulfilled when nobody is interested any more. */
  readonly needless: Promise<unknown>;
}

/** How a shift ended. */
export type ShiftEnd =
  | { readonly kind: 'over' }
  /**
   * The thread is lost, and what is left is for another.
   *
   * @property module what is to be left out from now on
   */
  | { readonly kind: 'lost'; readonly module: LostModule | undefined };

type End = WorkEnding | { readonly kind: 'interrupted' | 'overdue' | 'needless' };

export class Shift {
  private step: WorkStep = { kind: 'finding' };
  /** The last that was given to the thread. */
  private item: Item | undefined;
  private check: CheckUnderWay | undefined;
  private system: SystemUnderWay | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly overdue: Promise<End>;
  private expire: () => void = () => undefined;

  constructor(private readonly options: ShiftOptions) {
    this.overdue = new Promise((resolve) => {
      this.expire = () => {
        resolve({ kind: 'overdue' });
      };
    });
  }

  async run(): Promise<ShiftEnd> {
    const end = await this.end();
    const shiftEnd = await this.conclude(end);
    this.closeItem();
    return shiftEnd;
  }

  private async conclude(end: End): Promise<ShiftEnd> {
    switch (end.kind) {
      case 'done':
      case 'needless':
        return { kind: 'over' };
      case 'interrupted':
        this.options.listener.interrupt();
        await this.tellKnown(end.kind);
        return { kind: 'over' };
      case 'overdue':
        if (!(await this.tellKnown(end.kind))) this.complain('RUN122', OVERDUE);
        return this.lost(ENDLESS);
      case 'lost':
        this.complain('RUN121', end.reason);
        return this.lost(end.reason);
    }
  }

  private async end(): Promise<End> {
    const { io, request, needless } = this.options;
    const work = io.start(request, { tell: this.hear, next: this.next });
    const end = await Promise.race([
      io.interruption.then((): End => ({ kind: 'interrupted' })),
      needless.then((): End => ({ kind: 'needless' })),
      work.ended,
      this.overdue,
    ]);
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
        this.check = undefined;
        this.system = undefined;
        this.limit(event.timeout && this.timeFor(event.step, event.timeout));
        break;
      case 'began':
        this.check = { check: event.check, stopwatch: new Stopwatch(), progress: undefined };
        this.limit(event.timeout && event.timeout + SLACK);
        break;
      case 'progressed':
        if (this.check !== undefined) this.check = { ...this.check, progress: event.progress };
        break;
      case 'driving':
        if (this.system === undefined) this.limit(event.timeout && event.timeout + SLACK);
        this.system = { progress: event.progress, stopwatch: this.system?.stopwatch ?? new Stopwatch() };
        break;
      case 'drove':
        this.system = undefined;
        break;
      case 'checked':
      case 'abandoned':
        this.check = undefined;
        break;
      case 'found':
      case 'listed':
      case 'watchable':
      case 'requested':
      case 'diagnosed':
      case 'warned':
      case 'studied':
      case 'ran':
      case 'attempted':
      case 'tolerated':
      case 'protected':
      case 'repaired':
      case 'explained':
      case 'verified':
      case 'read':
      case 'traced':
      case 'pictured':
      case 'said':
      case 'noted':
      case 'printed':
      case 'uncaught':
      case 'failed':
        break;
    }
    this.tell(event);
  };

  private readonly next = (): number | undefined => {
    this.closeItem();
    const item = this.options.listener.next();
    this.item = item ?? this.item;
    return item?.index;
  };

  private closeItem(): void {
    if (this.item !== undefined) this.options.listener.close(this.item.index);
  }

  private tell(event: WorkEvent): void {
    this.options.listener.hear(event, this.item?.index);
  }

  private limit(milliseconds: number | undefined): void {
    clearTimeout(this.timer);
    if (milliseconds !== undefined) this.timer = setTimeout(this.expire, Math.min(milliseconds, LONGEST));
  }

  /** A certificate counts the time of its formula and that of its proof. */
  private timeFor({ kind }: WorkStep, timeout: number): number {
    const { leastStep = LEAST_STEP } = this.options.io;
    return kind === 'certificate' ? 2 * timeout + SLACK : Math.max(timeout, leastStep);
  }

  /** A module that is to blame is told of when the others are. */
  private complain(code: 'RUN121' | 'RUN122', reason: string): void {
    if (this.step.kind === 'loading') return;
    const what = this.check?.check.name ?? this.item?.name;
    const message =
      what === undefined ? `what there is to do was not found out: ${reason}` : `${visible(what)}: ${reason}`;
    this.tell({ kind: 'diagnosed', diagnostics: [diagnostic(code, message)] });
  }

  /** What is left can be done without the module that is to blame, or the item. Where it is neither, nothing can be. */
  private lost(reason: string): ShiftEnd {
    const { step, item } = this;
    if (step.kind === 'loading') return { kind: 'lost', module: { path: step.path, reason } };
    return item === undefined ? { kind: 'over' } : { kind: 'lost', module: undefined };
  }

  /** @returns whether anything was under way of which there is something to tell */
  private async tellKnown(end: 'interrupted' | 'overdue'): Promise<boolean> {
    const { check, system } = this;
    const interrupted = end === 'interrupted';
    const ending = { reason: interrupted ? 'interrupted' : OVERDUE, interrupted };
    if (system !== undefined) this.tell({ kind: 'drove', result: systemSoFar(system, ending) });
    if (check !== undefined) {
      const faults = check.progress?.violating;
      const run = faults && (await this.rerun(check.check, faults));
      this.tell({ kind: 'checked', result: resultSoFar(check, { ...ending, run }) });
    }
    return check !== undefined || system !== undefined;
  }

  /** Undefined where it takes long, or the user longer than he likes. */
  private async rerun({ nodes, bounds }: BegunCheck, faults: FaultSet): Promise<RunResult | undefined> {
    const { request, io } = this.options;
    let run: RunResult | undefined;
    const rerun = { item: this.item?.index ?? 0, nodes, bounds, faults };
    const work = io.start(
      { ...request, rerun },
      {
        tell: (event) => {
          if (event.kind === 'ran') run = event.result;
        },
        next: () => undefined,
      },
    );
    const late = new AbortController();
    await Promise.race([work.ended, io.impatience, wait(LAST_REPLAY, undefined, late)]);
    late.abort();
    await work.stop();
    return run;
  }
}
