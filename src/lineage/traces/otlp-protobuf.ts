/** Traces of OpenTelemetry as protobuf. The numbers are those of `opentelemetry/proto/trace/v1/trace.proto`. */
import { exactly } from './fields.js';
import { hexOfBytes, isAbsentId } from './ids.js';
import { OTLP_KINDS, OTLP_STATUSES } from './otlp-json.js';
import type { AttributeValue, Span, SpanRecord, SpanReference } from './span.js';
import { WireReader } from './wire.js';

/** @throws TraceFormatError where the bytes are no such message */
export function readResourceSpansMessage(bytes: Uint8Array): readonly SpanRecord[] {
  const message = new WireReader(bytes);
  const attributes = new Map<string, AttributeValue>();
  const groups: Uint8Array[] = [];
  while (message.next()) {
    if (message.field === 1) readResource(message.bytesValue(), attributes);
    // Scopes, and instrumentation libraries, as they were called.
    else if (message.field === 2 || message.field === 1000) groups.push(message.bytesValue());
  }
  const service = String(attributes.get('service.name') ?? '');
  return groups.flatMap((group) => readScopeSpans(group, service));
}

function readResource(bytes: Uint8Array, into: Map<string, AttributeValue>): void {
  const message = new WireReader(bytes);
  while (message.next()) if (message.field === 1) readAttribute(message.bytesValue(), into);
}

function readScopeSpans(bytes: Uint8Array, service: string): readonly SpanRecord[] {
  const message = new WireReader(bytes);
  const records: SpanRecord[] = [];
  while (message.next()) if (message.field === 2) records.push(readSpan(message.bytesValue(), service));
  return records;
}

type Draft = { -readonly [Key in keyof Span]: Span[Key] };

function readSpan(bytes: Uint8Array, service: string): SpanRecord {
  const attributes = new Map<string, AttributeValue>();
  const links: SpanReference[] = [];
  const span: Draft = {
    traceId: '',
    spanId: '',
    parentId: undefined,
    followsParent: false,
    links,
    kind: 'unspecified',
    service,
    name: '',
    start: undefined,
    end: undefined,
    status: 'unset',
    attributes,
  };
  const message = new WireReader(bytes);
  while (message.next()) readSpanField(message, span, attributes, links);
  return isAbsentId(span.traceId) || isAbsentId(span.spanId) ? [] : [span];
}

function readSpanField(
  message: WireReader,
  span: Draft,
  attributes: Map<string, AttributeValue>,
  links: SpanReference[],
): void {
  switch (message.field) {
    case 1:
      span.traceId = hexOfBytes(message.bytesValue());
      return;
    case 2:
      span.spanId = hexOfBytes(message.bytesValue());
      return;
    case 4: {
      const parentId = hexOfBytes(message.bytesValue());
      span.parentId = isAbsentId(parentId) ? undefined : parentId;
      return;
    }
    case 5:
      span.name = message.textValue();
      return;
    case 6:
      span.kind = OTLP_KINDS[Number(message.integerValue())] ?? 'unspecified';
      return;
    case 7:
      span.start = message.fixed64Value() || undefined;
      return;
    case 8:
      span.end = message.fixed64Value() || undefined;
      return;
    case 9:
      readAttribute(message.bytesValue(), attributes);
      return;
    case 13:
      links.push(readLink(message.bytesValue()));
      return;
    case 15:
      span.status = readStatus(message.bytesValue());
  }
}

function readLink(bytes: Uint8Array): SpanReference {
  const message = new WireReader(bytes);
  let traceId = '';
  let spanId = '';
  while (message.next()) {
    if (message.field === 1) traceId = hexOfBytes(message.bytesValue());
    else if (message.field === 2) spanId = hexOfBytes(message.bytesValue());
  }
  return { traceId, spanId };
}

function readStatus(bytes: Uint8Array): Span['status'] {
  const message = new WireReader(bytes);
  let status: Span['status'] = 'unset';
  while (message.next())
    if (message.field === 3) status = OTLP_STATUSES[Number(message.integerValue())] ?? 'unset';
  return status;
}

function readAttribute(bytes: Uint8Array, into: Map<string, AttributeValue>): void {
  const message = new WireReader(bytes);
  let key = '';
  let value: AttributeValue | undefined;
  while (message.next()) {
    if (message.field === 1) key = message.textValue();
    else if (message.field === 2) value = readValue(message.bytesValue());
  }
  if (value !== undefined) into.set(key, value);
}

/** Undefined where it is a list, an object or bytes. */
function readValue(bytes: Uint8Array): AttributeValue | undefined {
  const message = new WireReader(bytes);
  let value: AttributeValue | undefined;
  while (message.next()) {
    if (message.field === 1) value = message.textValue();
    else if (message.field === 2) value = message.integerValue() !== 0n;
    else if (message.field === 3) value = exactly(message.integerValue());
    else if (message.field === 4) value = message.doubleValue();
  }
  return value;
}
