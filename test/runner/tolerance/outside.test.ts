import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBounds, formatBounds, type Bounds } from '../../../src/injector/bounds.js';
import { countFaultSets } from '../../../src/injector/counts.js';
import { ALL_BOUND_NAMES, boundOf, type BoundName } from '../../../src/model/bounds.js';
import type { CheckResult } from '../../../src/runner/result.js';
import { widenings, widerByOne } from '../../../src/runner/tolerance/outside.js';
import { results } from '../fixtures.js';

const bounds = fc
  .record({
    eot: fc.integer({ min: 1, max: 5 }),
    eff: fc.nat(4),
    crashes: fc.nat(2),
    omissions: fc.option(fc.nat(3), { nil: undefined }),
    delays: fc.nat(1),
  })
  .filter(({ eot, eff }) => eff < eot)
  .map(({ omissions, ...others }): Bounds => ({ ...others, ...(omissions !== undefined && { omissions }) }));

const trusting = fc.record({
  bounds,
  reliable: fc.record({ nodes: fc.subarray(['a', 'b']), links: fc.subarray(['a->b', 'b->a']) }),
});

function valueOf(within: Bounds, name: (typeof ALL_BOUND_NAMES)[number]): number {
  return within[name] ?? boundOf(within, name as BoundName);
}

/** How many nodes and links are taken to be reliable. */
function trustedIn({ reliable: { nodes = [], links = [] } = {} }: Bounds): number {
  return nodes.length + links.length;
}

describe('bounds wider by one', () => {
  it('make sense, admit more, and differ in one respect', () => {
    fc.assert(
      fc.property(trusting, ({ bounds: some, reliable }) => {
        const within = { ...some, reliable };
        for (const wider of widerByOne(2, within)) {
          assertBounds(['a', 'b'], wider);
          const changed = ALL_BOUND_NAMES.filter((name) => valueOf(wider, name) !== valueOf(within, name));
          const trusted = trustedIn(within) - trustedIn(wider);
          expect(changed.length + trusted).toBe(1);
          if (trusted === 1) {
            expect(countFaultSets(2, wider)).toBeGreaterThan(countFaultSets(2, within));
            continue;
          }
          expect(valueOf(wider, changed[0])).toBe(valueOf(within, changed[0]) + 1);
          if (changed[0] !== 'eot')
            expect(countFaultSets(2, wider)).toBeGreaterThan(countFaultSets(2, within));
        }
      }),
    );
  });

  it('let each of those fail in turn who are reliable, where that makes a difference', () => {
    const reliable = { nodes: ['a', 'b'], links: ['a->b'] };
    const wider = widerByOne(2, { eot: 3, eff: 2, crashes: 1, reliable });
    expect(wider.map(formatBounds).filter((text) => text.startsWith('3/2/1 reliable'))).toEqual([
      '3/2/1 reliable b,a->b',
      '3/2/1 reliable a,a->b',
      '3/2/1 reliable a,b',
    ]);
  });

  it('are told with what a check of each comes to', async () => {
    const checked: Bounds[] = [];
    const check = (within: Bounds): Promise<CheckResult> => {
      checked.push(within);
      if (within.crashes > 0) return Promise.resolve(results.violated);
      const verdict = { kind: 'inconclusive', reason: 'a budget ended', covered: undefined } as const;
      return Promise.resolve(within.eot > 4 ? { ...results.certified, verdict } : results.certified);
    };
    const found = await widenings(2, { eot: 4, eff: 2, crashes: 0 }, check);
    expect(found.map((each) => each.bounds)).toEqual(checked);
    expect(found.map((each) => each.found.kind)).toEqual(
      checked.map(({ eot, crashes }) => (crashes > 0 ? 'violated' : eot > 4 ? 'undecided' : 'tolerated')),
    );
    expect(new Set(found.map((each) => each.found.kind)).size).toBe(3);
  });
});
