/** Random fault sets against all of them, as the judge enumerates these. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faults, faultSets } from '../../../src/testing/fast-check/index.js';
import { parseSchedule } from '../../../src/injector/schedule.js';
import type { Fault, FaultSet } from '../../../src/injector/faults.js';
import { keyOf, occupied, room } from '../../injector/sets.js';
import { isSmaller } from '../../judge/fault-sets.js';

const BOUNDS = { eot: 3, eff: 2, crashes: 1 };
const SCOPE = { nodes: ['a', 'b'], bounds: BOUNDS };

/** Where fast-check ends that looks for a fault set of a kind, which there has to be. */
function foundBy(arbitrary: fc.Arbitrary<FaultSet>, isWanted: (faults: FaultSet) => boolean): FaultSet {
  const { counterexample } = fc.check(
    fc.property(arbitrary, (faults) => !isWanted(faults)),
    { numRuns: 10_000 },
  );
  if (counterexample === null) throw new Error('there is no such fault set');
  return counterexample[0];
}

/** Whether each fault of the one is in a fault of the other, no two of them in the same: an outage takes in two shorter ones. */
function contains(set: FaultSet, target: FaultSet): boolean {
  const takes = (fault: Fault, other: Fault) =>
    keyOf([fault]) === keyOf([other]) || isSmaller([fault], [other]);
  const taking = target.map((fault) => set.find((other) => takes(fault, other)));
  return !taking.includes(undefined) && new Set(taking).size === target.length;
}

describe('fault sets', () => {
  it('are admissible', () => {
    fc.assert(
      fc.property(occupied(0, 0), fc.integer(), ({ nodes, bounds, all }, seed) => {
        const keys = new Set(all.map(keyOf));
        const drawn = fc.sample(faultSets({ nodes, bounds }), { seed, numRuns: 50 });
        expect(drawn.filter((set) => !keys.has(keyOf(set)))).toEqual([]);
      }),
    );
  });

  it('are all there are', () => {
    fc.assert(
      fc.property(
        occupied(0, 0).filter(({ all }) => all.length <= 40),
        fc.integer(),
        ({ nodes, bounds, all }, seed) => {
          const drawn = fc.sample(faultSets({ nodes, bounds }), { seed, numRuns: 5_000 });
          expect(new Set(drawn.map(keyOf))).toEqual(new Set(all.map(keyOf)));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('have no more faults than wanted', () => {
    fc.assert(
      fc.property(room, fc.nat(3), fc.integer(), (scope, maxFaults, seed) => {
        const drawn = fc.sample(faultSets(scope, { maxFaults }), { seed, numRuns: 50 });
        expect(Math.max(...drawn.map((set) => set.length))).toBeLessThanOrEqual(maxFaults);
      }),
    );
  });

  it('are the same for the same seed', () => {
    fc.assert(
      fc.property(room, fc.integer(), (scope, seed) => {
        const [once, again] = [1, 2].map(() => fc.sample(faultSets(scope), { seed, numRuns: 20 }));
        expect(again).toEqual(once);
      }),
    );
  });

  it('shrink to smaller ones only, which are admissible', () => {
    fc.assert(
      fc.property(occupied(1, 1), ({ nodes, bounds, all, some: [start] }) => {
        const keys = new Set(all.map(keyOf));
        const arbitrary = faultSets({ nodes, bounds });
        expect(arbitrary.canShrinkWithoutContext(start)).toBe(true);
        for (const { value } of arbitrary.shrink(start, undefined)) {
          expect(isSmaller(value, start)).toBe(true);
          expect(keys).toContain(keyOf(value));
        }
      }),
    );
  });

  it('shrink to the one fault set that all that fail contain, where there is one', () => {
    fc.assert(
      fc.property(occupied(1, 1), fc.integer(), ({ nodes, bounds, some: [target] }, seed) => {
        const property = fc.property(faultSets({ nodes, bounds }), (set) => !contains(set, target));
        const { counterexample } = fc.check(property, { seed, numRuns: 20_000 });
        fc.pre(counterexample !== null);
        expect(counterexample).toEqual([target]);
      }),
      { numRuns: 30 },
    );
  });

  it('can be given as examples, and only where they are admissible', () => {
    const arbitrary = faultSets(SCOPE);
    const crash = { kind: 'crash', node: 'a', time: 2 } as const;
    expect(arbitrary.canShrinkWithoutContext([crash])).toBe(true);
    const others: readonly unknown[] = [
      'crash a@2',
      [crash, crash],
      [{ ...crash, node: 'c' }],
      [{ ...crash, time: 3 }],
      [crash, { ...crash, node: 'b' }],
      [crash, { kind: 'omission', from: 'a', to: 'b', time: 1 }],
    ];
    expect(others.filter((other) => arbitrary.canShrinkWithoutContext(other))).toEqual([]);
  });

  it('print as schedules', () => {
    const set = foundBy(faultSets(SCOPE), (faults) => faults.length === 2);
    const text = fc.stringify(set);
    expect(parseSchedule(text, SCOPE)).toEqual({ kind: 'faults', faults: [...set] });
    expect(fc.stringify(foundBy(faultSets(SCOPE), (faults) => faults.length === 0))).toBe('no fault');
  });

  it('are refused within bounds that make no sense, or of too few faults', () => {
    expect(() => faultSets({ ...SCOPE, bounds: { ...BOUNDS, eff: 3 } })).toThrow(RangeError);
    expect(() => faultSets(SCOPE, { maxFaults: -1 })).toThrow('`maxFaults` of faultSets is -1');
    expect(() => faultSets(SCOPE, { maxFaults: 0.5 })).toThrow(RangeError);
  });
});

describe('single faults', () => {
  it('are those of the admissible fault sets', () => {
    fc.assert(
      fc.property(
        occupied(0, 0).filter(({ all }) => all.length > 1 && all.length <= 500),
        fc.integer(),
        ({ nodes, bounds, all }, seed) => {
          const single = all.filter((set) => set.length === 1).map(([fault]) => JSON.stringify(fault));
          const drawn = fc.sample(faults({ nodes, bounds }), { seed, numRuns: 1_000 });
          expect(new Set(drawn.map((fault) => JSON.stringify(fault)))).toEqual(new Set(single));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are refused where there are none', () => {
    expect(() => faults({ nodes: ['a'], bounds: { eot: 3, eff: 2, crashes: 0 } })).toThrow('admit no fault');
  });
});
