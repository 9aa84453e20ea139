/** Spans as OTLP/JSON, as a request to a collector carries them; `otlp-json.ts` reads it. */
import { OTLP_KINDS, OTLP_STATUSES } from './otlp-json.js';
import type { AttributeValue, Span } from './span.js';

/** @param spans of one service */
export function writeOtlp(service: string, spans: readonly Span[]): string {
  const resource = { attributes: [{ key: 'service.name', value: valueOf(service) }] };
  return JSON.stringify({
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'ldfi' }, spans: spans.map(spanOf) }] }],
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
    attributes: [...attributes].map(([key, value]) => ({ key, value: valueOf(value) })),
    status: { code: OTLP_STATUSES.indexOf(status) },
  };
}

function valueOf(value: AttributeValue) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: value };
}
