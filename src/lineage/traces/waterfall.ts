/**
 * A trace as people look at it: its spans, each below the one that caused it, in the order in which they began. Each
 * time is by the clock of its own service, as it was written.
 */
import { hasFailed, operationOf } from './semantics.js';
import type { Trace, TraceNode } from './trace.js';

/** A span in its row. */
export interface WaterfallRow {
  /** How many spans are above it in the tree. */
  readonly depth: number;
  /** Empty of what is missing. */
  readonly spanId: string;
  readonly service: string;
  readonly operation: string;
  readonly failed: boolean;
  /** Nanoseconds since the first span of the trace began; undefined where it is not said. */
  readonly start: number | undefined;
  /** Nanoseconds; undefined where it is not said. */
  readonly duration: number | undefined;
}

/** The first rows of a trace. */
export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  /** Spans that there are, those in no row included. */
  readonly spans: number;
  /** Nanoseconds from the first beginning to the last end. */
  readonly length: number;
}

/** @param most rows */
export function waterfallOf({ nodes }: Trace, most: number): Waterfall {
  const known = nodes.flatMap(({ span }) => span ?? []);
  const starts = known.flatMap(({ start }) => start ?? []);
  const origin = least(starts);
  const last = known.reduce(
    (end, span) => (span.end !== undefined && span.end > end ? span.end : end),
    origin,
  );
  const rows: WaterfallRow[] = [];
  const open = inOrder(nodes, tops(nodes)).map((index) => ({ index, depth: 0 }));
  for (let at = open.pop(); at !== undefined && rows.length < most; at = open.pop()) {
    const { index, depth } = at;
    rows.push(rowOf(nodes[index], depth, origin));
    for (const child of inOrder(nodes, nodes[index].children)) open.push({ index: child, depth: depth + 1 });
  }
  return { rows, spans: known.length, length: Number(last - origin) };
}

function tops(nodes: readonly TraceNode[]): readonly number[] {
  return [...nodes.keys()].filter((index) => nodes[index].parent < 0);
}

function least(times: readonly bigint[]): bigint {
  return times.reduce((first, time) => (time < first ? time : first), times[0] ?? 0n);
}

/** The last to begin is first, as it is to be taken last. */
function inOrder(nodes: readonly TraceNode[], indexes: readonly number[]): readonly number[] {
  const start = (index: number) => nodes[index].span?.start ?? 0n;
  return [...indexes].sort((a, b) => (start(a) < start(b) ? 1 : start(a) > start(b) ? -1 : b - a));
}

function rowOf({ span }: TraceNode, depth: number, origin: bigint): WaterfallRow {
  if (span === undefined)
    return {
      depth,
      spanId: '',
      service: '',
      operation: '',
      failed: false,
      start: undefined,
      duration: undefined,
    };
  const { spanId, service, start, end } = span;
  return {
    depth,
    spanId,
    service,
    operation: operationOf(span),
    failed: hasFailed(span),
    start: start === undefined ? undefined : Number(start - origin),
    duration: start === undefined || end === undefined ? undefined : Number(end - start),
  };
}
