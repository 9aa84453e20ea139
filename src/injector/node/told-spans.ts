/** The spans that are told of calls and of requests: what all have in common. What only some protocols say, they are given. */
import type { AttributeValue, Span } from '../../lineage/traces/span.js';
import { ATTRIBUTES, callFaultText, pointId, type CallFault, type FaultPoint } from './contract.js';
import type { RequestScope } from './request-scope.js';

/** An attribute; undefined where it is not known. */
export type Said = readonly [name: string, value: AttributeValue | undefined];

/** How a call or a request ended. */
export interface Ending {
  /** What went wrong, such as `ECONNREFUSED`, or a status that is an error; undefined where nothing did. */
  readonly error?: string | undefined;
  /** What else the answer says. */
  readonly said?: readonly Said[];
  /** A digest of the answer, where it is known. */
  readonly answer?: string | undefined;
}

/** Nanoseconds since 1970, by a clock that goes on evenly. */
export function now(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

export interface CallToTell {
  readonly point: FaultPoint;
  readonly spanId: string;
  /** What the span is told below: the request, or a part of it that the service itself tells of. */
  readonly parentId: string;
  readonly kind: 'client' | 'producer';
  /** Undefined where it went as it would have. */
  readonly fault: CallFault | undefined;
  readonly said: readonly Said[];
  readonly start: bigint;
}

/** The span of a call, as its caller sees it. */
export function callSpan(scope: RequestScope, call: CallToTell, ending: Ending): Span {
  return {
    ...UNRELATED,
    traceId: scope.traceId,
    spanId: call.spanId,
    parentId: call.parentId,
    kind: call.kind,
    service: call.point.caller,
    name: call.point.operation,
    start: call.start,
    end: now(),
    ...callOutcome(scope, call, ending),
  };
}

/** What is to be said of a call on its span, whoever writes that. */
export function callOutcome(
  scope: RequestScope,
  { point, fault, said }: Pick<CallToTell, 'point' | 'fault' | 'said'>,
  ending: Ending,
): Pick<Span, 'status' | 'attributes'> {
  // What its caller cannot see, such as an answer that breaks off later, failed as well.
  const isBroken = ending.error === undefined && fault !== undefined && fault.kind !== 'latency';
  const error = isBroken ? fault.kind : ending.error;
  return {
    status: error === undefined ? 'unset' : 'error',
    attributes: attributesOf([
      ...said,
      ...(ending.said ?? []),
      ['error.type', error],
      ['peer.service', point.callee],
      [ATTRIBUTES.run, scope.run.run],
      [ATTRIBUTES.answer, ending.answer],
      ...pointAttributes(point),
      ...faultAttributes(fault),
    ]),
  };
}

/** What only a service that handles a request can say of it. */
export interface RequestToTell {
  readonly service: string;
  readonly kind: 'server' | 'consumer';
  readonly operation: string;
  readonly said: readonly Said[];
  readonly start: bigint;
  /** How many calls it has made. */
  readonly calls: number;
}

/** The span of a request, as the service sees it that handled it. */
export function requestSpan(scope: RequestScope, request: RequestToTell, ending: Ending): Span {
  return {
    ...UNRELATED,
    traceId: scope.traceId,
    spanId: scope.spanId,
    parentId: scope.parentId,
    kind: request.kind,
    service: request.service,
    name: request.operation,
    start: request.start,
    end: now(),
    status: ending.error === undefined ? 'unset' : 'error',
    attributes: attributesOf([
      ...request.said,
      ...(ending.said ?? []),
      ['error.type', ending.error],
      [ATTRIBUTES.run, scope.run.run],
      [ATTRIBUTES.point, scope.run.within],
      [ATTRIBUTES.answer, ending.answer],
      [ATTRIBUTES.calls, request.calls],
    ]),
  };
}

const UNRELATED = { followsParent: false, links: [] } as const;

function pointAttributes(point: FaultPoint): readonly Said[] {
  return [
    [ATTRIBUTES.point, pointId(point)],
    [ATTRIBUTES.within, point.within],
    [ATTRIBUTES.caller, point.caller],
    [ATTRIBUTES.callee, point.callee],
    [ATTRIBUTES.operation, point.operation],
    [ATTRIBUTES.ordinal, point.ordinal],
  ];
}

function faultAttributes(fault: CallFault | undefined): readonly Said[] {
  if (fault === undefined) return [];
  return [
    [ATTRIBUTES.injected, true],
    [ATTRIBUTES.fault, callFaultText(fault)],
  ];
}

function attributesOf(said: readonly Said[]): ReadonlyMap<string, AttributeValue> {
  return new Map(said.filter((each): each is [string, AttributeValue] => each[1] !== undefined));
}
