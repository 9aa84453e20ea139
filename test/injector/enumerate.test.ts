import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultSetsOfSize, randomFaultSet } from '../../src/injector/enumerate.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { keyOf, room } from './sets.js';

/** Numbers as if drawn at random: every one of `values` in turn, then from the start. */
function drawing(values: readonly number[]): () => number {
  let next = 0;
  return () => values[next++ % values.length];
}

describe('the fault sets of a size', () => {
  it('are all that are admissible, each once', () => {
    fc.assert(
      fc.property(room, ({ nodes, bounds }) => {
        const space = new FaultSpace(nodes, bounds);
        const sizes = Array.from({ length: space.largest + 2 }, (_, size) => [
          ...faultSetsOfSize(space, size),
        ]);
        sizes.forEach((sets, size) => {
          for (const faults of sets) expect(faults).toHaveLength(size);
        });
        const listed = sizes.flat().map(keyOf);
        expect(listed.sort()).toEqual([...admissibleFaultSets(nodes, bounds)].map(keyOf).sort());
      }),
    );
  });
});

describe('a random fault set', () => {
  const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });

  it('is admissible, and in the fixed order', () => {
    fc.assert(
      fc.property(room, draws, ({ nodes, bounds }, values) => {
        const admissible = new Set([...admissibleFaultSets(nodes, bounds)].map(keyOf));
        expect(admissible).toContain(keyOf(randomFaultSet(new FaultSpace(nodes, bounds), drawing(values))));
      }),
    );
  });

  it('can be any admissible one, each omission and each way to crash as likely', () => {
    const bounds = { eot: 4, eff: 2, crashes: 2 };
    const space = new FaultSpace(['a', 'b'], bounds);
    const counts = new Map([...admissibleFaultSets(['a', 'b'], bounds)].map((faults) => [keyOf(faults), 0]));
    expect(counts.size).toBe(4 * (1 + 2 * 3 + 9));
    // Every combination of draws from an even grid, as many as make the odds exact.
    const grid = (steps: number) => Array.from({ length: steps }, (_, i) => (i + 0.5) / steps);
    for (const first of grid(2))
      for (const second of grid(2))
        for (const crashed of grid(16))
          for (const [who, when] of grid(2).flatMap((a) => grid(3).map((b) => [a, b] as const)))
            for (const [other, later] of grid(1).flatMap((a) => grid(3).map((b) => [a, b] as const))) {
              const values = [first, second, crashed, who, when, other, later];
              const key = keyOf(randomFaultSet(space, drawing(values)));
              counts.set(key, counts.get(key)! + 1);
            }
    expect(new Set(counts.values())).toEqual(new Set([(2 * 2 * 16 * 6 * 3) / counts.size]));
  });
});
