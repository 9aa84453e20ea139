/** Takes the steps of a search under the watchdog, and lets a signal end them where there is one. */
import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../../model/steps.js';
import { runGuarded, type Guarded, type GuardLimits } from './watchdog.js';

export interface SliceLimits extends GuardLimits {
  readonly signal: AbortSignal | undefined;
  /** Put around each slice, from outside of what ends it. */
  readonly around?: <Value>(slice: () => Value) => Value;
}

/** Milliseconds of work between two turns of the event loop, in which alone a signal can be aborted. */
const SLICE = 30;

/**
 * Takes all steps; with a signal in slices, between which the event loop turns. Steps that are ended stop where
 * they are, as {@link runGuarded} says.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runSliced<Value>(
  steps: Steps<Value>,
  { timeoutMs, signal, around = (slice) => slice() }: SliceLimits,
): Promise<Guarded<Value>> {
  const end = timeoutMs === undefined ? Infinity : performance.now() + timeoutMs;
  for (;;) {
    const left = end - performance.now();
    const guarded = around(() =>
      runGuarded(() => takeSteps(steps, signal === undefined ? Infinity : SLICE), {
        timeoutMs: left === Infinity ? undefined : Math.max(1, left),
      }),
    );
    if (guarded.kind !== 'finished') return guarded;
    if (guarded.value.done === true) return { kind: 'finished', value: guarded.value.value };
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Takes steps until so many milliseconds have passed, or there are none left. */
function takeSteps<Value>(steps: Steps<Value>, milliseconds: number): IteratorResult<undefined, Value> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const step = steps.next();
    if (step.done === true || performance.now() >= end) return step;
  }
}
