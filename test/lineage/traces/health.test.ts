import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flawsOfSpans, HealthCheck } from '../../../src/lineage/traces/health.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { assembleTrace, type Trace } from '../../../src/lineage/traces/trace.js';
import { span, spanId, START, TRACE_ID } from './spans.js';

function trace(...spans: readonly Span[]): Trace {
  return assembleTrace(TRACE_ID, spans);
}

/** Each flaw with the number of the span that shows it. */
function flaws(...spans: readonly Span[]): readonly string[] {
  const whole = trace(...spans);
  return [...whole.flaws, ...flawsOfSpans(whole)].map((flaw) => `${flaw.kind} ${Number(`0x${flaw.spanId}`)}`);
}

const root = span({ spanId: spanId(1) });
const child = span({ spanId: spanId(2), parentId: spanId(1) });

describe('a trace', () => {
  it('is put together from its spans in any order', () => {
    const shuffled = fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, index) =>
        span({ spanId: spanId(index + 1), parentId: index === 0 ? undefined : spanId(Math.ceil(index / 2)) }),
      ),
      { minLength: 12 },
    );
    fc.assert(
      fc.property(shuffled, (spans) => {
        const { nodes, roots } = trace(...spans);
        const idOf = (index: number) => nodes[index].span!.spanId;
        expect(roots.map(idOf)).toEqual([spanId(1)]);
        for (const [index, node] of nodes.entries()) {
          expect(node.span!.parentId).toBe(node.parent < 0 ? undefined : idOf(node.parent));
          for (const each of node.children) expect(nodes[each].parent).toBe(index);
        }
      }),
    );
  });

  it('has no flaw where there is none', () => {
    expect(flaws(root, child)).toEqual([]);
  });

  it('gets a placeholder for a parent that is missing, below the root', () => {
    const orphan = span({ spanId: spanId(3), parentId: spanId(9) });
    const sibling = span({ spanId: spanId(4), parentId: spanId(9) });
    expect(flaws(root, orphan, sibling)).toEqual(['missing-parent 3', 'missing-parent 4']);
    const { nodes } = trace(root, orphan, sibling);
    expect(nodes[3]).toEqual({ span: undefined, parent: 0, children: [1, 2] });
  });

  it('says where it has no root, or several', () => {
    expect(flaws(child)).toEqual(['missing-parent 2', 'no-root 2']);
    expect(flaws(root, span({ spanId: spanId(2) }))).toEqual(['several-roots 2']);
  });

  it('is cut where spans are their own ancestors', () => {
    const circle = [
      span({ spanId: spanId(2), parentId: spanId(3) }),
      span({ spanId: spanId(3), parentId: spanId(2) }),
    ];
    expect(flaws(root, ...circle)).toEqual(['parent-cycle 2']);
    expect(flaws(span({ spanId: spanId(1), parentId: spanId(1) }))).toEqual(['parent-cycle 1', 'no-root 1']);
  });

  it('has a span once that was read twice, and merges fragments', () => {
    expect(flaws(root, root)).toEqual(['repeated-span 1']);
    const early = span({ spanId: spanId(1), end: undefined, attributes: new Map([['a', 1]]) });
    const late = span({ spanId: spanId(1), name: '', start: undefined, attributes: new Map([['b', 2]]) });
    const merged = trace(early, late);
    expect(merged.flaws).toEqual([]);
    expect(merged.nodes.map((node) => node.span)).toEqual([
      span({
        spanId: spanId(1),
        attributes: new Map([
          ['b', 2],
          ['a', 1],
        ]),
      }),
    ]);
  });

  it('keeps both spans where two share an id by mistake', () => {
    expect(flaws(root, span({ spanId: spanId(1), name: 'other' }))).toEqual(
      ['several-roots 1', 'conflicting-spans 1'].sort(),
    );
  });

  it('tells the sides of a call apart that share an id, and puts what they did below them', () => {
    const client = span({ spanId: spanId(2), parentId: spanId(1), kind: 'client' });
    const server = span({ ...client, kind: 'server', service: 'stock' });
    const below = span({ spanId: spanId(3), parentId: spanId(2), service: 'stock' });
    const { nodes, flaws } = trace(below, server, client, root);
    expect(flaws).toEqual([]);
    expect(nodes.map(({ parent }) => parent)).toEqual([1, 2, 3, -1]);
  });
});

describe('the spans of a trace', () => {
  it('show clocks that differ, between two services alone', () => {
    const client = span({ spanId: spanId(2), parentId: spanId(1), kind: 'client' });
    const server = { kind: 'server', service: 'stock', spanId: spanId(3), parentId: spanId(2) } as const;
    expect(flaws(root, client, span({ ...server, start: START - 1n }))).toEqual(['clock-skew 3']);
    expect(flaws(root, client, span({ ...server, end: START + 100_001n }))).toEqual(['clock-skew 3']);
    expect(flaws(root, client, span(server))).toEqual([]);
  });

  it('have times, names and ids', () => {
    expect(flaws(span({ spanId: spanId(1), end: undefined }))).toEqual(['no-end 1']);
    expect(flaws(span({ spanId: spanId(1), end: START - 1n }))).toEqual(['ends-before-start 1']);
    expect(flaws(span({ spanId: spanId(1), service: '' }))).toEqual(['unnamed-service 1']);
    expect(flaws(span({ spanId: '1' }))).toEqual(['malformed-id 1']);
  });
});

describe('health', () => {
  it('is scored by the traces that have no flaw', () => {
    const check = new HealthCheck();
    for (const whole of [trace(root), trace(root), trace(root, child, child)]) check.add(whole, whole.flaws);
    expect(check.result()).toEqual({
      traces: 3,
      spans: 4,
      sound: 2,
      score: 66,
      flaws: [
        {
          kind: 'repeated-span',
          count: 1,
          traces: 1,
          examples: [{ traceId: TRACE_ID, spanId: spanId(2) }],
        },
      ],
    });
    expect(new HealthCheck().result().score).toBe(100);
  });
});

it('reads spans with names that objects have', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const spans = names.map((name, index) =>
    span({ spanId: name, service: name, name, parentId: names[index - 1] }),
  );
  const { nodes, roots } = trace(...spans);
  expect(roots).toEqual([0]);
  expect(nodes.map(({ parent }) => parent)).toEqual([-1, 0, 1]);
});
