/** Flows begin and end where the services are that they are between. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutFlows, type Flow } from '../../../../src/report/html/traces/flow-layout.js';

const names = ['a', 'b', 'c', 'd', 'e'];

const flows: fc.Arbitrary<readonly Flow[]> = fc
  .uniqueArray(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      width: fc.integer({ min: 1, max: 40 }),
      labelWidth: fc.constant(30),
    }),
    { selector: ({ from, to }) => from + to, maxLength: 12 },
  )
  .map((drawn) => drawn.filter(({ from, to }) => from !== to));

const nodes = names.map((name) => ({ name, width: 60 }));

it('begins and ends each flow at a side of its services, clear of the others there', () => {
  fc.assert(
    fc.property(flows, (drawn) => {
      const layout = layOutFlows(nodes, drawn);
      const placed = new Map(layout.nodes.map((node) => [node.name, node]));
      const taken = new Map<string, [number, number][]>();
      for (const [index, { from, to, width }] of drawn.entries()) {
        const { points } = layout.flows[index];
        for (const [name, { x, y }] of [
          [from, points[0]],
          [to, points[points.length - 1]],
        ] as const) {
          const node = placed.get(name)!;
          expect(Math.abs(x - node.x)).toBeCloseTo(node.width / 2);
          expect(Math.abs(y - node.y) + width / 2).toBeLessThanOrEqual(node.height / 2);
          const side = taken.get(`${name} ${x}`) ?? [];
          for (const [top, bottom] of side)
            expect(y - width / 2 >= bottom || y + width / 2 <= top).toBe(true);
          taken.set(`${name} ${x}`, [...side, [y - width / 2, y + width / 2]]);
        }
      }
    }),
    { numRuns: 25 },
  );
});

it('draws services within the picture, and none over another', () => {
  fc.assert(
    fc.property(flows, (drawn) => {
      const layout = layOutFlows(nodes, drawn);
      for (const one of layout.nodes) {
        expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
        expect(one.x + one.width / 2).toBeLessThanOrEqual(layout.width);
        expect(one.y - one.height / 2).toBeGreaterThanOrEqual(0);
        expect(one.y + one.height / 2).toBeLessThanOrEqual(layout.height);
        for (const other of layout.nodes.filter((each) => each !== one)) {
          const apart =
            Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
            Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
          expect(apart).toBe(true);
        }
      }
    }),
    { numRuns: 25 },
  );
});
