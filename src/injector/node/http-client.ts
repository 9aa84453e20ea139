/** `http.request` and `https.request`, with the faults of a campaign. */
import type { Agent, ClientRequest, IncomingMessage, request, RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import type { FaultOf } from './contract.js';
import { breakOff } from './break-off.js';
import { endingOf } from './failures.js';
import { holdUntil } from './hold.js';
import { answeredCall, httpCall } from './http-call.js';
import { withHeaders } from './http-headers.js';
import type { Injector, OutgoingCall } from './injector.js';
import { laterSide, otherSideOf } from './other-side.js';
import { StandInSocket } from './stand-in-socket.js';

type MakeRequest = typeof request;
type Listener = (response: IncomingMessage) => void;

/** What it does where a call has nothing to do with a campaign, is what `original` does. */
export function injectingRequest(
  original: MakeRequest,
  protocol: 'http:' | 'https:',
  globalAgent: () => Agent,
  injector: Injector,
): MakeRequest {
  function injecting(...words: unknown[]): ClientRequest {
    const pass = () => Reflect.apply(original, undefined, words) as ClientRequest;
    if (injector.scope === undefined) return pass();
    const { options, listener } = optionsOf(words);
    const url = urlOf(options, protocol);
    const call = url === undefined ? undefined : injector.begin(() => httpCall(options.method ?? 'GET', url));
    if (url === undefined || call === undefined) return pass();
    const agent = typeof options.agent === 'object' ? options.agent : globalAgent();
    const made = original(
      { ...options, ...failing(call.fault, url, agent), headers: withHeaders(options.headers, call.headers) },
      listener,
    );
    if (call.fault?.kind === 'timeout') void call.ended({ error: call.fault.kind });
    else tellEnd(made, call);
    return made;
  }
  return injecting;
}

/** What `http.request` takes in three ways. */
function optionsOf(words: readonly unknown[]): { options: RequestOptions; listener: Listener | undefined } {
  const [first, ...rest] = words;
  const isAddress = typeof first === 'string' || first instanceof URL;
  const given = (isAddress ? rest : words).find((word) => typeof word === 'object') ?? {};
  const listener = words.find((word): word is Listener => typeof word === 'function');
  const address = isAddress ? urlToHttpOptions(new URL(first)) : {};
  return { options: { ...address, ...given }, listener };
}

/** Undefined where it cannot be told: then it is no matter of ours. */
function urlOf(options: RequestOptions, otherwise: string): URL | undefined {
  const { protocol = otherwise, hostname, host, port, defaultPort, path, socketPath } = options;
  if (socketPath !== undefined) return undefined;
  const name = hostname ?? host ?? 'localhost';
  const bracketed = isIP(name) === 6 ? `[${name}]` : name;
  const address = `${protocol}//${bracketed}:${port ?? defaultPort ?? (protocol === 'https:' ? 443 : 80)}`;
  // Absolute where the agent speaks to a proxy.
  const target = /^https?:/.test(path ?? '') ? path! : `${address}${path ?? '/'}`;
  return URL.canParse(target) ? new URL(target) : undefined;
}

/** The options that bring a fault about. */
function failing(fault: FaultOf<'http'> | undefined, url: URL, agent: Agent): RequestOptions {
  if (fault === undefined || fault.kind === 'broken-body') return {};
  // Without an agent, the connection is made by the option itself.
  return {
    agent: undefined,
    protocol: url.protocol,
    createConnection: (options) => {
      const servername = isIP(url.hostname) === 0 ? url.hostname : '';
      const secure = { servername, ...options };
      const otherSide =
        fault.kind === 'latency'
          ? laterSide(fault.milliseconds, () => agent.createConnection(secure)!)
          : otherSideOf(fault, url);
      const socket = new StandInSocket(otherSide);
      // As `net.createConnection` does.
      return options.timeout === undefined ? socket : socket.setTimeout(options.timeout);
    },
  };
}

/** Tells the span of a call before its caller sees how it ended. */
function tellEnd(made: ClientRequest, call: OutgoingCall<'http'>): void {
  holdUntil(made, (event, argument) => {
    switch (event) {
      case 'response':
        if (call.fault?.kind === 'broken-body') breakOff(made, argument as IncomingMessage);
        return call.ended(answeredCall((argument as IncomingMessage).statusCode));
      case 'upgrade':
      case 'connect':
        // What comes over the connection from now on cannot wait.
        void call.ended(answeredCall((argument as IncomingMessage).statusCode));
        return undefined;
      case 'error':
        return call.ended(endingOf(argument));
      case 'close':
        return call.ended({ error: 'aborted' });
      default:
        return undefined;
    }
  });
}
