/** What one program says of one row. */
import type { CheckResult } from '../../src/runner/result.js';

export type Verdict = 'violated' | 'certified';

export interface Answer {
  /** Undefined where it came to none, within its time or its memory. */
  readonly verdict: Verdict | undefined;
  /** The fewest faults that violate, where it is violated and that was proven. */
  readonly fewest: number | undefined;
}

export const NO_ANSWER: Answer = { verdict: undefined, fewest: undefined };

/** What ldfi says. A counterexample that was not proven to have the fewest faults tells no number of them. */
export function answerOf({ verdict }: CheckResult): Answer {
  if (verdict.kind === 'certified') return { verdict: 'certified', fewest: undefined };
  if (verdict.kind !== 'violated') return NO_ANSWER;
  const [{ minimality, faults }] = verdict.counterexamples;
  return { verdict: 'violated', fewest: minimality === 'minimum' ? faults.length : undefined };
}
