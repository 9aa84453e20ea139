/**
 * What crosses between threads that share runs. Each has a protocol of its own, a copy, and takes the next fault set that
 * nobody has taken, so that none waits for another while there is one left. All of it is plain data.
 */
import type { FaultSet } from '../../injector/faults.js';
import type { Outcome } from '../../injector/run.js';
import type { Protocol } from '../../model/protocol.js';
import type { SubjectOptions } from '../subjects/subject.js';

/** What a thread has to know before it can run anything. */
export interface SharedProtocol {
  readonly kind: Protocol['kind'];
  /** As its kind has it cross. */
  readonly data: unknown;
  readonly options: Omit<SubjectOptions, 'checkpoint'>;
}

/** Runs that were asked for together. */
export interface SharedRuns {
  readonly faultSets: readonly FaultSet[];
  /** How many of them are taken, in memory that threads share. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

/** Outcomes, each with the place of its fault set. */
export type PlacedOutcomes = readonly (readonly [place: number, outcome: Outcome])[];

export function sharedRuns(faultSets: readonly FaultSet[]): SharedRuns {
  return { faultSets, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Takes the places of fault sets that no other thread has taken, one after another, until none is left. */
export function* takePlaces({ faultSets, taken }: SharedRuns): Generator<number> {
  for (;;) {
    const place = Atomics.add(taken, 0, 1);
    if (place >= faultSets.length) return;
    yield place;
  }
}
