/**
 * What ldfi, the services that it drives and the proxies before them agree on: which call is meant, what becomes of
 * it, and how both are said in the headers of a request and in the attributes of spans.
 *
 * A call is known by its way from the request: `shop -> cart GET /cart -> pricing GET /price #2` is the second call of
 * that operation that the cart made for the shop's first. Counted by caller, a name means the same in every run, even
 * where other calls are made or are not. On the wire a point is an id, a hash of its name, and all that is in baggage
 * is letters, digits, `.`, `-` and `_`: SDKs of some languages write a blank or a `+` in ways that others do not read,
 * and drop entries that are longer than 4096 bytes, which a few dozen names would be.
 */

/** A call, and the call that it is made for. */
export interface FaultPoint {
  /** The id of the point that it is made for; undefined where that is the request itself. */
  readonly within: string | undefined;
  readonly caller: string;
  readonly callee: string;
  /**
   * What is asked, without what differs between requests: `GET /users/{}` of HTTP, `shop.Prices/Get` of gRPC,
   * `INSERT orders` of a database, `SET` of Redis, `publish orders` of messages.
   */
  readonly operation: string;
  /** From 1: which of the same calls it is that are made for the same point. */
  readonly ordinal: number;
}

/** What becomes of a call. */
export type CallFault =
  /** Nobody listens there. */
  | { readonly kind: 'refused' }
  /** Nothing ever comes: the callee is not asked, and the caller waits for as long as it cares to. */
  | { readonly kind: 'timeout' }
  /** The callee is asked that many whole milliseconds later. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** The callee is not asked; the answer has this status of HTTP. */
  | { readonly kind: 'status'; readonly code: number }
  /** The callee is not asked; the answer has this status of gRPC, such as `UNAVAILABLE`. */
  | { readonly kind: 'grpc'; readonly status: string }
  /** The callee is asked, and its answer ends half-way. */
  | { readonly kind: 'broken-body' }
  /** A database answers with an error of this code, such as `40001` or `LOADING`, instead of doing what it is asked. */
  | { readonly kind: 'error'; readonly code: string }
  /** A message never arrives, and whoever sent it does not learn of it. */
  | { readonly kind: 'lost' };

/** Which kinds of faults there are for calls of each protocol. Others are not for them, and never fire. */
export const FAULTS_OF = {
  http: ['refused', 'timeout', 'latency', 'status', 'grpc', 'broken-body'],
  rpc: ['refused', 'timeout', 'latency', 'grpc', 'broken-body'],
  database: ['refused', 'timeout', 'latency', 'error', 'broken-body'],
  messaging: ['refused', 'latency', 'lost'],
} as const satisfies Readonly<Record<string, readonly CallFault['kind'][]>>;

/** By the words of {@link CallKind}, what is injected into. */
export type CallProtocol = keyof typeof FAULTS_OF;

/** What can become of calls of a protocol. */
export type FaultOf<Protocol extends CallProtocol> = Extract<
  CallFault,
  { readonly kind: (typeof FAULTS_OF)[Protocol][number] }
>;

/** Whether calls of a protocol can be made to fail like this. */
export function isFaultOf<Protocol extends CallProtocol>(
  fault: CallFault,
  protocol: Protocol,
): fault is FaultOf<Protocol> {
  return FAULTS_OF[protocol].some((kind) => kind === fault.kind);
}

/** Whether what {@link callFaultText} wrote is for a call that spans tell of as one of this protocol. */
export function isKindFor(text: string, protocol: string): boolean {
  const fault = readCallFault(text);
  return fault !== undefined && isFaultOf(fault, isProtocol(protocol) ? protocol : 'http');
}

function isProtocol(protocol: string): protocol is CallProtocol {
  return Object.hasOwn(FAULTS_OF, protocol);
}

/** What is to become of which calls, by the ids of their points. */
export type PlannedFaults = ReadonlyMap<string, CallFault>;

