/**
 * Threads that share the runs of one check, as many as are wanted, started once that is worth it. Whatever happens in
 * one of them, it changes nothing but how long the check takes: what one does not answer is run by the thread of the check.
 */
import { Worker } from 'node:worker_threads';
import type { FaultSet } from '../injector/faults.js';
import type { Outcome } from '../injector/run.js';
import type { Pool } from './drivers/pooled.js';
import {
  sharedRuns,
  takePlaces,
  type PlacedOutcomes,
  type SharedProtocol,
  type SharedRuns,
} from './drivers/shared-runs.js';
import type { WaitingSteps } from './guard/sliced.js';

/** From the chunks of the build, among which this is, as from here. */
const PROGRAM = new URL('../runner/run-thread.js', import.meta.url);

/** By default, the milliseconds of runs after which threads are started: about what it takes to start one. */
const WORTH_IT = 100;

export interface RunPoolOptions {
  /** How many threads there are to be, beside that of the check. */
  readonly size: number;
  /** Milliseconds of runs after which they are started. */
  readonly worthIt?: number;
  /** What they run. */
  readonly program?: URL;
}

export class RunPool implements Pool {
  private readonly threads: RunThread[] = [];
  /** Milliseconds so far, waiting included. */
  private spent = 0;

  constructor(
    private readonly shared: SharedProtocol,
    private readonly options: RunPoolOptions,
  ) {}

  *outcomes(
    faultSets: readonly FaultSet[],
    run: (faults: FaultSet) => Outcome,
  ): WaitingSteps<readonly Outcome[]> {
    const begun = performance.now();
    if (this.spent >= (this.options.worthIt ?? WORTH_IT)) this.start();
    const batch = new Batch(faultSets, this.threads);
    yield* batch.run(run);
    yield* batch.wait();
    this.spent += performance.now() - begun;
    const outcomes = batch.first();
    // Of the first, what goes wrong is to be told.
    return outcomes.length > 0 ? outcomes : [run(faultSets[0])];
  }

  dispose(): void {
    for (const thread of this.threads) thread.end();
  }

  private start(): void {
    const { size, program = PROGRAM } = this.options;
    while (this.threads.length < size) this.threads.push(new RunThread(program, this.shared));
  }
}

/** Runs that are asked for together. */
class Batch {
  private readonly runs: SharedRuns;
  private readonly outcomes: (Outcome | undefined)[];
  /** Of threads that have not answered. */
  private readonly answers = new Set<Promise<void>>();

  constructor(
    private readonly faultSets: readonly FaultSet[],
    threads: readonly RunThread[],
  ) {
    this.runs = sharedRuns(faultSets);
    this.outcomes = faultSets.map(() => undefined);
    for (const thread of threads) {
      const answer = thread.run(this.runs).then((outcomes) => {
        for (const [place, outcome] of outcomes) this.outcomes[place] = outcome;
        this.answers.delete(answer);
      });
      this.answers.add(answer);
    }
  }

  /** Has this thread run what no other takes; up to a run that fails, which may be one that nobody needs. */
  *run(run: (faults: FaultSet) => Outcome): WaitingSteps<void> {
    for (const place of takePlaces(this.runs)) {
      yield;
      try {
        this.outcomes[place] = run(this.faultSets[place]);
      } catch {
        return;
      }
    }
  }

  /** Waits for what others have taken. One that is only starting has taken nothing, and is not waited for. */
  *wait(): WaitingSteps<void> {
    while (this.answers.size > 0 && this.outcomes.includes(undefined)) yield Promise.race(this.answers);
  }

  /** Those before the first that there is not. */
  first(): readonly Outcome[] {
    const outcomes: Outcome[] = [];
    for (const outcome of this.outcomes) {
      if (outcome === undefined) break;
      outcomes.push(outcome);
    }
    return outcomes;
  }
}

/** One thread, for as long as nothing goes wrong in it. */
class RunThread {
  private readonly worker: Worker;
  private isLost = false;
  /** Who waits for its answers, in their order. */
  private readonly asked: ((outcomes: PlacedOutcomes) => void)[] = [];

  constructor(program: URL, shared: SharedProtocol) {
    this.worker = new Worker(program, { workerData: shared });
    this.worker.unref();
    this.worker.on('message', (outcomes: PlacedOutcomes) => this.asked.shift()?.(outcomes));
    for (const end of ['error', 'exit']) this.worker.on(end, this.lose);
  }

  /** The outcomes of what it takes of runs; none where it is lost. */
  run(runs: SharedRuns): Promise<PlacedOutcomes> {
    return new Promise((resolve) => {
      if (this.isLost) {
        resolve([]);
        return;
      }
      this.asked.push(resolve);
      this.worker.postMessage(runs);
    });
  }

  end(): void {
    void this.worker.terminate();
  }

  private readonly lose = (): void => {
    this.isLost = true;
    for (const answer of this.asked.splice(0)) answer([]);
  };
}
