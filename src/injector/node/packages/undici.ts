/**
 * `undici` from a package of its own, with the faults of a campaign. All that it offers, its `fetch` included, comes to
 * the `dispatch` that all its dispatchers share. One may hand a call to another, and keep it back for a while: an agent
 * has pools, and a pool has clients. The first knows for which request a call is made; the last, a client, fails it.
 */
import type { Client, Dispatcher } from 'undici';
import { BrokenBody, endingOf, lateError, resetError } from '../failures.js';
import { answeredCall, httpCall } from '../http-call.js';
import { withHeaders } from '../http-headers.js';
import type { Injector, OutgoingCall } from '../injector.js';
import { otherSideOf, type StandInFault } from '../other-side.js';
import { StandInSocket } from '../stand-in-socket.js';
import { replaceMethod } from './replace-method.js';

type Options = Dispatcher.DispatchOptions;
type Handler = Dispatcher.DispatchHandler;
type Call = OutgoingCall<'http'>;

/** What it does where a call has nothing to do with a campaign, is what the package does. */
export function injectIntoUndici(ClientClass: typeof Client, injector: Injector): void {
  /** The calls that some dispatcher has begun already, by the options that it hands on. */
  const begun = new WeakMap<Options, Call>();
  replaceMethod(
    Object.getPrototypeOf(ClientClass.prototype) as Dispatcher,
    'dispatch',
    (original) =>
      function dispatch(this: Dispatcher, options: Options, handler: Handler): boolean {
        const known = begun.get(options);
        if (known !== undefined && this instanceof ClientClass && isStandIn(known.fault)) {
          const standIn = standInFor(ClientClass, this, known, known.fault, options);
          Reflect.apply(original, standIn, [options, handler]);
          // This one is not busy with it, and a pool would wait for it to be done.
          return true;
        }
        const url = known === undefined && injector.scope !== undefined ? urlOf(this, options) : undefined;
        const call = url && injector.begin(() => httpCall(options.method, url));
        if (call === undefined) return Reflect.apply(original, this, [options, handler]);

        const carried: Options = { ...options, headers: withHeaders(options.headers, call.headers) };
        begun.set(carried, call);
        const told = telling(handler, call, injector);
        const heard = call.fault?.kind === 'broken-body' ? breakingOff(told) : told;
        const handOn = () => injector.carryOut(() => Reflect.apply(dispatch, this, [carried, heard]));
        if (call.fault?.kind !== 'latency') return handOn();
        setTimeout(handOn, call.fault.milliseconds);
        return true;
      },
  );
}

/** Undefined where it is no call over HTTP, or none yet: a tunnel to where one goes. */
function urlOf(dispatcher: Dispatcher, { origin, path, method }: Options): URL | undefined {
  if (method === 'CONNECT') return undefined;
  const address = `${String(origin ?? setting(dispatcher, 'url')).replace(/\/$/, '')}${path}`;
  return /^https?:/.test(address) && URL.canParse(address) ? new URL(address) : undefined;
}

/** What a dispatcher keeps to itself, by what its symbol says: the same in all versions. */
function setting(dispatcher: Dispatcher, description: string): unknown {
  const symbol = Object.getOwnPropertySymbols(dispatcher).find((each) => each.description === description);
  return symbol && Reflect.get(dispatcher, symbol);
}

function isStandIn(fault: Call['fault']): fault is StandInFault {
  return fault !== undefined && fault.kind !== 'latency' && fault.kind !== 'broken-body';
}

/** A client for one call, as patient as the one that it stands in for, whose connection is none. */
function standInFor(
  ClientClass: typeof Client,
  client: Client,
  call: Call,
  fault: StandInFault,
  options: Options,
): Client {
  const url = urlOf(client, options)!;
  const standIn = new ClientClass(url.origin, {
    headersTimeout: setting(client, 'headers timeout') as number,
    connect: (_, connected) => {
      // It has all that is asked of a socket.
      const socket = new StandInSocket(otherSideOf(fault, url)) as never;
      // A client that is connected at once does not notice it.
      queueMicrotask(() => {
        connected(null, socket);
      });
    },
  });
  if (fault.kind === 'timeout') {
    // The caller may wait for ever, and so this is told first.
    void call.ended({ error: fault.kind });
    call.whenOver(() => void standIn.destroy(lateError()));
  }
  return standIn;
}

