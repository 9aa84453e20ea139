/**
 * All spans that were read, by trace. A million of them are kept at a time, so that each is reduced to what is asked
 * of it later: attributes that nobody looks at are dropped, and texts that are the same are kept once.
 */
import type { Attributes, AttributeValue, Span, SpanRecord, TraceFormat } from './span.js';
import { assembleTrace, type Trace } from './trace.js';

export class TraceSet {
  private readonly spans = new Map<string, Span[]>();
  private readonly sealed = new Set<string>();
  private readonly texts = new Map<string, string>();
  private readonly read = new Map<TraceFormat, number>();
  /** Services that wrote a span. */
  readonly services = new Set<string>();
  /** Records that are no spans, for want of an id. */
  unreadable = 0;

  /** @param keeps whether an attribute is ever looked at */
  constructor(private readonly keeps: (key: string) => boolean) {}

  add(format: TraceFormat, records: readonly SpanRecord[]): void {
    this.read.set(format, (this.read.get(format) ?? 0) + records.length);
    for (const record of records) {
      if (record.length === 0) this.unreadable++;
      for (const span of record) this.addSpan(span);
    }
  }

  /** Records of each format that was met. */
  get formats(): ReadonlyMap<TraceFormat, number> {
    return this.read;
  }

  /** Of all formats. */
  get recordCount(): number {
    return [...this.read.values()].reduce((sum, count) => sum + count, 0);
  }

  get isEmpty(): boolean {
    return this.spans.size === 0;
  }

  /** Puts the traces together one by one, in the order in which each was first met. */
  *traces(): Iterable<Trace> {
    for (const [id, spans] of this.spans) yield assembleTrace(id, spans);
  }

  /** One of the traces. @throws Error where there is none of this id */
  trace(id: string): Trace {
    const spans = this.spans.get(id);
    if (spans === undefined) throw new Error(`there is no trace ${id}`);
    return assembleTrace(id, spans);
  }

  /** The ids of traces that begin with a text; of one that is a whole id, that alone. */
  idsWith(beginning: string): readonly string[] {
    if (this.spans.has(beginning)) return [beginning];
    return [...this.spans.keys()].filter((id) => id.startsWith(beginning));
  }

  /** How many traces there are. */
  get size(): number {
    return this.spans.size;
  }

  /** What comes later of the traces that there are was read already, as where several answers have the same trace. */
  seal(): void {
    for (const id of this.spans.keys()) this.sealed.add(id);
  }

  private addSpan(span: Span): void {
    if (this.sealed.has(span.traceId)) return;
    const known = this.spans.get(span.traceId);
    if (span.service !== '') this.services.add(this.once(span.service));
    const kept = this.reduce(span, known?.[0].traceId ?? span.traceId);
    if (known === undefined) this.spans.set(kept.traceId, [kept]);
    else known.push(kept);
  }

  private reduce(span: Span, traceId: string): Span {
    return {
      traceId,
      spanId: span.spanId,
      parentId: span.parentId,
      followsParent: span.followsParent,
      links: span.links.length === 0 ? NO_LINKS : span.links,
      kind: span.kind,
      service: this.once(span.service),
      name: this.once(span.name),
      start: span.start,
      end: span.end,
      status: span.status,
      attributes: this.reduceAttributes(span.attributes),
    };
  }

  private reduceAttributes(attributes: Attributes): Attributes {
    let kept: Map<string, AttributeValue> | undefined;
    for (const [key, value] of attributes) {
      if (!this.keeps(key)) continue;
      kept ??= new Map();
      kept.set(this.once(key), typeof value === 'string' ? this.once(value) : value);
    }
    return kept ?? NO_ATTRIBUTES;
  }

  private once(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, text);
    return text;
  }
}

const NO_LINKS: Span['links'] = [];
const NO_ATTRIBUTES: Attributes = new Map();
