/** Traces that a server of Zipkin's or Jaeger's has collected, by its query API. Which of the two it is, is found out. */
import { compareStrings } from '../../model/order.js';
import { reasonOf } from '../files/file-system.js';
import { fetched, type TraceSource } from './sources.js';

/** Which traces are meant. */
export interface TraceQuery {
  /** Where the server is, as its users know it: without the path of the API. */
  readonly address: string;
  /** Undefined for all that the server knows. */
  readonly service: string | undefined;
  readonly operation: string | undefined;
  /** Milliseconds back from now. */
  readonly since: number;
  /** The most traces of a service. */
  readonly limit: number;
}

/** An address at which there is neither server. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/**
 * What to read: one list of traces, or with Jaeger, which wants a service, one for each. The same trace may be in several.
 *
 * @param now milliseconds since 1970
 * @throws QueryError where neither server answers
 */
export async function findQueried(query: TraceQuery, now: number): Promise<readonly TraceSource[]> {
  const zipkin = await ask(query, 'api/v2/services');
  if (isNames(zipkin.value)) return [sourceAt(zipkinAddress(query, now))];
  const jaeger = await ask(query, 'api/services');
  const services = namesIn(jaeger.value);
  if (services === undefined)
    throw new QueryError(
      zipkin.problem ?? jaeger.problem ?? 'it answers neither as Zipkin nor as Jaeger does',
    );
  const asked = query.service === undefined ? services : [query.service];
  return [...asked].sort(compareStrings).map((service) => sourceAt(jaegerAddress(query, service, now)));
}

interface Answer {
  readonly value: unknown;
  /** Why there is no value, where nothing answers at all. */
  readonly problem: string | undefined;
}

/** The most of an answer that names services, in bytes. */
const LONGEST_LIST = 16 * 2 ** 20;

/** Milliseconds for it. */
const PATIENCE = 10_000;

async function ask(query: TraceQuery, path: string): Promise<Answer> {
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of fetched(addressOf(query, path, {}), AbortSignal.timeout(PATIENCE))) {
      length += part.length;
      if (length > LONGEST_LIST) return { value: undefined, problem: 'its list of services does not end' };
      parts.push(part);
    }
    return { value: JSON.parse(Buffer.concat(parts).toString('utf8')), problem: undefined };
  } catch (error) {
    return { value: undefined, problem: error instanceof SyntaxError ? undefined : reasonOf(error) };
  }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

/** Jaeger has null in place of an empty list. */
function namesIn(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null || !('data' in value)) return undefined;
  const names = value.data ?? [];
  return isNames(names) ? names : undefined;
}

function zipkinAddress(query: TraceQuery, now: number): URL {
  return addressOf(query, 'api/v2/traces', {
    serviceName: query.service,
    spanName: query.operation,
    endTs: String(now),
    lookback: String(query.since),
    limit: String(query.limit),
  });
}

/** It counts microseconds. */
function jaegerAddress(query: TraceQuery, service: string, now: number): URL {
  return addressOf(query, 'api/traces', {
    service,
    operation: query.operation,
    start: `${now - query.since}000`,
    end: `${now}000`,
    limit: String(query.limit),
  });
}

function addressOf(
  { address }: TraceQuery,
  path: string,
  fields: Readonly<Record<string, string | undefined>>,
): URL {
  const url = new URL(path, address.endsWith('/') ? address : `${address}/`);
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

function sourceAt(url: URL): TraceSource {
  return { name: url.href, open: () => fetched(url) };
}
