/** For tests under any runner: an assertion whose message is the report. */
import type { Scenario } from '../runner/scenario/define.js';
import { judgeTolerance, type ToleranceOptions } from './judge-tolerance.js';

/**
 * Asserts that no admissible fault set violates the specification of a scenario, within its own bounds or those given: that
 * the verdict is `certified`. For `node:test`, Jest, Mocha, and whatever else takes an error for a failure; under vitest
 * there is `toTolerateFaults` of `ldfi/vitest`.
 *
 * @param options bounds, each in place of the scenario's own, and what else a check takes, such as the `signal` of a test
 * @throws AssertionError where the verdict is another, with the report of the counterexample for a message
 * @throws what `checkScenario` throws
 *
 * @example
 * import { test } from 'node:test';
 * test('survives a crash', () => assertTolerates(scenario, { crashes: 1 }));
 */
export async function assertTolerates(scenario: Scenario, options: ToleranceOptions = {}): Promise<void> {
  const { pass, message } = await judgeTolerance('assertTolerates', scenario, options, false);
  if (pass) return;
  // Every command loads this module, and none of them needs that one.
  const { AssertionError } = await import('node:assert');
  throw new AssertionError({
    message: message(),
    operator: 'assertTolerates',
    stackStartFn: assertTolerates,
  });
}
