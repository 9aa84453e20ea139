/** A property that is never asked certifies nothing, whatever stands beside it. */
import { describe, expect, it } from 'vitest';
import { type, type HandlerOutcome, type Specification } from '../../src/model/handlers/protocol.js';
import type { Budgets } from '../../src/runner/guard/budgets.js';
import { checkScenario } from '../../src/runner/check-scenario.js';
import { exitCodeOf } from '../../src/cli/exit-codes.js';
import { reportCheck, reportLine } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import type { StrategyName } from '../../src/runner/result.js';
import { defineScenario, type Scenario } from '../../src/runner/scenario/define.js';

const options = { width: 80, style: plainStyle, verbose: false };

const held = { always: () => true };
const recovery = {
  pre: ({ nodes }: HandlerOutcome<string, boolean>) => nodes.some(({ crashed }) => crashed),
  post: () => true,
};
/** Needs an early crash. */
const trouble = {
  pre: ({ at }: HandlerOutcome<string, boolean>) => at('a').crashed && !at('b').observed,
  post: () => true,
};
const never = { pre: () => false, post: () => true };

/** a pings b twice. */
function pings(specification: Specification<string, boolean>): Scenario {
  return defineScenario({
    name: 'pings',
    nodes: ['a', 'b'],
    bounds: { eot: 4, eff: 2, crashes: 1 },
    handlers: {
      messages: type<{ readonly type: 'ping' }>(),
      init: () => false,
      onStart: (_, { self, send }) => {
        if (self === 'a') send('b', { type: 'ping' });
      },
      onTick: (_, { self, send, time }) => {
        if (self === 'a' && time === 2) send('b', { type: 'ping' });
      },
      onMessage: { ping: () => true },
      observe: (pinged) => pinged,
    },
    specification,
  });
}

type Way = { readonly strategy: StrategyName; readonly budgets?: Partial<Budgets> };
const ways: readonly Way[] = [
  { strategy: 'compiled' },
  { strategy: 'compiled', budgets: { diagramNodes: 0 } },
  { strategy: 'alternating' },
  { strategy: 'exhaustive' },
];

const crash = (node: string, time: number) => [{ kind: 'crash', node, time }];

describe.each(ways)('a property, by $strategy $budgets', (way) => {
  const verdictOn = async (specification: Specification<string, boolean>) =>
    (await checkScenario(pings(specification), way)).verdict;

  it('that is asked in no admissible run makes a verdict vacuous, and is named', async () => {
    expect(await verdictOn({ held, never, trouble })).toMatchObject({
      kind: 'vacuous',
      scope: 'always',
      properties: [{ name: 'held', under: [] }, { name: 'never', under: undefined }, { name: 'trouble' }],
    });
  });

  it('that is asked only in runs with faults is certified beside one that is asked without', async () => {
    const verdict = await verdictOn({ held, recovery });
    expect(verdict).toMatchObject({ kind: 'certified', properties: [{ under: [] }, { name: 'recovery' }] });
    const { under } = (verdict as Extract<typeof verdict, { kind: 'certified' }>).properties[1];
    expect(under).toHaveLength(1);
    if (way.strategy !== 'alternating') expect(under).toEqual(crash('a', 3));
  });

  it('that is asked only in runs with faults is vacuous by itself', async () => {
    const verdict = await verdictOn({ recovery, trouble });
    expect(verdict).toMatchObject({ kind: 'vacuous', scope: 'failure-free' });
    if (way.strategy === 'alternating') return;
    expect(verdict).toMatchObject({ properties: [{ under: crash('a', 3) }, { under: crash('a', 1) }] });
  });

  it('that is never asked leaves a violation a violation', async () => {
    const violated = { pre: () => true, post: ({ at }: HandlerOutcome<string, boolean>) => at('b').observed };
    expect(await verdictOn({ violated, never })).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: crash('b', 2) }],
    });
  });
});

describe('what is said of a property that is never asked', () => {
  it('names it, shows a run, and is no success', async () => {
    const result = await checkScenario(pings({ held, never, recovery }));
    expect(exitCodeOf(result)).toBe(3);
    expect(reportLine(result, options)).toMatch(/^vacuous .* never asked: never\n$/);
    const report = reportCheck(result, options);
    expect(report).toContain('Never asked: never. Its `pre`, or `when`, holds in no admissible run');
    expect(report).toContain('Asked only in runs with faults, such as\n  recovery  crash a@3\n');
    expect(report).toContain(`npx ldfi replay test/runner/vacuity.test.ts -g '^pings$'`);
  });
});

describe('random', () => {
  it('knows nothing of what is never asked', async () => {
    const { verdict } = await checkScenario(pings({ held, never }), {
      strategy: 'random',
      budgets: { executions: 50 },
    });
    expect(verdict.kind).toBe('inconclusive');
  });
});