/** What a request carries with it. */
export interface RunContext {
  /** Services and proxies heed a request only if their {@link ENVIRONMENT.campaign} is this. */
  readonly campaign: string;
  readonly run: string;
  /** The id of the point that led here; undefined of the request itself. */
  readonly within: string | undefined;
  readonly faults: PlannedFaults;
}

/** Variables of the environment. */
export const ENVIRONMENT = {
  /** The token of the campaign, hexadecimal. Without it nothing is done at all. */
  campaign: 'LDFI_CAMPAIGN',
  /** What is called what: `cart=127.0.0.1:4001,pricing=127.0.0.1:4002`. What is not in it is called by its address. */
  services: 'LDFI_SERVICES',
  /** What the service itself is called. */
  service: 'OTEL_SERVICE_NAME',
  /** Where spans go: OTLP over HTTP, as JSON, to `/v1/traces` below it. */
  collector: 'OTEL_EXPORTER_OTLP_ENDPOINT',
} as const;

/** Entries of the `baggage` header. */
export const BAGGAGE = {
  campaign: 'ldfi.campaign',
  run: 'ldfi.run',
  faults: 'ldfi.faults',
  /** The id of the point of the call that carries it: whoever makes a call sets it anew. */
  point: 'ldfi.point',
} as const;

/**
 * Attributes of spans. A call is a client span, exported before its caller is given the result. A service that writes
 * server spans exports them before its answer ends, so that who has the answer can know that all calls are told of.
 */
export const ATTRIBUTES = {
  /** Of all spans. */
  run: 'ldfi.run',
  /** Of client spans the id of the point; of server spans the id that came with the request, if any. */
  point: 'ldfi.point',
  /** The parts of a {@link FaultPoint}, of client spans. */
  within: 'ldfi.point.within',
  caller: 'ldfi.point.caller',
  callee: 'ldfi.point.callee',
  operation: 'ldfi.point.operation',
  ordinal: 'ldfi.point.ordinal',
  /** `true` where a fault was injected. */
  injected: 'fault.injected',
  /** The fault as {@link callFaultText} writes it. */
  fault: 'fault.kind',
  /** Of server spans, and of client spans of proxies: a digest of status and body, where it is known. */
  answer: 'ldfi.answer',
  /** Of server spans: how many calls had been begun for the request by the time of the answer. */
  calls: 'ldfi.calls',
} as const;

/** The id by which a point is known on the wire: 16 hexadecimal digits. */
export function pointId({ within, caller, callee, operation, ordinal }: FaultPoint): string {
  return fnv1a(`${within ?? caller} -> ${stepName({ callee, operation, ordinal })}`);
}

/** The last step of a point's name: `pricing GET /price #2`. The first of its kind has no number. */
export function stepName({
  callee,
  operation,
  ordinal,
}: Pick<FaultPoint, 'callee' | 'operation' | 'ordinal'>): string {
  const call = operation === '' ? callee : `${callee} ${operation}`;
  return ordinal === 1 ? call : `${call} #${ordinal}`;
}

/**
 * The operation of a call over HTTP: `GET /users/{}`.
 *
 * @param path may have a query, which is left out
 */
