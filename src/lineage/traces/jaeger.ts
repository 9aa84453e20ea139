/** Traces as Jaeger's query API and its interface write them: spans, and the processes that they refer to. */
import {
  exactly,
  field,
  integerOf,
  isScalar,
  nanosecondsOf,
  objectAt,
  objectsAt,
  textAt,
  type JsonObject,
} from './fields.js';
import { isAbsentId } from './ids.js';
import type { Attributes, AttributeValue, SpanKind, SpanRecord, SpanStatus } from './span.js';
import { toldStatus } from './told-status.js';

export function isJaegerTrace(value: JsonObject): boolean {
  return Array.isArray(field(value, 'spans')) && ('processes' in value || 'traceID' in value);
}

export function readJaegerTrace(trace: JsonObject): readonly SpanRecord[] {
  const processes = objectAt(trace, 'processes');
  const traceId = textAt(trace, 'traceID');
  return objectsAt(trace, 'spans').map((span) => readSpan(span, processes, traceId));
}

interface Reference {
  readonly traceId: string;
  readonly spanId: string;
  readonly follows: boolean;
}

function readSpan(span: JsonObject, processes: JsonObject, traceOf: string): SpanRecord {
  const traceId = textAt(span, 'traceID').toLowerCase() || traceOf.toLowerCase();
  const spanId = textAt(span, 'spanID').toLowerCase();
  if (isAbsentId(traceId) || isAbsentId(spanId)) return [];
  const attributes = readTags(span);
  const references = readReferences(span);
  const within = references.filter((reference) => reference.traceId === traceId);
  const parent = within.find(({ follows }) => !follows) ?? within.at(0);
  const start = nanosecondsOf(field(span, 'startTime'));
  const duration = nanosecondsOf(field(span, 'duration'));
  // Processes stand in a table, or in the span itself.
  const process = objectAt(processes, textAt(span, 'processID'));
  const service = textAt(process, 'serviceName') || textAt(objectAt(span, 'process'), 'serviceName');
  return [
    {
      traceId,
      spanId,
      parentId: parent?.spanId,
      followsParent: parent?.follows === true,
      links: references.filter((reference) => reference !== parent),
      kind: KINDS.get(String(attributes.get('span.kind')).toLowerCase()) ?? 'unspecified',
      service,
      name: textAt(span, 'operationName'),
      start,
      end: start !== undefined && duration !== undefined ? start + duration : undefined,
      status: statusOf(attributes),
      attributes,
    },
  ];
}

function readReferences(span: JsonObject): readonly Reference[] {
  const references = objectsAt(span, 'references').map((reference) => ({
    traceId: textAt(reference, 'traceID').toLowerCase(),
    spanId: textAt(reference, 'spanID').toLowerCase(),
    follows: textAt(reference, 'refType') === 'FOLLOWS_FROM',
  }));
  // As it was written before there were references.
  const parent = textAt(span, 'parentSpanID').toLowerCase();
  if (references.length > 0 || isAbsentId(parent)) return references;
  return [{ traceId: textAt(span, 'traceID').toLowerCase(), spanId: parent, follows: false }];
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['internal', 'internal'],
  ['server', 'server'],
  ['client', 'client'],
  ['producer', 'producer'],
  ['consumer', 'consumer'],
]);

function statusOf(attributes: Attributes): SpanStatus {
  return toldStatus(attributes, String(attributes.get('error') ?? false).toLowerCase() === 'true');
}

function readTags(span: JsonObject): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const tag of objectsAt(span, 'tags')) {
    const value = readValue(textAt(tag, 'type'), field(tag, 'value'));
    if (value !== undefined) attributes.set(textAt(tag, 'key'), value);
  }
  return attributes;
}

/** Whole numbers may be texts, since 64 bits do not fit into a number. */
function readValue(type: string, value: unknown): AttributeValue | undefined {
  const whole = type === 'int64' ? integerOf(value) : undefined;
  if (whole !== undefined) return exactly(whole);
  return isScalar(value) ? value : undefined;
}
