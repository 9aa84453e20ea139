/**
 * What spans say by their attributes: by the semantic conventions of OpenTelemetry, of now and as they were, for HTTP,
 * RPC, databases, messaging and generative AI, and by what Jaeger's and Zipkin's own instrumentations write.
 */
import type { Attributes, Span } from './span.js';

/** What a call goes to, in wide. */
export type CallKind = 'http' | 'rpc' | 'database' | 'messaging' | 'ai' | 'other';

const HTTP_STATUS = ['http.response.status_code', 'http.status_code'];
const HTTP_METHOD = ['http.request.method', 'http.method'];
const RPC_STATUS = ['rpc.response.status_code', 'rpc.grpc.status_code', 'grpc.status_code'];
const DATABASE = ['db.system.name', 'db.system', 'db.type'];
const DATABASE_NAME = ['db.namespace', 'db.name', 'db.instance'];
const DATABASE_OPERATION = ['db.operation.name', 'db.operation'];
const DATABASE_TABLE = ['db.collection.name', 'db.sql.table'];
const MESSAGING = ['messaging.system'];
const DESTINATION = ['messaging.destination.name', 'messaging.destination', 'message_bus.destination'];
const RPC = ['rpc.system.name', 'rpc.system'];
const AI = ['gen_ai.provider.name', 'gen_ai.system'];
const AI_OPERATION = ['gen_ai.operation.name'];
const AI_MODEL = ['gen_ai.request.model', 'gen_ai.agent.name'];
const TOOL = ['gen_ai.tool.name'];
const PEER = ['peer.service', 'service.peer.name'];
const HOST = ['server.address', 'net.peer.name', 'http.host', 'peer.hostname', 'peer.address'];
const URL = ['url.full', 'http.url'];
const ADDRESS = ['network.peer.address', 'net.peer.ip', 'net.sock.peer.addr', 'peer.ipv4'];
const ERROR_TYPE = ['error.type'];
const ROUTE = ['http.route'];
const RPC_SERVICE = ['rpc.service'];

const LOOKED_AT: ReadonlySet<string> = new Set(
  [
    [HTTP_STATUS, HTTP_METHOD, RPC_STATUS, DATABASE, DATABASE_NAME, DATABASE_OPERATION, DATABASE_TABLE],
    [
      MESSAGING,
      DESTINATION,
      RPC,
      AI,
      AI_OPERATION,
      AI_MODEL,
      TOOL,
      PEER,
      HOST,
      URL,
      ADDRESS,
      ERROR_TYPE,
      ROUTE,
      RPC_SERVICE,
    ],
  ].flat(2),
);

/** Whether anything here depends on an attribute. */
export function isLookedAt(key: string): boolean {
  return LOOKED_AT.has(key);
}

/** The first that there is, as text; empty where there is none. */
function first(attributes: Attributes, keys: readonly string[]): string {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value !== undefined && value !== '') return String(value);
  }
  return '';
}

/**
 * Whether what a span stands for failed. What the instrumentation says counts; where it says nothing, a status of 500
 * and above does, to a client of 400 and above, or a status of gRPC that is not OK.
 */
export function hasFailed({ status, kind, attributes }: Span): boolean {
  if (status !== 'unset') return status === 'error';
  if (first(attributes, ERROR_TYPE) !== '') return true;
  const http = Number(first(attributes, HTTP_STATUS) || 0);
  if (http >= (kind === 'client' ? 400 : 500)) return true;
  return !['', '0', 'OK', 'ok'].includes(first(attributes, RPC_STATUS));
}

export function protocolOf({ attributes }: Span): CallKind {
  if ([TOOL, AI, AI_OPERATION].some((keys) => first(attributes, keys) !== '')) return 'ai';
  if (first(attributes, DATABASE) !== '') return 'database';
  if (first(attributes, MESSAGING) !== '' || first(attributes, DESTINATION) !== '') return 'messaging';
  if (first(attributes, RPC) !== '' || first(attributes, RPC_STATUS) !== '') return 'rpc';
  if (first(attributes, HTTP_METHOD) !== '' || first(attributes, URL) !== '') return 'http';
  return 'other';
}

/** Whether a span is that of an agent that uses a tool, whatever is below it. */
export function usesTool({ attributes }: Span): boolean {
  return first(attributes, TOOL) !== '';
}

/** Whether a span without spans below it is a call to something outside, though it does not say that it is a client. */
export function callsOut({ kind, attributes }: Span): boolean {
  const isInside = kind === 'server' || kind === 'consumer';
  return !isInside && [DATABASE, AI].some((keys) => first(attributes, keys) !== '');
}

/** What a client called, as far as it knows; empty where it does not. */
export function calleeOf({ attributes }: Span): string {
  const tool = first(attributes, TOOL);
  if (tool !== '') return `tool ${tool}`;
  const database = first(attributes, DATABASE);
  const name = first(attributes, DATABASE_NAME);
  return (
    first(attributes, PEER) ||
    first(attributes, AI) ||
    (database !== '' && name !== '' ? `${database} ${name}` : database) ||
    first(attributes, MESSAGING) ||
    first(attributes, HOST) ||
    hostOf(first(attributes, URL)) ||
    first(attributes, RPC_SERVICE) ||
    first(attributes, ADDRESS)
  );
}

function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1] ?? '';
}

/** What was asked for, without what differs from one request to the next, such as ids within paths. */
export function operationOf(span: Span): string {
  const { attributes, name } = span;
  const route = first(attributes, ROUTE);
  if (route !== '') return `${first(attributes, HTTP_METHOD)} ${route}`.trim();
  const destination = first(attributes, DESTINATION);
  if (destination !== '' && !name.includes(destination)) return `${name} ${destination}`.trim();
  const statement = [first(attributes, DATABASE_OPERATION), first(attributes, DATABASE_TABLE)];
  if (statement[0] !== '') return statement.filter(Boolean).join(' ');
  const asked = first(attributes, AI_OPERATION);
  if (asked !== '') return `${asked} ${first(attributes, TOOL) || first(attributes, AI_MODEL)}`.trim();
  return name.includes('/') ? name.replace(ID_IN_PATH, '/{id}') : name;
}

/** Digits alone, or so many hexadecimal digits that they are no word. */
const ID_IN_PATH = /\/(?:\d+|(?=[a-z-]*\d)[0-9a-f-]{8,})(?=[/?#]|$)/gi;