export function httpOperation(method: string, path: string): string {
  const route = path.replace(/[?#].*$/s, '').replace(ID_IN_PATH, '/{}');
  return `${method.toUpperCase()} ${route === '' ? '/' : route}`;
}

/** Digits alone, a UUID, or so many hexadecimal digits that they are no word. */
const ID_IN_PATH =
  /\/(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{12,})(?=\/|$)/gi;

/** As people read it, and as spans say it: `latency 500`, `status 503`, `error 40001`. */
export function callFaultText(fault: CallFault): string {
  switch (fault.kind) {
    case 'latency':
      return `latency ${fault.milliseconds}`;
    case 'status':
      return `status ${fault.code}`;
    case 'grpc':
      return `grpc ${fault.status}`;
    case 'error':
      return `error ${fault.code}`;
    case 'refused':
    case 'timeout':
    case 'broken-body':
    case 'lost':
      return fault.kind;
  }
}

/** What {@link callFaultText} wrote; undefined where it is no such text. */
export function readCallFault(text: string): CallFault | undefined {
  if (text === 'refused' || text === 'timeout' || text === 'broken-body' || text === 'lost')
    return { kind: text };
  const [, kind, detail = ''] = /^(latency|status|grpc|error) (\w{1,32})$/.exec(text) ?? [];
  if (kind === 'latency' && /^\d{1,7}$/.test(detail)) return { kind, milliseconds: Number(detail) };
  if (kind === 'status' && /^[2-5]\d\d$/.test(detail)) return { kind, code: Number(detail) };
  if (kind === 'grpc' && /^[A-Z_]+$/.test(detail)) return { kind, status: detail };
  if (kind === 'error' && /^[A-Z0-9]+$/.test(detail)) return { kind, code: detail };
  return undefined;
}

/** The entries of a run in a `baggage` header. Tokens and ids of runs are letters and digits. */
export function writeBaggage({ campaign, run, within, faults }: RunContext): string {
  const planned = [...faults].map(([id, fault]) => `${id}-${callFaultText(fault).replace(' ', '-')}`);
  const entries = [
    [BAGGAGE.campaign, campaign],
    [BAGGAGE.run, run],
    ...(planned.length === 0 ? [] : [[BAGGAGE.faults, planned.join('.')]]),
    ...(within === undefined ? [] : [[BAGGAGE.point, within]]),
  ];
  return entries.map(([key, value]) => `${key}=${value}`).join(',');
}

/**
 * What a `baggage` header says of a run of the campaign; undefined where it says nothing of it, or is not whole.
 *
 * @param header of several, joined by commas; undefined where there is none
 */
export function readBaggage(header: string | undefined, campaign: string): RunContext | undefined {
  const entries = new Map<string, string>();
  for (const [key, value] of baggageEntries(header ?? '')) entries.set(key, value);
  const run = entries.get(BAGGAGE.run);
  const faults = readFaults(entries.get(BAGGAGE.faults) ?? '');
  if (campaign === '' || entries.get(BAGGAGE.campaign) !== campaign || !run || !faults) return undefined;
  return { campaign, run, within: entries.get(BAGGAGE.point) || undefined, faults };
}

/** A `baggage` header as a call carries it on: with its own point in place of the one that came. */
export function baggageAt(header: string | undefined, point: string): string {
  const others = membersOf(header ?? '').filter((member) => keyOf(member) !== BAGGAGE.point);
  return [...others, `${BAGGAGE.point}=${point}`].join(',');
}

function readFaults(text: string): PlannedFaults | undefined {
  const faults = new Map<string, CallFault>();
  for (const entry of text === '' ? [] : text.split('.')) {
    const [, id = '', kind = ''] = /^([0-9a-f]{16})-(.+)$/.exec(entry) ?? [];
    const fault = readCallFault(kind === 'broken-body' ? kind : kind.replace('-', ' '));
    if (fault === undefined) return undefined;
    faults.set(id, fault);
  }
  return faults;
}

/** Keys and values, decoded, without properties. */
function baggageEntries(header: string): readonly (readonly [string, string])[] {
  return membersOf(header).map((member) => {
    const value = /=([^;]*)/.exec(member)?.[1].trim() ?? '';
    return [keyOf(member), decoded(value)] as const;
  });
}

function membersOf(header: string): readonly string[] {
  return header
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

function keyOf(member: string): string {
  return /^[^=;]*/.exec(member)![0].trim();
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** 64 bits of FNV-1a (Fowler, Noll & Vo), over UTF-16 code units. Short, everywhere the same, and no secret. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let place = 0; place < text.length; place++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(place))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
