/** What is said where there is no verdict: what there was too much of, and what smaller bounds decide. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { type } from '../../src/model/handlers/protocol.js';
import { fromJson, toJson } from '../../src/report/json/findings.js';
import { reportCheck } from '../../src/report/text/report.js';
import { plainStyle } from '../../src/report/text/style.js';
import { checkScenario } from '../../src/runner/check-scenario.js';
import type { Budgets } from '../../src/runner/guard/budgets.js';
import type { Verdict } from '../../src/runner/result.js';
import { defineScenario } from '../../src/runner/scenario/define.js';
import { coveredBy, smallerBounds } from '../../src/runner/smaller-bounds.js';
import { HELLO } from '../cli/harness.js';
import { schedules, within } from './checks.js';

const text = { width: 80, style: plainStyle, verbose: false };

/** Each node tells the log, again and again, how often it has ticked; the log keeps all that it was told, in its order. */
function logging(most: number) {
  return defineScenario({
    name: 'logging',
    nodes: ['a', 'b', 'log'],
    bounds: { eot: 6, eff: 5, crashes: 0 },
    handlers: {
      messages: type<{ readonly type: 'tell'; readonly ticks: number }>(),
      init: () => ({ ticks: 0, told: [] as string[] }),
      onTick(state, { send }) {
        state.ticks++;
        send('log', { type: 'tell', ticks: state.ticks });
      },
      onMessage: {
        tell(state, { ticks }, { from }) {
          state.told.push(`${from} ${ticks}`);
        },
      },
      observe: ({ told }) => told.length,
    },
    specification: {
      told: { pre: () => true, post: ({ at }) => at('log').observed >= most },
    },
  });
}

/** Too few for all fault sets, and enough for some. */
const FEW: Partial<Budgets> = { localStates: 100 };

describe('where a check passes its budget', () => {
  it('says what multiplies, and which smaller bounds are decided', async () => {
    const result = await checkScenario(logging(0), { budgets: { ...FEW, executions: 20 } });
    expect(reportCheck(result, text)).toContain(
      [
        'What multiplies is the state of log: 106 different ones, in which `told` has 84',
        'values.',
        '',
        'Decided within smaller bounds',
        '  6/5/0 faults 1  certified',
        '  6/3/0           certified',
        '',
      ].join('\n'),
    );
    const { verdict } = result;
    if (verdict.kind !== 'inconclusive') throw new Error(`it is ${verdict.kind}`);
    expect(verdict.covered).toEqual({ size: 1, examined: 25n, total: 25n });
    for (const { bounds, verdict: kind } of verdict.smaller!)
      expect((await checkScenario(logging(0), { bounds })).verdict.kind).toBe(kind);
    expect((await fromJson(toJson({ results: [result] }))).results).toEqual([result]);
  });

  it('has a verdict all the same where something within smaller bounds violates', async () => {
    const full = await checkScenario(logging(12));
    // So few that none is drawn at random, and that alternating does not get far.
    const starved = await checkScenario(logging(12), { budgets: { ...FEW, executions: 1 } });
    expect(starved.evidence).toMatchObject({
      strategy: 'compiled',
      within: { eot: 6, eff: 5, crashes: 0, faults: 1 },
      fallbacks: [expect.stringMatching(/^compiled: /)],
    });
    expect(reportCheck(starved, text)).toMatch(/decided +by compiled within 6\/5\/0 faults 1, as a/);
    expect(schedules(starved)).toEqual(schedules(full));
    expect(starved.verdict).toMatchObject({
      counterexamples: [{ minimality: 'minimum' }],
      remaining: 'unknown',
      violating: undefined,
    });
    expect((await fromJson(toJson({ results: [starved] }))).results).toEqual([starved]);
  });

  it('tells the fewest faults of what random ones violate, where these can be decided', async () => {
    const { verdict, evidence } = await checkScenario(logging(11), { budgets: { localStates: 300 } });
    expect(evidence).toMatchObject({ strategy: 'compiled', within: { faults: 2 } });
    expect(verdict).toMatchObject({ kind: 'violated', counterexamples: [{ minimality: 'minimum' }] });
  });

  it('decides within the same smaller bounds, whatever the clock says', async () => {
    const decided = () =>
      within(
        HELLO,
        { circuitNodes: 1, executions: 1 },
        { nodes: ['a', 'b'], bounds: { eot: 3, eff: 2, crashes: 0 } },
      );
    const { verdict } = await decided();
    expect(verdict).toMatchObject({ smaller: [{ bounds: { eff: 1 }, verdict: 'certified' }] });
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 60_000));
    try {
      expect((await decided()).verdict).toEqual(verdict);
    } finally {
      clock.mockRestore();
    }
  });

  it('names the relation of rules that has most tuples', async () => {
    const { verdict } = await within(
      HELLO,
      { circuitNodes: 1, executions: 1 },
      { bounds: { eot: 3, eff: 2, crashes: 0 } },
    );
    expect(verdict).toMatchObject({ multiplies: { kind: 'tuples' } });
  });
});

describe('smaller bounds', () => {
  const bounds = { eot: 12, eff: 9, crashes: 1 };

  it('are told where they were decided, and of the same kind the widest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(6), fc.nat(9), fc.nat(12), async (mostFaults, mostEff, mostEot) => {
        const tried = new Set<string>();
        const decide = (within: Bounds): Promise<{ readonly verdict: Verdict } | undefined> => {
          const { eot, eff, faults } = within;
          const isSmall =
            faults !== undefined ? faults <= mostFaults : eot === 12 ? eff <= mostEff : eot <= mostEot;
          if (isSmall) tried.add(formatBounds(within));
          return Promise.resolve(isSmall ? { verdict: { kind: 'certified', properties: [] } } : undefined);
        };
        const { decided, violation } = await smallerBounds({ bounds, largest: 20 }, decide);
        expect(violation).toBeUndefined();
        for (const each of decided) expect(tried).toContain(formatBounds(each.bounds));
        const most = Math.min(4, mostFaults);
        expect(coveredBy(decided, { nodes: 3, bounds })?.size).toBe(most === 0 ? undefined : most);
        expect(decided.length).toBeLessThanOrEqual(2);
        if (mostEff >= 5 || mostFaults > 0 || mostEot >= 9) expect(decided).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('end the search with the first that is violated', async () => {
    const verdict: Verdict = {
      kind: 'violated',
      counterexamples: [] as never,
      remaining: 'none',
      violating: 1n,
    };
    const asked: string[] = [];
    const { decided, violation } = await smallerBounds({ bounds, largest: 20 }, (within) => {
      asked.push(formatBounds(within));
      return Promise.resolve(within.faults === undefined ? { verdict } : undefined);
    });
    expect(asked).toEqual(['12/9/1 faults 1', '12/4/1']);
    expect(decided).toEqual([]);
    expect(violation).toMatchObject({ bounds: { eot: 12, eff: 4, crashes: 1 }, isFewest: false });
  });
});
