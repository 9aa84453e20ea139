/**
 * `ldfi/vitest`: importing it, or naming it in vitest's `setupFiles`, gives `expect(scenario)` the matcher
 * `toTolerateFaults`. It needs vitest 3.2, 4 or 5, which is installed beside ldfi.
 */
import { expect } from 'vitest';
import type { Scenario } from '../../runner/scenario/define.js';
import { judgeTolerance, type ToleranceOptions } from '../judge-tolerance.js';

export type { ToleranceOptions };

expect.extend({
  toTolerateFaults(scenario: Scenario, options: ToleranceOptions = {}) {
    return judgeTolerance('toTolerateFaults', scenario, options, this.isNot);
  },
});

declare module 'vitest' {
  // The type parameters of a declaration that is merged have to be the same.
  // oxlint-disable-next-line typescript/no-explicit-any
  interface Matchers<T = any> {
    /**
     * Expects that no admissible fault set violates the specification of a scenario, within its own bounds or
     * those given. The failure is the report of the counterexample. After `.not`, expects that some fault set
     * does. A verdict that is `vacuous` or `inconclusive` fails the test either way.
     *
     * Give it the `signal` of the test's context, so that a test that vitest ends is not checked on.
     *
     * @throws what `checkScenario` throws
     *
     * @example
     * await expect(scenario).toTolerateFaults({ eot: 6, eff: 3, crashes: 1 });
     */
    toTolerateFaults: T extends Scenario ? (options?: ToleranceOptions) => Promise<void> : never;
  }
}
