import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/lineage/traces/span.js';
import { assembleTrace } from '../../../src/lineage/traces/trace.js';
import { waterfallOf } from '../../../src/lineage/traces/waterfall.js';
import { span, spanId, START, TRACE_ID } from './spans.js';

const at = (
  number: number,
  parent: number | undefined,
  from: number,
  to: number,
  given: Partial<Span> = {},
) =>
  span({
    spanId: spanId(number),
    parentId: parent === undefined ? undefined : spanId(parent),
    name: `span ${number}`,
    start: START + BigInt(from),
    end: START + BigInt(to),
    ...given,
  });

const told = (spans: readonly Span[], most = 100) => {
  const { rows, ...rest } = waterfallOf(assembleTrace(TRACE_ID, spans), most);
  return {
    ...rest,
    rows: rows.map(
      ({ depth, operation, start, duration, failed }) =>
        `${'  '.repeat(depth)}${operation} ${start ?? '?'}+${duration ?? '?'}${failed ? ' failed' : ''}`,
    ),
  };
};

describe('a waterfall', () => {
  it('has each span below the one that caused it, by when they began', () => {
    const spans = [
      at(1, undefined, 0, 100),
      at(3, 1, 50, 90),
      at(2, 1, 10, 40, { status: 'error' }),
      at(4, 2, 20, 30),
    ];
    expect(told(spans)).toEqual({
      rows: ['span 1 0+100', '  span 2 10+30 failed', '    span 4 20+10', '  span 3 50+40'],
      spans: 4,
      length: 100,
    });
  });

  it('has what is missing, and what does not say when it was', () => {
    const spans = [at(2, 9, 10, 40), at(3, 2, 0, 0, { start: undefined, end: undefined })];
    expect(told(spans).rows).toEqual([' ?+?', '  span 2 0+30', '    span 3 ?+?']);
  });

  it('is cut, and says how many spans there are', () => {
    const { rows, spans } = told([at(1, undefined, 0, 100), at(2, 1, 10, 40), at(3, 1, 50, 90)], 2);
    expect(rows).toEqual(['span 1 0+100', '  span 2 10+30']);
    expect(spans).toBe(3);
  });
});
