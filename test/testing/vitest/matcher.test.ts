import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ToleranceOptions } from '../../../src/testing/vitest/index.js';
import '../../../src/testing/vitest/index.js';
import { dedalus } from '../../../src/model/rules/typescript/template.js';
import { checkScenario } from '../../../src/runner/check-scenario.js';
import { reportCheck } from '../../../src/report/text/report.js';
import { plainStyle } from '../../../src/report/text/style.js';
import type { StrategyName } from '../../../src/runner/result.js';
import { defineScenario } from '../../../src/runner/scenario/define.js';
import { withoutTimes } from '../../golden.js';
import { byRules, faulty, hasty, patient } from '../../runner/scenarios.js';

const silent = defineScenario({
  name: 'silent',
  nodes: ['a', 'b'],
  bounds: { eot: 3, eff: 2, crashes: 0 },
  rules: dedalus`
    pre(X) :- never(X);
    post(X) :- pre(X);
    never("a")@3;
    never(X)@next :- never(X);
  `,
});

/** A budget that decides nothing. */
const poor = { strategy: 'exhaustive', budgets: { executions: 1 } } as const;

async function failureOf(expectation: Promise<void>): Promise<Error> {
  const error: unknown = await expectation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('the expectation was met');
  return error;
}

describe('toTolerateFaults', () => {
  it('passes where a check certifies, and fails after `.not`', async () => {
    await expect(patient).toTolerateFaults();
    const { message } = await failureOf(expect(patient).not.toTolerateFaults());
    expect(message).toMatch(
      /^patient delivery tolerates all faults within the bounds, and was expected not to\n/,
    );
    expect(message).toContain('CERTIFIED  patient delivery');
  });

  it.each([hasty, byRules])(
    'fails with the report of the counterexample where a check finds one: $name',
    async (scenario) => {
      await expect(scenario).not.toTolerateFaults();
      const { message } = await failureOf(expect(scenario).toTolerateFaults());
      const report = reportCheck(await checkScenario(scenario, { because: true }), {
        width: 78,
        style: plainStyle,
        verbose: false,
      });
      expect(withoutTimes(message)).toBe(
        withoutTimes(
          `${scenario.name} does not tolerate all faults within the bounds\n\n${report.trimEnd()}`,
        ),
      );
      expect(message).toContain('everything alice sends to bob at time 1 is lost');
    },
  );

  it('takes bounds, each in place of that of the scenario, and what else a check takes', async () => {
    await expect(hasty).toTolerateFaults({ eff: 1 });
    await expect(patient).not.toTolerateFaults({ crashes: 1 });
    await expect(patient).not.toTolerateFaults({ eot: 6, eff: 5, crashes: 1, strategy: 'alternating' });
    const { signal } = new AbortController();
    await expect(patient).toTolerateFaults({ signal });
  });

  it.each([false, true])('fails where the specification says nothing; after `.not`: %s', async (negated) => {
    const expectation = negated ? expect(silent).not : expect(silent);
    const { message } = await failureOf(expectation.toTolerateFaults({ eot: 2, eff: 1 }));
    expect(message).toMatch(
      /^silent was checked, but its specification says nothing \(`pre` never holds\): .*\n\nVACUOUS {2}silent\n/,
    );
  });

  it.each([false, true])('fails where there is no verdict; after `.not`: %s', async (negated) => {
    const expectation = negated ? expect(patient).not : expect(patient);
    const { message } = await failureOf(expectation.toTolerateFaults(poor));
    expect(message).toMatch(
      /^patient delivery could not be decided: it is not known whether .*\n\nINCONCLUSIVE/,
    );
    expect(message).toContain('the budget of 1 executions ended');
  });

  it('fails with what is wrong with the scenario, or with the signal', async () => {
    expect((await failureOf(expect(faulty).toTolerateFaults())).message).toContain('error DED301');
    const nothing: unknown = { nodes: ['a'] };
    const failure = await failureOf(expect(nothing as typeof hasty).toTolerateFaults());
    expect(failure.message).toContain('what `defineScenario` makes');
    const signal = AbortSignal.abort(new Error('the test has ended'));
    expect((await failureOf(expect(patient).toTolerateFaults({ signal }))).message).toBe(
      'the test has ended',
    );
  });

  it('is a compile error of anything but a scenario, and of options that there are not', () => {
    expectTypeOf(expect('hasty').toTolerateFaults).toBeNever();
    const options = expectTypeOf(expect(hasty).toTolerateFaults).parameter(0).exclude(undefined);
    options.toEqualTypeOf<ToleranceOptions>();
    options.not.toHaveProperty('crash');
    options.toHaveProperty('strategy').toEqualTypeOf<StrategyName | undefined>();
  });
});
