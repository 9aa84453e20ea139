/**
 * Work that can be put aside and taken up again, so that a thread that is busy with it for seconds can see to
 * something else in between. The alternative, to stop from within a callback, would lose what was done.
 */

/** Yields where it may be put aside, with nothing half done, and returns its result. */
export type Steps<Value> = Generator<undefined, Value, undefined>;

/** Takes all steps at once. */
export function finish<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
