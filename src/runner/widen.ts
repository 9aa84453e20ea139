/** What is said of the full bounds, of what was decided within smaller ones. */
import type { CheckResult, Coverage, Violated } from './result.js';

/** What violates within smaller bounds, of which others may have more to say. */
export function widened(verdict: Violated, isFewest: boolean): Violated {
  const [first, ...others] = verdict.counterexamples.map((each) =>
    isFewest || each.minimality !== 'minimum' ? each : { ...each, minimality: 'minimal' as const },
  );
  return { ...verdict, counterexamples: [first, ...others], remaining: 'unknown', violating: undefined };
}

/** What is never reached within smaller bounds may be within the full ones. */
export function withoutReached({ reached, ...result }: CheckResult): CheckResult {
  return reached === undefined ? result : { ...result, reached: { ...reached, isComplete: false } };
}

/** That of the more faults. */
export function moreCovered(a: Coverage | undefined, b: Coverage | undefined): Coverage | undefined {
  return a === undefined || (b !== undefined && b.size > a.size) ? b : a;
}
