/**
 * How much of what was read can be relied on. A trace is as good as the services that wrote it: one that does not pass
 * its context on looks as if it called nobody. So flaws are found, counted and shown before anything is concluded.
 */
import { FLAWS, type Flaw, type FlawKind } from './flaws.js';
import { isWellFormedId } from './ids.js';
import type { Span } from './span.js';
import type { Trace, TraceNode } from './trace.js';

/** A flaw with the first spans that show it. */
export interface FlawCount {
  readonly kind: FlawKind;
  /** Spans. */
  count: number;
  /** Traces that have one. */
  traces: number;
  readonly examples: { readonly traceId: string; readonly spanId: string }[];
}

/** How many examples are kept of each. */
const EXAMPLES = 5;

export interface Health {
  readonly traces: number;
  /** Spans, merged of their records. */
  readonly spans: number;
  /** Traces without a flaw. */
  readonly sound: number;
  /** The sound traces of a hundred, rounded down; 100 where there are none at all. */
  readonly score: number;
  /** Those that there are, in a fixed order. */
  readonly flaws: readonly FlawCount[];
}

/** Counts flaws, trace by trace. */
export class HealthCheck {
  private traces = 0;
  private spans = 0;
  private sound = 0;
  private readonly counts = new Map<FlawKind, FlawCount>();

  add({ id, nodes }: Trace, flaws: readonly Flaw[]): void {
    this.traces++;
    this.spans += nodes.filter(({ span }) => span !== undefined).length;
    if (flaws.length === 0) this.sound++;
    const seen = new Set<FlawKind>();
    for (const { kind, spanId } of flaws) {
      const counted = this.countOf(kind);
      counted.count++;
      if (counted.examples.length < EXAMPLES) counted.examples.push({ traceId: id, spanId });
      if (!seen.has(kind)) counted.traces++;
      seen.add(kind);
    }
  }

  result(): Health {
    const { traces, spans, sound, counts } = this;
    const score = traces === 0 ? 100 : Math.floor((100 * sound) / traces);
    const flaws = KINDS.flatMap((kind) => counts.get(kind) ?? []);
    return { traces, spans, sound, score, flaws };
  }

  private countOf(kind: FlawKind): FlawCount {
    const known = this.counts.get(kind);
    if (known !== undefined) return known;
    const count: FlawCount = { kind, count: 0, traces: 0, examples: [] };
    this.counts.set(kind, count);
    return count;
  }
}

const KINDS = Object.keys(FLAWS) as readonly FlawKind[];

/** What is wrong with the spans of a trace by themselves. */
export function flawsOfSpans({ nodes, id }: Trace): readonly Flaw[] {
  const flaws: Flaw[] = [];
  for (const node of nodes) {
    const { span } = node;
    if (span === undefined) continue;
    const flaw = (kind: FlawKind): number => flaws.push({ kind, spanId: span.spanId });
    if (!isWellFormedId(span.spanId, false) || !isWellFormedId(id, true)) flaw('malformed-id');
    if (span.service === '') flaw('unnamed-service');
    if (span.start === undefined || span.end === undefined) flaw('no-end');
    else if (span.end < span.start) flaw('ends-before-start');
    if (isSkewed(span, nodes[node.parent])) flaw('clock-skew');
  }
  return flaws;
}

/**
 * Whether a server began before its client, or ended after it, which only clocks can bring about. It says that two
 * clocks differ, and no more; times are compared within a service alone wherever anything is concluded from them.
 */
function isSkewed(span: Span, parent: TraceNode | undefined): boolean {
  const caller = parent?.span;
  if (span.kind !== 'server' || caller?.kind !== 'client') return false;
  const early = caller.start !== undefined && span.start !== undefined && span.start < caller.start;
  const late = caller.end !== undefined && span.end !== undefined && span.end > caller.end;
  return early || late;
}
