/** The spans that are told of calls and of requests: how they are named, and what is to be said of each. */
import type { AttributeValue, Span } from '../../lineage/traces/span.js';
import { ATTRIBUTES, callFaultText, pointId, type CallFault, type FaultPoint } from './contract.js';
import type { RequestScope } from './request-scope.js';

/** How a call or a request ended. */
export interface Ending {
  /** The status of HTTP; undefined where there was no answer. */
  readonly status?: number | undefined;
  /** What went wrong where there was no answer, such as `ECONNREFUSED`. */
  readonly error?: string | undefined;
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
  /** Undefined where it went as it would have. */
  readonly fault: CallFault | undefined;
  readonly method: string;
  readonly url: URL;
  readonly start: bigint;
}

/** The span of a call, as its caller sees it. */
export function clientSpan(scope: RequestScope, call: CallToTell, ending: Ending): Span {
  const { point, fault, url, method } = call;
  const isFailed = hasFailed(ending, 400);
  const isBroken = !isFailed && fault !== undefined && fault.kind !== 'latency';
  const said: readonly Said[] = [
    ...whatOf(method, url.pathname, isBroken ? { ...ending, error: fault.kind } : ending, 400),
    ['server.address', url.hostname.replace(/^\[|\]$/g, '')],
    ['server.port', Number(url.port) || (url.protocol === 'https:' ? 443 : 80)],
    ['peer.service', point.callee],
    [ATTRIBUTES.run, scope.run.run],
    [ATTRIBUTES.answer, ending.answer],
    ...pointAttributes(point),
    ...faultAttributes(fault),
  ];
  return {
    ...UNRELATED,
    traceId: scope.traceId,
    spanId: call.spanId,
    parentId: scope.spanId,
    kind: 'client',
    service: point.caller,
    name: point.operation,
    start: call.start,
    end: now(),
    status: isFailed || isBroken ? 'error' : 'unset',
    attributes: attributesOf(said),
  };
}

/** What only a service that handles a request can say of it. */
export interface RequestToTell {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly start: bigint;
  /** How many calls it has made. */
  readonly calls: number;
}

/** The span of a request, as the service sees it that handled it. */
export function serverSpan(scope: RequestScope, request: RequestToTell, ending: Ending): Span {
  const said: readonly Said[] = [
    ...whatOf(request.method, request.path, ending, 500),
    [ATTRIBUTES.run, scope.run.run],
    [ATTRIBUTES.point, scope.run.within],
    [ATTRIBUTES.answer, ending.answer],
    [ATTRIBUTES.calls, request.calls],
  ];
  return {
    ...UNRELATED,
    traceId: scope.traceId,
    spanId: scope.spanId,
    parentId: scope.parentId,
    kind: 'server',
    service: request.service,
    name: request.operation,
    start: request.start,
    end: now(),
    status: hasFailed(ending, 500) ? 'error' : 'unset',
    attributes: attributesOf(said),
  };
}

const UNRELATED = { followsParent: false, links: [] } as const;

type Said = readonly [name: string, value: AttributeValue | undefined];

/** @param least the first status that is an error to whoever tells */
function whatOf(method: string, path: string, { status, error }: Ending, least: number): readonly Said[] {
  return [
    ['http.request.method', method],
    ['url.path', path],
    ['http.response.status_code', status],
    ['error.type', error ?? (status !== undefined && status >= least ? String(status) : undefined)],
  ];
}

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

function hasFailed({ status, error }: Ending, least: number): boolean {
  return error !== undefined || (status !== undefined && status >= least);
}

function attributesOf(said: readonly Said[]): ReadonlyMap<string, AttributeValue> {
  return new Map(said.filter((each): each is [string, AttributeValue] => each[1] !== undefined));
}
