/** Spans as OTLP/JSON, as a request to a collector carries them; `otlp-json.ts` reads it. */
import { OTLP_KINDS, OTLP_STATUSES } from './otlp-json.js';
import type { Attributes, AttributeValue, Span } from './span.js';

/**
 * @param resource what wrote the spans: `service.name` with its name, and what else is to be said of it
 * @param spans of this one service
 */
export function writeOtlp(resource: Attributes, spans: readonly Span[]): string {
  const scopeSpans = [{ scope: { name: 'ldfi' }, spans: spans.map(spanOf) }];
  return JSON.stringify({
    resourceSpans: [{ resource: { attributes: otlpAttributes(resource) }, scopeSpans }],
  });
}

function spanOf({ traceId, spanId, parentId, name, kind, start, end, status, attributes, links }: Span) {
  return {
    traceId,
    spanId,
    ...(parentId !== undefined && { parentSpanId: parentId }),
    name,
    kind: OTLP_KINDS.indexOf(kind),
    startTimeUnixNano: String(start ?? 0n),
    endTimeUnixNano: String(end ?? 0n),
    ...(links.length > 0 && { links }),
    attributes: otlpAttributes(attributes),
    status: { code: OTLP_STATUSES.indexOf(status) },
  };
}

/** Attributes as OTLP/JSON has them. */
export function otlpAttributes(attributes: Attributes) {
  return [...attributes].map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: AttributeValue) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: value };
}