/** Tells the span of a call before its caller sees how it ended, and lets the caller hear that where it made the call. */
function telling(handler: Handler, call: Call, injector: Injector): Handler {
  let held: (() => unknown)[] | undefined;
  let isOver = false;
  const sayBound = injector.bound((say: Say, event: string, words: readonly unknown[]) => say(event, words));
  return interposed(handler, (event, words, say) => {
    const pass = () => sayBound(say, event, words);
    if (held !== undefined) {
      held.push(pass);
      return true;
    }
    const waiting = isOver ? undefined : endOf(event, words, call);
    if (waiting === undefined) return pass();
    isOver = true;
    held = [pass];
    // Each in a turn of its own, as parts of an answer come: `fetch` looks for an error only after the beginning.
    const release = () => {
      const next = held?.shift();
      if (next === undefined) {
        held = undefined;
        return;
      }
      setImmediate(release);
      next();
    };
    void waiting.then(() => setImmediate(release));
    return true;
  });
}

/** What a handler is told by methods whose names were others before version 7. Undefined where the call goes on. */
function endOf(event: string, words: readonly unknown[], call: Call): Promise<void> | undefined {
  const status = words.find((word) => typeof word === 'number');
  switch (event) {
    case 'onResponseStart':
    case 'onHeaders':
      // Below that, it says that there will be an answer.
      return status !== undefined && status < 200 ? undefined : call.ended(answeredCall(status));
    case 'onRequestUpgrade':
    case 'onUpgrade':
      // What comes over the connection from now on cannot wait.
      void call.ended(answeredCall(status));
      return undefined;
    case 'onResponseError':
    case 'onError':
      return call.ended(endingOf(words.at(-1)));
    default:
      return undefined;
  }
}

/** Lets the answer break off half-way. */
function breakingOff(handler: Handler): Handler {
  const body = new BrokenBody();
  const error = resetError('other side closed');
  let abort: () => void;
  /** Says to the handler that a part of the body has come. */
  let sayPart: ((part: Buffer) => unknown) | undefined;
  let isOver = false;
  const sayHalf = () => {
    isOver = true;
    const half = body.half();
    if (half.length > 0) sayPart?.(half);
  };
  return interposed(handler, (event, words, say) => {
    switch (event) {
      case 'onRequestStart':
      case 'onConnect':
        abort = abortBy(words[0], error);
        return say(event, words);
      case 'onResponseData':
      case 'onData':
        sayPart = (part) => say(event, [...words.slice(0, -1), part]);
        if (isOver || !body.add(words.at(-1) as Uint8Array)) return true;
        sayHalf();
        abort();
        return true;
      case 'onResponseEnd':
        sayHalf();
        return say('onResponseError', [words[0], error]);
      case 'onComplete':
        sayHalf();
        return say('onError', [error]);
      default:
        return say(event, words);
    }
  });
}

/** What gives a call up, by what a handler gets for that when it begins: a controller, or a function. */
function abortBy(means: unknown, error: Error): () => void {
  type Abort = (reason: Error) => void;
  return typeof means === 'function'
    ? () => {
        (means as Abort)(error);
      }
    : () => {
        (means as { abort: Abort }).abort(error);
      };
}

type Say = (event: string, words: readonly unknown[]) => unknown;

/** A handler in whose place something else hears what it is told. It may have state of its own, which is not looked at. */
function interposed(
  handler: Handler,
  hear: (event: string, words: readonly unknown[], say: Say) => unknown,
): Handler {
  const say: Say = (event, words) => {
    const method: unknown = Reflect.get(handler, event);
    return typeof method === 'function' ? (Reflect.apply(method, handler, words) as unknown) : undefined;
  };
  return new Proxy(handler, {
    get: (_, name) => {
      const value: unknown = Reflect.get(handler, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return (...words: unknown[]) => hear(name, words, say);
    },
  });
}
