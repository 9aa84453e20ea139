import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { CheckResult, Verdict } from '../../../src/runner/result.js';
import { frontier, type FrontierRow } from '../../../src/runner/tolerance/frontier.js';
import { results } from '../fixtures.js';

type Mark = 'tolerated' | 'broken' | 'undecided';

/** Edges of a protocol: with so many crashes, the first EFF that is not tolerated. They only fall. */
const edges = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 })
  .map((falls) => falls.toSorted((a, b) => b - a));

function verdictOf(kind: 'certified' | 'violated' | 'inconclusive', { eff, crashes }: Bounds): Verdict {
  if (kind === 'certified') return { kind, properties: [] };
  if (kind === 'inconclusive') return { kind, reason: 'a budget ended', covered: undefined };
  const { verdict } = results.violated;
  if (verdict.kind !== 'violated') throw new Error('it is violated');
  const faults = [{ kind: 'omission' as const, from: 'a', to: `b${crashes}`, time: eff }];
  return { ...verdict, counterexamples: [{ ...verdict.counterexamples[0], faults }] };
}

async function rowsOf(
  firsts: readonly number[],
  isDecided: (bounds: Bounds) => boolean = () => true,
): Promise<{ readonly rows: readonly FrontierRow[]; readonly checks: readonly Bounds[] }> {
  const checks: Bounds[] = [];
  const check = (bounds: Bounds): Promise<CheckResult> => {
    checks.push(bounds);
    const kind = bounds.eff < firsts[bounds.crashes] ? 'certified' : 'violated';
    const verdict = verdictOf(isDecided(bounds) ? kind : 'inconclusive', bounds);
    return Promise.resolve({ ...results.violated, bounds, verdict });
  };
  const limits = { bounds: { eot: 9, eff: 0, crashes: 0 }, eff: 8, crashes: firsts.length - 1 };
  const rows: FrontierRow[] = [];
  for await (const row of frontier(limits, check)) rows.push(row);
  return { rows, checks };
}

function markAt({ tolerated = 0, broken }: FrontierRow, eff: number): Mark {
  if (eff <= tolerated) return 'tolerated';
  return broken !== undefined && eff >= broken.eff ? 'broken' : 'undecided';
}

const EFFS = [1, 2, 3, 4, 5, 6, 7, 8];

describe('the frontier', () => {
  it('says of all bounds what a check of each would, by few of them', async () => {
    await fc.assert(
      fc.asyncProperty(edges, async (firsts) => {
        const { rows, checks } = await rowsOf(firsts);
        rows.forEach((row, crashes) => {
          for (const eff of EFFS)
            expect(markAt(row, eff)).toBe(eff < firsts[crashes] ? 'tolerated' : 'broken');
        });
        // Where not even no loss is tolerated, nothing is behind it either.
        const ends = firsts.findIndex((first) => first <= 1);
        expect(rows).toHaveLength(ends === -1 ? firsts.length : ends + 1);
        expect(checks.length).toBeLessThanOrEqual(4 * rows.length);
      }),
    );
  });

  it('claims nothing of what is not decided', async () => {
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: 2, max: 8 }), async (firsts, decided) => {
        const { rows } = await rowsOf(firsts, ({ eff }) => eff < decided);
        rows.forEach((row, crashes) => {
          for (const eff of EFFS) {
            const mark = markAt(row, eff);
            if (mark !== 'undecided') expect(mark).toBe(eff < firsts[crashes] ? 'tolerated' : 'broken');
          }
          if (EFFS.some((eff) => markAt(row, eff) === 'undecided')) expect(row.undecided).toBeDefined();
        });
      }),
    );
  });

  it('has of each edge faults that are within it', async () => {
    const { rows } = await rowsOf([7, 7, 3, 1]);
    expect(rows.map(({ broken }) => broken?.eff)).toEqual([7, 7, 3, 1]);
    expect(rows.map(({ broken }) => broken?.faults.map(({ time }) => time))).toEqual([[7], [7], [3], [1]]);
  });

  it('has no losses where the run ends at once', async () => {
    const check = (bounds: Bounds) => Promise.resolve({ ...results.certified, bounds });
    const rows: FrontierRow[] = [];
    for await (const row of frontier({ bounds: { eot: 1, eff: 0, crashes: 0 }, eff: 0, crashes: 1 }, check))
      rows.push(row);
    expect(rows.map(({ tolerated }) => tolerated)).toEqual([0, 0]);
  });
});
