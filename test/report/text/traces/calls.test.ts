/** No two calls that are told together are called alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallPoint } from '../../../../src/lineage/traces/points.js';
import { CallPointNames } from '../../../../src/report/text/traces/calls.js';

const point = (parent: number, caller: string, callee: string, ordinal = 1): CallPoint => ({
  parent,
  caller,
  callee,
  operation: 'get',
  ordinal,
});

const numbers = (points: readonly unknown[]): readonly number[] => [...points.keys()];

function namesOf(points: readonly CallPoint[], told = numbers(points)): readonly string[] {
  const names = new CallPointNames(told, points);
  return told.map((each) => names.nameOf(each));
}

describe('names of calls', () => {
  it('are who calls whom for what, and which time it is', () => {
    const points = [point(-1, 'shop', 'cart'), point(0, 'cart', 'stock'), point(0, 'cart', 'stock', 2)];
    expect(namesOf(points)).toEqual(['shop -> cart get', 'cart -> stock get', 'cart -> stock get, 2nd']);
  });

  it('have as much of the way as tells them apart', () => {
    const points = [
      point(-1, 'shop', 'cart'),
      point(-1, 'shop', 'cart', 2),
      point(0, 'cart', 'stock'),
      point(1, 'cart', 'stock'),
      point(2, 'stock', 'database'),
      point(3, 'storage', 'database'),
      point(3, 'stock', 'database'),
    ];
    expect(namesOf(points, [2, 3, 4, 5, 6])).toEqual([
      'shop -> cart get -> stock get',
      'shop -> cart get, 2nd -> stock get',
      'shop -> cart get -> stock get -> database get',
      'storage -> database get',
      'shop -> cart get, 2nd -> stock get -> database get',
    ]);
  });

  it('are as many as calls are, wherever no way is the same', () => {
    const names = fc.constantFrom('a', 'b');
    const steps = fc.array(
      fc.record({ parent: fc.nat(11), callee: names, ordinal: fc.integer({ min: 1, max: 2 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(steps, (made) => {
        const points: CallPoint[] = [];
        const known = new Set<string>();
        for (const { parent, callee, ordinal } of made) {
          const above = parent < points.length ? parent : -1;
          const key = `${above} ${callee} ${ordinal}`;
          if (known.has(key)) continue;
          known.add(key);
          points.push(point(above, above < 0 ? 'shop' : points[above].callee, callee, ordinal));
        }
        expect(new Set(namesOf(points)).size).toBe(points.length);
      }),
    );
  });
});
