import fc from 'fast-check';
import { expect, it } from 'vitest';
import { components } from '../../../../src/model/rules/check/scc.js';

const graph = fc
  .integer({ min: 0, max: 8 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(Math.max(0, size - 1)), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

function reachable(successors: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const seen = new Set([from]);
  for (const node of seen) for (const next of successors[node]) seen.add(next);
  return seen;
}

it('components are the classes of nodes that reach each other, in dependency order', () => {
  fc.assert(
    fc.property(graph, (successors) => {
      const found = components(successors);
      const index = new Map(found.flatMap((nodes, position) => nodes.map((node) => [node, position])));
      expect([...index.keys()].sort((a, b) => a - b)).toEqual([...successors.keys()]);
      expect(found.flat()).toHaveLength(successors.length);
      for (const a of successors.keys()) {
        const fromA = reachable(successors, a);
        for (const b of successors.keys()) {
          expect(index.get(a) === index.get(b)).toBe(fromA.has(b) && reachable(successors, b).has(a));
          if (fromA.has(b)) expect(index.get(b)).toBeLessThanOrEqual(index.get(a)!);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('a path of 200,000 nodes does not exhaust the stack', () => {
  const size = 200_000;
  const successors = Array.from({ length: size }, (_, node) => (node + 1 < size ? [node + 1] : []));
  expect(components(successors)).toHaveLength(size);
});
