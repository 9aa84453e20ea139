/** Traces that nobody writes, but that anybody may send. */
import { describe, expect, it } from 'vitest';
import { assembleTrace } from '../../../src/lineage/traces/trace.js';
import { span, spanId, TRACE_ID } from './spans.js';

describe('hostile traces', () => {
  const LENGTH = 300_000;

  it('may be a chain of very many spans', () => {
    const chain = Array.from({ length: LENGTH }, (_, index) =>
      span({ spanId: spanId(index + 1), parentId: index === 0 ? undefined : spanId(index) }),
    );
    const { nodes, flaws: found } = assembleTrace(TRACE_ID, chain);
    expect(found).toEqual([]);
    expect(nodes).toHaveLength(LENGTH);
  });

  it('may be a circle of very many spans', () => {
    const circle = Array.from({ length: LENGTH }, (_, index) =>
      span({ spanId: spanId(index + 1), parentId: spanId(index === 0 ? LENGTH : index) }),
    );
    expect(assembleTrace(TRACE_ID, circle).flaws.map(({ kind }) => kind)).toEqual([
      'parent-cycle',
      'no-root',
    ]);
  });
});
