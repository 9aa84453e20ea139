/**
 * `redis`, which is called node-redis, with the faults of a campaign. One connection serves all requests, and so what
 * fails is one command, or all commands that are sent together, and never the connection.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultOf } from '../contract.js';
import { lateError } from '../failures.js';
import type { Injector, OutgoingCall } from '../injector.js';
import { databaseEnding } from './database-call.js';
import { batchOperation, redisCall, type RedisAddress } from './redis-call.js';
import { replaceMethod } from './replace-method.js';

/** A command and its arguments. */
type Arguments = readonly (string | Buffer)[];
type Batch = readonly { readonly args: Arguments }[];
type SendBatch = (this: Client, commands: Batch, ...rest: unknown[]) => Promise<unknown>;

interface Client {
  readonly options: {
    readonly socket?: { readonly host?: string; readonly port?: number };
    readonly database?: number;
  };
  connect(...words: unknown[]): Promise<unknown>;
  sendCommand(this: Client, command: Arguments, ...rest: unknown[]): Promise<unknown>;
  _executePipeline: SendBatch;
  _executeMulti: SendBatch;
}

/** What it does where a call has nothing to do with a campaign, is what the package does. */
export function injectIntoNodeRedis(
  { default: { prototype } }: { readonly default: { readonly prototype: Client } },
  injector: Injector,
): void {
  const batchOf = (kind: 'MULTI' | 'PIPELINE') => (send: SendBatch) =>
    function (this: Client, commands: Batch, ...rest: unknown[]) {
      const names = () => commands.map(({ args }) => nameOf(args));
      const go = () => Reflect.apply(send, this, [commands, ...rest]);
      return called(this, () => batchOperation(kind, names()), go);
    };
  const called = (client: Client, operation: () => string, send: () => Promise<unknown>) => {
    const call = injector.begin(() => redisCall(operation(), addressOf(client)));
    return call === undefined ? send() : sendWith(call, client, send);
  };
  const sendWith = async (
    call: OutgoingCall<'database'>,
    client: Client,
    send: () => Promise<unknown>,
  ): Promise<unknown> => {
    const raise = (code: string) => injector.outside(() => client.sendCommand(raising(code)));
    try {
      const answer = await (call.fault === undefined ? send() : failing(call, call.fault, send, raise));
      await call.ended(databaseEnding(undefined, answer));
      return answer;
    } catch (error) {
      await call.ended(databaseEnding(error, undefined));
      throw error;
    }
  };

  replaceMethod(prototype, '_executePipeline', batchOf('PIPELINE'));
  replaceMethod(prototype, '_executeMulti', batchOf('MULTI'));
  replaceMethod(
    prototype,
    'sendCommand',
    (original) =>
      function (this: Client, command, ...rest) {
        const go = () => Reflect.apply(original, this, [command, ...rest]);
        return called(this, () => nameOf(command), go);
      },
  );
  replaceMethod(
    prototype,
    'connect',
    (original) =>
      function (this: Client, ...words) {
        // A connection serves other requests as well.
        return injector.outside(() => Reflect.apply(original, this, words));
      },
  );
}

interface Pool {
  execute(use: (client: unknown) => unknown): Promise<unknown>;
}

/** Whoever waits for a client of a pool is given it by whoever is done with it, which may be another request. */
export function injectIntoNodeRedisPool(
  { RedisClientPool: { prototype } }: { readonly RedisClientPool: { readonly prototype: Pool } },
  injector: Injector,
): void {
  replaceMethod(
    prototype,
    'execute',
    (original) =>
      function (this: Pool, use) {
        return Reflect.apply(original, this, [injector.bound(use)]);
      },
  );
}

function addressOf({ options: { socket, database } }: Client): RedisAddress {
  return { host: socket?.host, port: socket?.port, database };
}

function nameOf([name]: Arguments): string {
  return String(name).toUpperCase();
}

function failing(
  call: OutgoingCall<'database'>,
  fault: FaultOf<'database'>,
  send: () => Promise<unknown>,
  raise: (code: string) => Promise<unknown>,
): Promise<unknown> {
  switch (fault.kind) {
    case 'refused':
      return Promise.reject(closedError());
    case 'timeout':
      // The caller may wait for ever, and so this is told first.
      void call.ended({ error: fault.kind });
      return new Promise((_, reject) => {
        call.whenOver(() => {
          reject(lateError());
        });
      });
    case 'latency':
      return delay(fault.milliseconds).then(send);
    case 'error':
      return raise(fault.code);
    case 'broken-body':
      return send().then(() => Promise.reject(closedError()));
  }
}

/** As the package says that the connection was lost. */
function closedError(): Error {
  return new Error('Socket closed unexpectedly');
}

/** A command that Redis itself answers with an error of a code. */
function raising(code: string): Arguments {
  return ['EVAL', 'return {err=ARGV[1]}', '0', `${code} ldfi: in place of an answer`];
}
