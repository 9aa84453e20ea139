/** Traces of OpenTelemetry as JSON: spans by the scope and the resource that they come from. */
import {
  exactly,
  field,
  integerOf,
  isJsonObject,
  isScalar,
  objectAt,
  objectsAt,
  textAt,
  type JsonObject,
} from './fields.js';
import { isAbsentId, readOtlpId } from './ids.js';
import type { Attributes, AttributeValue, SpanKind, SpanRecord, SpanStatus } from './span.js';

/** By the numbers of protobuf, and the names that its mapping to JSON writes. */
export const OTLP_KINDS: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
export const OTLP_STATUSES: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** An element of `resourceSpans`, or of `batches`, as older writers called it. */
export function isResourceSpans(value: JsonObject): boolean {
  return GROUPS.some((name) => Object.hasOwn(value, name)) || Object.hasOwn(value, 'resource');
}

/** Scopes were called instrumentation libraries. */
const GROUPS = ['scopeSpans', 'instrumentationLibrarySpans'] as const;

export function readResourceSpans(value: JsonObject): readonly SpanRecord[] {
  const resource = readAttributes(objectAt(value, 'resource'));
  const service = String(resource.get('service.name') ?? '');
  const records: SpanRecord[] = [];
  for (const name of GROUPS)
    for (const group of objectsAt(value, name))
      for (const span of objectsAt(group, 'spans')) records.push(readSpan(span, service));
  return records;
}

function readSpan(span: JsonObject, service: string): SpanRecord {
  const traceId = readOtlpId(textAt(span, 'traceId'), 16);
  const spanId = readOtlpId(textAt(span, 'spanId'), 8);
  if (isAbsentId(traceId) || isAbsentId(spanId)) return [];
  const parentId = readOtlpId(textAt(span, 'parentSpanId'), 8);
  return [
    {
      traceId,
      spanId,
      parentId: isAbsentId(parentId) ? undefined : parentId,
      followsParent: false,
      links: objectsAt(span, 'links').map((link) => ({
        traceId: readOtlpId(textAt(link, 'traceId'), 16),
        spanId: readOtlpId(textAt(link, 'spanId'), 8),
      })),
      kind: enumerated(field(span, 'kind'), OTLP_KINDS, 'SPAN_KIND_'),
      service,
      name: textAt(span, 'name'),
      start: timeAt(span, 'startTimeUnixNano'),
      end: timeAt(span, 'endTimeUnixNano'),
      status: enumerated(field(objectAt(span, 'status'), 'code'), OTLP_STATUSES, 'STATUS_CODE_'),
      attributes: readAttributes(span),
    },
  ];
}

/** Zero stands for none. */
function timeAt(span: JsonObject, name: string): bigint | undefined {
  const time = integerOf(field(span, name));
  return time === 0n ? undefined : time;
}

/** The first of the names where it is none of them. */
function enumerated<Name extends string>(value: unknown, names: readonly Name[], prefix: string): Name {
  const named =
    typeof value === 'string'
      ? names.find((name) => value.toUpperCase() === prefix + name.toUpperCase())
      : undefined;
  const number = typeof value === 'number' ? value : Number(integerOf(value) ?? 0);
  return named ?? names[number] ?? names[0];
}

function readAttributes(owner: JsonObject): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const attribute of objectsAt(owner, 'attributes')) {
    const value = readValue(objectAt(attribute, 'value'));
    if (value !== undefined) attributes.set(textAt(attribute, 'key'), value);
  }
  return attributes;
}

function readValue(value: JsonObject): AttributeValue | undefined {
  if (Object.hasOwn(value, 'intValue')) {
    const whole = integerOf(value.intValue);
    return whole === undefined ? undefined : exactly(whole);
  }
  const scalar = field(value, 'stringValue') ?? field(value, 'boolValue') ?? field(value, 'doubleValue');
  return isScalar(scalar) ? scalar : undefined;
}

/** Spans in the envelopes that they are sent and served in; undefined where there is none. */
export function resourceSpansIn(value: JsonObject): readonly JsonObject[] | undefined {
  for (const name of ['resourceSpans', 'batches'])
    if (Array.isArray(field(value, name))) return objectsAt(value, name);
  for (const name of ['result', 'trace']) {
    const inner = field(value, name);
    const found = isJsonObject(inner) ? ownResourceSpans(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownResourceSpans(value: JsonObject): readonly JsonObject[] | undefined {
  return Array.isArray(field(value, 'resourceSpans')) ? objectsAt(value, 'resourceSpans') : undefined;
}
