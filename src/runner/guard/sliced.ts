/** Takes the steps of a search under the watchdog, and lets a signal end them where there is one. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { monotonicNow } from './clock.js';
import { runGuarded, type Guarded, type GuardLimits } from './watchdog.js';

/** Steps between which something may have to come about, such as an answer of another thread: it is yielded. */
export type WaitingSteps<Value> = Generator<Promise<unknown> | undefined, Value, undefined>;

export interface SliceLimits extends GuardLimits {
  readonly signal: AbortSignal | undefined;
  /** Put around each slice, from outside of what ends it. */
  readonly around?: <Value>(slice: () => Value) => Value;
}

/** Milliseconds of work, or of waiting, between two turns of the event loop, in which alone a signal can be aborted. */
const SLICE = 30;

/**
 * Takes all steps; with a signal in slices, between which the event loop turns. Steps that are ended stop where
 * they are, as {@link runGuarded} says. What they wait for is waited for within the same limits, and they go on after a
 * slice in any case: whether it has come about is for them to see.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runSliced<Value>(
  steps: WaitingSteps<Value>,
  { timeoutMs, signal, around = (slice) => slice() }: SliceLimits,
): Promise<Guarded<Value>> {
  const end = timeoutMs === undefined ? Infinity : monotonicNow() + timeoutMs;
  for (;;) {
    const left = end - monotonicNow();
    const guarded = around(() =>
      runGuarded(() => takeSteps(steps, signal === undefined ? Infinity : SLICE), {
        timeoutMs: left === Infinity ? undefined : Math.max(1, left),
      }),
    );
    if (guarded.kind !== 'finished') return guarded;
    if (guarded.value.done === true) return { kind: 'finished', value: guarded.value.value };
    const awaited = guarded.value.value;
    await (awaited === undefined ? setImmediate() : Promise.race([awaited, setTimeout(SLICE)]));
    signal?.throwIfAborted();
    // Steps that wait take so little time that the watchdog would never see it end.
    if (monotonicNow() >= end) return { kind: 'timeout' };
  }
}

/** Takes steps until so many milliseconds have passed, one has to wait, or there are none left. */
function takeSteps<Value>(
  steps: WaitingSteps<Value>,
  slice: number,
): IteratorResult<Promise<unknown> | undefined, Value> {
  const end = monotonicNow() + slice;
  for (;;) {
    const step = steps.next();
    if (step.done === true || step.value !== undefined || monotonicNow() >= end) return step;
  }
}
