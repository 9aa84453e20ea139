/** `fetch`, with the faults of a campaign. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultOf } from './contract.js';
import { BrokenBody, endingOf, hasBody, madeAnswer, refusedError, resetError } from './failures.js';
import { answeredCall, httpCall } from './http-call.js';
import type { Injector, OutgoingCall } from './injector.js';
import { portOf } from './settings.js';

type Fetch = typeof globalThis.fetch;

/** What it does where a call has nothing to do with a campaign, is what `original` does. */
export function injectingFetch(original: Fetch, injector: Injector): Fetch {
  return function fetch(input, init) {
    const target = injector.scope === undefined ? undefined : targetOf(input, init);
    const call = target && injector.begin(() => httpCall(target.method, target.url));
    if (target === undefined || call === undefined) return original(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    for (const [name, value] of Object.entries(call.headers)) headers.set(name, value);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    return fetchWith(call, target.url, signal ?? undefined, () =>
      injector.carryOut(() => original(input, { ...init, headers })),
    );
  };
}

/** Undefined where it is no call over HTTP. */
function targetOf(
  input: Parameters<Fetch>[0],
  init: RequestInit | undefined,
): { readonly method: string; readonly url: URL } | undefined {
  const isRequest = input instanceof Request;
  const address = isRequest ? input.url : String(input);
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  return { method: (init?.method ?? (isRequest ? input.method : 'GET')).toUpperCase(), url };
}

async function fetchWith(
  call: OutgoingCall<'http'>,
  url: URL,
  signal: AbortSignal | undefined,
  ask: () => Promise<Response>,
): Promise<Response> {
  try {
    signal?.throwIfAborted();
    const response = await (call.fault === undefined ? ask() : failing(call, call.fault, url, signal, ask));
    await call.ended(answeredCall(response.status));
    return response;
  } catch (error) {
    await call.ended(endingOf(error));
    throw error;
  }
}

async function failing(
  call: OutgoingCall<'http'>,
  fault: FaultOf<'http'>,
  url: URL,
  signal: AbortSignal | undefined,
  ask: () => Promise<Response>,
): Promise<Response> {
  switch (fault.kind) {
    case 'refused':
      throw fetchFailed(refusedError(url.hostname, portOf(url)));
    case 'timeout':
      // The caller may wait for ever, and so this is told first.
      await call.ended({ error: fault.kind });
      return aborted(signal);
    case 'latency':
      await waited(fault.milliseconds, signal);
      return ask();
    case 'broken-body':
      return broken(await ask());
    case 'status':
    case 'grpc': {
      const { status, headers, body } = madeAnswer(fault)!;
      return new Response(hasBody(status) ? body : null, { status, headers });
    }
  }
}

/** As `fetch` says that there was no answer. */
function fetchFailed(cause: Error): TypeError {
  return new TypeError('fetch failed', { cause });
}

/** What is never answered ends when the caller has had enough. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** @throws what the signal says, where it ends the waiting */
async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** The answer, whose body breaks off half-way; without a body, the connection does. */
async function broken(response: Response): Promise<Response> {
  const body = new BrokenBody();
  const chunks: AsyncIterable<Uint8Array> | readonly never[] = response.body ?? [];
  for await (const chunk of chunks) if (body.add(chunk)) break;
  if (!hasBody(response.status)) throw fetchFailed(resetError('other side closed'));
  const { status, statusText, headers, url } = response;
  const half = ReadableStream.from(brokenOff(body.half()));
  return Object.defineProperty(new Response(half, { status, statusText, headers }), 'url', { value: url });
}

// oxlint-disable-next-line typescript/require-await -- a stream is made of it
async function* brokenOff(half: Uint8Array): AsyncGenerator<Uint8Array> {
  if (half.length > 0) yield half;
  throw new TypeError('terminated', { cause: resetError('other side closed') });
}
