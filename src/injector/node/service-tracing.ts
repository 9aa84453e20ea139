/**
 * What the service's own OpenTelemetry knows, where it has one: then its spans say what is to be said, and none of ours
 * stand beside them. Its packages share what they know by the API, whichever copy of that is asked.
 */
import {
  context,
  createContextKey,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span as SdkSpan,
} from '@opentelemetry/api';
import type { Span } from '../../lineage/traces/span.js';
import { writeTraceParent } from './trace-parent.js';

/** A span of the SDK, which begins and ends it. */
export interface OwnSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Adds to what it says, as long as it has not ended. */
  mark(told: Pick<Span, 'status' | 'attributes'>): void;
}

/** The span that is active now, if it is of this kind and is told. */
export function activeSpan(kind: 'client' | 'server'): OwnSpan | undefined {
  const span = trace.getActiveSpan();
  if (span === undefined || !span.isRecording() || kindOf(span) !== KINDS[kind]) return undefined;
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    mark: ({ status, attributes }) => {
      for (const [name, value] of attributes)
        span.setAttribute(name, typeof value === 'bigint' ? Number(value) : value);
      if (status === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

/** The id of the span that is active in a trace, which is the parent of what begins now; undefined where none is. */
export function activeSpanId(traceId: string): string | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  return context?.traceId === traceId && context.isRemote !== true ? context.spanId : undefined;
}

const KINDS = { client: SpanKind.CLIENT, server: SpanKind.SERVER } as const;

/** The API does not say it, and every SDK does. */
function kindOf(span: SdkSpan): unknown {
  return 'kind' in span ? span.kind : undefined;
}

/** What headers would say of the request that the SDK knows of; it may have come by ways that are not known here. */
export function activeHeader(name: string): string | undefined {
  if (name === 'traceparent') {
    const span = trace.getActiveSpan();
    return span && writeTraceParent(span.spanContext());
  }
  const entries = name === 'baggage' ? propagation.getActiveBaggage()?.getAllEntries() : undefined;
  return entries?.map(([key, { value }]) => `${key}=${encodeURIComponent(value)}`).join(',');
}

/** Does something of which the SDK tells nothing. */
export function untold<Result>(action: () => Result): Result {
  return context.with(context.active().setValue(SUPPRESSED, true), action);
}

/** As the SDK's own packages have it, which share it by what it is called. */
const SUPPRESSED = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Fulfilled when all spans are told that have ended, or cannot be. */
export async function flushed(): Promise<void> {
  const provider: unknown = trace.getTracerProvider();
  const real = hasMethod(provider, 'getDelegate') ? provider.getDelegate() : provider;
  try {
    if (hasMethod(real, 'forceFlush')) await real.forceFlush();
  } catch {
    // It complains of that itself.
  }
}

function hasMethod<Name extends string>(value: unknown, name: Name): value is Record<Name, () => unknown> {
  return value instanceof Object && typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
}
