/** The lineage of a request says what is concluded from it, and is explained and compared like any other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/lineage/difference.js';
import { why } from '../../../src/lineage/explain.js';
import { lineageGraph, type LineageGraph } from '../../../src/lineage/graph.js';
import { pastOf } from '../../../src/lineage/lineage.js';
import type { Call } from '../../../src/lineage/traces/calls.js';
import { lineageOfRequest } from '../../../src/lineage/traces/lineage-of-request.js';
import { CallPoints } from '../../../src/lineage/traces/points.js';
import { observe, type TracedRequest } from '../../../src/lineage/traces/requests.js';
import { told } from '../told.js';
import { span, spanId } from './spans.js';

/** @param made of each call what it is made for, whom it calls, and how it goes */
function request(made: readonly (readonly [parent: number, callee: string, ends?: string])[]): TracedRequest {
  const calls: Call[] = [];
  for (const [parent, callee, ends = ''] of made) {
    const outer = calls[parent];
    calls.push({
      parent,
      caller: outer?.callee ?? 'shop',
      callee,
      operation: 'GET',
      protocol: 'http',
      failed: ends.includes('fails'),
      awaited: !ends.includes('alone') && (outer?.awaited ?? true),
      start: undefined,
      instrumented: true,
      spanId: spanId(calls.length + 2),
      answerId: undefined,
    });
  }
  return {
    root: span({ spanId: spanId(1) }),
    service: 'shop',
    operation: 'GET /cart',
    traceId: '1',
    succeeded: true,
    latency: undefined,
    calls,
  };
}

async function graphOf(of: TracedRequest, good: boolean): Promise<LineageGraph> {
  return lineageGraph(lineageOfRequest(of, good).lineage);
}

const requests = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom('a', 'b'), fc.constantFrom('', '', 'fails', 'alone')), {
    maxLength: 8,
  })
  .map((drawn) => request(drawn.map(([at, callee, ends], index) => [(at % (index + 1)) - 1, callee, ends])));

describe('the lineage of a request', () => {
  it('has in the past of a good outcome its support, and where failure began behind another', () => {
    fc.assert(
      fc.property(requests, fc.boolean(), (drawn, good) => {
        const { lineage, vertices } = lineageOfRequest(drawn, good);
        const past = pastOf(lineage);
        const points = new CallPoints();
        const { support, origins } = observe(drawn, good, points);
        const numbers = points.of(drawn.calls, JSON.stringify(['shop', 'GET /cart']));
        const has = (index: number) =>
          past.has(vertices[index]) && (good || lineage.because.get(vertices[index])!.length === 0);
        const found = numbers.filter((_, index) => has(index)).sort((a, b) => a - b);
        expect(found).toEqual(good ? support : origins);
      }),
    );
  });

  it('has every call, in an order in which each rests on what comes before', () => {
    fc.assert(
      fc.property(requests, fc.boolean(), (drawn, good) => {
        const { lineage } = lineageOfRequest(drawn, good);
        expect(lineage.vertices.size).toBe(drawn.calls.length + 1);
        const time = (name: string) => lineage.vertices.get(name)!.time;
        for (const [name, reasons] of lineage.because)
          for (const reason of reasons) expect(time(reason)).toBeLessThan(time(name));
      }),
    );
  });

  it('explains a failure by where it began', async () => {
    const graph = await graphOf(
      request([
        [-1, 'pricing', 'fails'],
        [0, 'stock', 'fails'],
        [0, 'ads'],
      ]),
      false,
    );
    const tree = why(graph, graph.getAttribute('goals')[0]);
    expect(told(tree.vertex)).toBe('->shop GET /cart failed');
    expect(tree.because.map(({ vertex }) => told(vertex))).toEqual(['shop->pricing GET failed']);
    expect(tree.because[0].because.map(({ vertex }) => told(vertex))).toEqual(['pricing->stock GET failed']);
  });

  it('differs from that of another request first where failure began', async () => {
    const bad = await graphOf(
      request([
        [-1, 'ads', 'fails'],
        [-1, 'pricing', 'fails'],
        [1, 'stock', 'fails'],
      ]),
      false,
    );
    const good = await graphOf(
      request([
        [-1, 'ads', 'fails'],
        [-1, 'pricing'],
        [1, 'stock'],
      ]),
      true,
    );
    const { chain } = differenceOf(bad, good)!;
    expect(chain.map((name) => told(bad.getNodeAttributes(name)))).toEqual([
      'pricing->stock GET failed',
      'shop->pricing GET failed',
      '->shop GET /cart failed',
    ]);
    expect(differenceOf(good, good)).toBeUndefined();
  });
});
