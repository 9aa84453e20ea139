/** The strategies that run fault sets one by one. */
import { describe, expect, it } from 'vitest';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { checked, CRASHING, SAFE, schedules } from '../checks.js';
import { HELLO, PERSISTENT } from '../../cli/harness.js';

describe('random', () => {
  it('draws the same fault sets from the same seed, and others from others', async () => {
    const executionsOf = async (seed: number) => {
      const { evidence } = await checked(PERSISTENT, { strategy: 'random', seed });
      return evidence.executions;
    };
    const seeds = Array.from({ length: 8 }, (_, seed) => seed);
    const counts = await Promise.all(seeds.map(executionsOf));
    expect(await Promise.all(seeds.map(executionsOf))).toEqual(counts);
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  it('makes what it finds minimal, whatever it drew', async () => {
    const minimal = schedules(await checked(PERSISTENT, { limit: 100 }));
    for (let seed = 0; seed < 20; seed++) {
      const { verdict } = await checked(PERSISTENT, { strategy: 'random', seed });
      if (verdict.kind !== 'violated') throw new Error('nothing was found');
      const [{ faults, minimality }, ...others] = verdict.counterexamples;
      expect(others).toEqual([]);
      expect(minimality).toBe('minimal');
      expect(minimal).toContain(formatSchedule(faults));
    }
  });

  it('tries the run without faults first', async () => {
    const options = { strategy: 'random', bounds: { eot: 2, eff: 1, crashes: 0 } } as const;
    const { verdict, evidence } = await checked(HELLO, options);
    expect(verdict).toMatchObject({ counterexamples: [{ faults: [], minimality: 'minimal' }] });
    expect(evidence.executions).toBe(1);
  });

  it('never certifies', async () => {
    const { verdict } = await checked(PERSISTENT, { strategy: 'random', bounds: SAFE });
    expect(verdict.kind).toBe('inconclusive');
  });
});

describe('exhaustive', () => {
  it('runs every fault set that has no violating one within, once', async () => {
    const options = { strategy: 'exhaustive', bounds: SAFE } as const;
    const { evidence, verdict } = await checked(PERSISTENT, options);
    expect(verdict.kind).toBe('certified');
    expect(BigInt(evidence.executions)).toBe(evidence.faultSets);
    expect(evidence).toMatchObject({ representation: 'replays', confirmed: false });
  });

  it('keeps a violation that it met before its budget ended, though it is not proven least', async () => {
    // Its first violation is in the middle of the fault sets of one fault.
    const all = await checked(PERSISTENT, { strategy: 'exhaustive' });
    expect(schedules(all)).toEqual(['crash a@1']);
    for (let executions = 2; executions < all.evidence.executions; executions++) {
      const { verdict } = await checked(PERSISTENT, {
        strategy: 'exhaustive',
        bounds: CRASHING,
        budgets: { executions },
      });
      if (verdict.kind === 'inconclusive')
        expect(verdict.covered).toEqual({ size: 0, examined: 1n, total: 1n });
      else
        expect(verdict).toMatchObject({
          counterexamples: [{ faults: [{ kind: 'crash', node: 'a', time: 1 }], minimality: 'unproven' }],
          remaining: 'unknown',
        });
    }
  });
});
