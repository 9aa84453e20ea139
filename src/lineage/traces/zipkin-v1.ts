/**
 * Traces as Zipkin's first API wrote them: what happened in a call are annotations, each with the endpoint that made
 * it, so that one record may tell of both its client and its server.
 */
import { field, isScalar, nanosecondsOf, objectAt, objectsAt, textAt, type JsonObject } from './fields.js';
import { isAbsentId } from './ids.js';
import type { AttributeValue, Span, SpanKind, SpanRecord } from './span.js';
import { addPeer, isZipkinSpan } from './zipkin-v2.js';
import { toldStatus } from './told-status.js';

/** Records of the second API have neither endpoints in annotations, nor annotations with values that are not times. */
export function isZipkinV1Span(value: JsonObject): boolean {
  return (
    isZipkinSpan(value) &&
    (Array.isArray(field(value, 'binaryAnnotations')) ||
      objectsAt(value, 'annotations').some((annotation) => Object.hasOwn(annotation, 'endpoint')))
  );
}

/** The annotations that begin and end a side of a call. */
interface Side {
  readonly kind: SpanKind;
  readonly begins: string;
  readonly ends: string;
  /** The binary annotation whose endpoint is at the other end. */
  readonly peer: string;
}

const SIDES: readonly Side[] = [
  { kind: 'client', begins: 'cs', ends: 'cr', peer: 'sa' },
  { kind: 'server', begins: 'sr', ends: 'ss', peer: 'ca' },
  { kind: 'producer', begins: 'ms', ends: 'ws', peer: 'ma' },
  { kind: 'consumer', begins: 'wr', ends: 'mr', peer: 'ma' },
];

export function readZipkinV1Span(span: JsonObject): SpanRecord {
  const traceId = textAt(span, 'traceId').toLowerCase();
  const spanId = textAt(span, 'id').toLowerCase();
  if (isAbsentId(traceId) || isAbsentId(spanId)) return [];
  const parentId = textAt(span, 'parentId').toLowerCase();
  const common = {
    traceId,
    spanId,
    parentId: isAbsentId(parentId) ? undefined : parentId,
    followsParent: false,
    links: [],
    name: textAt(span, 'name'),
  };
  const sides = SIDES.flatMap((side) => readSide(span, side) ?? []);
  return (sides.length > 0 ? sides : [readLocal(span)]).map((side) => ({ ...common, ...side }));
}

type SideOfSpan = Pick<Span, 'kind' | 'service' | 'start' | 'end' | 'status' | 'attributes'>;

function readSide(span: JsonObject, { kind, begins, ends, peer }: Side): SideOfSpan | undefined {
  const annotations = objectsAt(span, 'annotations');
  const begin = annotations.find((annotation) => textAt(annotation, 'value') === begins);
  const end = annotations.find((annotation) => textAt(annotation, 'value') === ends);
  const either = begin ?? end;
  if (either === undefined) return undefined;
  const service = textAt(objectAt(either, 'endpoint'), 'serviceName');
  const attributes = readAnnotations(span, service);
  const other = objectsAt(span, 'binaryAnnotations').find((each) => textAt(each, 'key') === peer);
  addPeer(attributes, objectAt(other ?? {}, 'endpoint'));
  return {
    kind,
    service,
    start: begin && nanosecondsOf(field(begin, 'timestamp')),
    end: end && nanosecondsOf(field(end, 'timestamp')),
    status: toldStatus(attributes, attributes.has('error')),
    attributes,
  };
}

/** Work within a service, which nobody calls. */
function readLocal(span: JsonObject): SideOfSpan {
  const annotation = [...objectsAt(span, 'binaryAnnotations'), ...objectsAt(span, 'annotations')].at(0);
  const service = textAt(objectAt(annotation ?? {}, 'endpoint'), 'serviceName');
  const start = nanosecondsOf(field(span, 'timestamp'));
  const duration = nanosecondsOf(field(span, 'duration'));
  const attributes = readAnnotations(span, service);
  return {
    kind: 'unspecified',
    service,
    start,
    end: start !== undefined && duration !== undefined ? start + duration : undefined,
    status: toldStatus(attributes, attributes.has('error')),
    attributes,
  };
}

/** What one service noted; where it does not say who noted it, both sides have it. */
function readAnnotations(span: JsonObject, service: string): Map<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const annotation of objectsAt(span, 'binaryAnnotations')) {
    const value = field(annotation, 'value');
    const by = textAt(objectAt(annotation, 'endpoint'), 'serviceName');
    if (isScalar(value) && (by === '' || by === service)) attributes.set(textAt(annotation, 'key'), value);
  }
  return attributes;
}
