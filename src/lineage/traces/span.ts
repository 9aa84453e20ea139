/**
 * One span, whatever format it was written in: a piece of work of one service, which says on whose behalf it was done.
 * Readers translate into this and judge nothing; what is wrong with a trace is found when its spans are put together.
 */

/** What part a span plays in a call. `unspecified`: it does not say; most such spans are work within a service. */
export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** What the instrumentation said of how it ended. */
export type SpanStatus = 'unset' | 'ok' | 'error';

/** Values that are lists or objects are left out. */
export type AttributeValue = string | number | boolean | bigint;

export type Attributes = ReadonlyMap<string, AttributeValue>;

/** A span, here or in another trace. */
export interface SpanReference {
  readonly traceId: string;
  readonly spanId: string;
}

export interface Span extends SpanReference {
  /** Undefined where nothing caused it. */
  readonly parentId: string | undefined;
  /** Whether the parent does not wait for it: FOLLOWS_FROM. */
  readonly followsParent: boolean;
  /** What it refers to beside its parent, without being waited for. */
  readonly links: readonly SpanReference[];
  readonly kind: SpanKind;
  /** Empty where it is not said. */
  readonly service: string;
  readonly name: string;
  /** Nanoseconds since 1970 by the clock of the service; undefined where it is not said. */
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
}

export const TRACE_FORMATS = {
  'otlp-json': 'OTLP/JSON',
  'otlp-protobuf': 'OTLP protobuf',
  jaeger: 'Jaeger JSON',
  'zipkin-v2': 'Zipkin v2 JSON',
  'zipkin-v1': 'Zipkin v1 JSON',
} as const;

export type TraceFormat = keyof typeof TRACE_FORMATS;

/** One record of a file: a span; two where client and server wrote into one; none where it is no span. */
export type SpanRecord = readonly Span[];

/** What a part of a file holds. */
export interface TraceReading {
  readonly format: TraceFormat;
  readonly records: readonly SpanRecord[];
}

/** What was read is no trace, or not of a known form. The message says why, as a sentence without its end. */
export class TraceFormatError extends Error {
  override readonly name = 'TraceFormatError';
}
