/**
 * Traces as Zipkin's second API writes them. Client and server of one call may have one id, in two records; and a
 * record may come in several fragments. Both are put together later, when all are known.
 */
import { field, isScalar, nanosecondsOf, objectAt, textAt, type JsonObject } from './fields.js';
import { isAbsentId } from './ids.js';
import type { Attributes, AttributeValue, SpanKind, SpanRecord } from './span.js';
import { toldStatus } from './told-status.js';

export function isZipkinSpan(value: JsonObject): boolean {
  return typeof field(value, 'traceId') === 'string' && typeof field(value, 'id') === 'string';
}

export function readZipkinSpan(span: JsonObject): SpanRecord {
  const traceId = textAt(span, 'traceId').toLowerCase();
  const spanId = textAt(span, 'id').toLowerCase();
  if (isAbsentId(traceId) || isAbsentId(spanId)) return [];
  const parentId = textAt(span, 'parentId').toLowerCase();
  const attributes = readTags(span);
  const start = nanosecondsOf(field(span, 'timestamp'));
  const duration = nanosecondsOf(field(span, 'duration'));
  return [
    {
      traceId,
      spanId,
      parentId: isAbsentId(parentId) ? undefined : parentId,
      followsParent: false,
      links: [],
      kind: KINDS.get(textAt(span, 'kind')) ?? 'unspecified',
      service: textAt(objectAt(span, 'localEndpoint'), 'serviceName'),
      name: textAt(span, 'name'),
      start,
      end: start !== undefined && duration !== undefined ? start + duration : undefined,
      status: toldStatus(attributes, attributes.has('error') && attributes.get('error') !== 'false'),
      attributes,
    },
  ];
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['SERVER', 'server'],
  ['CLIENT', 'client'],
  ['PRODUCER', 'producer'],
  ['CONSUMER', 'consumer'],
]);

function readTags(span: JsonObject): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const [key, value] of Object.entries(objectAt(span, 'tags')))
    if (isScalar(value)) attributes.set(key, value);
  addPeer(attributes, objectAt(span, 'remoteEndpoint'));
  return attributes;
}

/** An endpoint at the other end of a call, as the attributes that OpenTelemetry has for it. */
export function addPeer(attributes: Map<string, AttributeValue>, endpoint: JsonObject): void {
  const service = textAt(endpoint, 'serviceName');
  const address = textAt(endpoint, 'ipv4') || textAt(endpoint, 'ipv6');
  if (service !== '') attributes.set('peer.service', service);
  if (address !== '') attributes.set('network.peer.address', address);
}
