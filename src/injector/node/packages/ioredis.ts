/**
 * `ioredis`, with the faults of a campaign. One connection serves all requests, and so what fails is one command, or all
 * commands of one pipeline or transaction, and never the connection.
 */
import type * as Ioredis from 'ioredis';
import { lateError } from '../failures.js';
import type { Injector, OutgoingCall } from '../injector.js';
import { databaseEnding } from './database-call.js';
import { batchOperation, redisCall, type RedisAddress } from './redis-call.js';
import { replaceMethod } from './replace-method.js';

/** What is answered once: a command, or a pipeline. */
interface Answered {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Command extends Answered {
  readonly name: string;
  readonly promise: Promise<unknown>;
  /** It fails where there is no answer after so many milliseconds. */
  setTimeout(milliseconds: number): void;
}

interface Client {
  readonly options: Pick<Ioredis.RedisOptions, 'host' | 'port' | 'db' | 'commandTimeout'>;
  /** @param stream of a pipeline; undefined where the command is on its own */
  sendCommand(command: Command, stream?: unknown): Promise<unknown>;
  connect(...words: unknown[]): Promise<void>;
}

interface Pipeline extends Answered {
  readonly redis: Client;
  readonly promise: Promise<unknown>;
  readonly _queue: readonly Command[];
  /** Above 0 where `exec` is to add a command first, and is called once more for them to be sent. */
  readonly _transactions: number;
  exec(...words: unknown[]): Promise<unknown>;
}

interface Package {
  readonly Redis: { readonly prototype: Client };
  readonly Pipeline: { readonly prototype: Pipeline };
  readonly ReplyError: new (message: string) => Error;
}

/** What it does where a call has nothing to do with a campaign, is what the package does. */
export function injectIntoIoredis({ Redis, Pipeline, ReplyError }: Package, injector: Injector): void {
  /** What waits for a connection, or is tried once more, comes here again. */
  const seen = new WeakSet<Answered>();
  const begin = (answered: Answered, operation: string, client: Client) => {
    if (seen.has(answered)) return undefined;
    const call = injector.begin(() => redisCall(operation, addressOf(client)));
    if (call !== undefined) seen.add(answered);
    return call;
  };
  /** What becomes of commands that are not sent. */
  const withheld = new WeakMap<Command, (command: Command, client: Client) => void>();
  const fail = (call: OutgoingCall<'database'>, answered: Answered, commands: readonly Command[]) => {
    tellEnd(answered, call);
    const { fault } = call;
    for (const command of commands) {
      if (fault?.kind === 'broken-body')
        command.resolve = () => {
          command.reject(closedError());
        };
      else if (fault?.kind === 'timeout') withheld.set(command, waiting(call));
      else if (fault?.kind === 'refused') withheld.set(command, rejecting(closedError()));
      else if (fault?.kind === 'error')
        withheld.set(command, rejecting(new ReplyError(`${fault.code} ldfi: in place of an answer`)));
    }
  };

  replaceMethod(
    Redis.prototype,
    'sendCommand',
    (original) =>
      function (this: Client, command, stream) {
        const send = (): Promise<unknown> => {
          const become = withheld.get(command);
          if (become === undefined) return Reflect.apply(original, this, [command, stream]);
          become(command, this);
          return command.promise;
        };
        const call = stream === undefined ? begin(command, command.name.toUpperCase(), this) : undefined;
        if (call === undefined) return send();
        fail(call, command, [command]);
        return later(call, send, command.promise);
      },
  );
  replaceMethod(
    Pipeline.prototype,
    'exec',
    (original) =>
      function (this: Pipeline, ...words) {
        const send = () => Reflect.apply(original, this, words);
        const call = this._transactions > 0 ? undefined : begin(this, operationOf(this._queue), this.redis);
        if (call === undefined) return send();
        fail(call, this, this._queue);
        return later(call, send, this.promise);
      },
  );
  replaceMethod(
    Redis.prototype,
    'connect',
    (original) =>
      function (this: Client, ...words) {
        // A connection serves other requests as well.
        return injector.outside(() => Reflect.apply(original, this, words));
      },
  );
}

function addressOf({ options: { host, port, db } }: Client): RedisAddress {
  return { host, port, database: db };
}

/** Of a pipeline; what begins and ends a transaction is no command of its own. */
function operationOf(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name.toUpperCase());
  const kind = names[0] === 'MULTI' ? 'MULTI' : 'PIPELINE';
  return batchOperation(
    kind,
    names.filter((name) => name !== 'MULTI' && name !== 'EXEC'),
  );
}

/** Tells of a call before its caller sees how it ended. */
function tellEnd(answered: Answered, call: OutgoingCall<'database'>): void {
  const resolve = answered.resolve.bind(answered);
  const reject = answered.reject.bind(answered);
  answered.resolve = (value) => {
    void call.ended(databaseEnding(errorIn(value), value)).then(() => {
      resolve(value);
    });
  };
  answered.reject = (error) => {
    void call.ended(databaseEnding(error, undefined)).then(() => {
      reject(error);
    });
  };
}

/** The first of a pipeline: its answer is a list of errors and values. */
function errorIn(value: unknown): Error | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flat().find((each): each is Error => each instanceof Error);
}

/** As the package says that the connection was lost. */
function closedError(): Error {
  return new Error('Connection is closed.');
}

function rejecting(error: Error) {
  return (command: Command): void => {
    command.reject(error);
  };
}

function waiting(call: OutgoingCall<'database'>) {
  return (command: Command, { options }: Client): void => {
    void call.ended({ error: 'timeout' });
    if (options.commandTimeout !== undefined) command.setTimeout(options.commandTimeout);
    call.whenOver(() => {
      command.reject(lateError());
    });
  };
}

function later(
  { fault }: OutgoingCall<'database'>,
  send: () => Promise<unknown>,
  promise: Promise<unknown>,
): Promise<unknown> {
  if (fault?.kind !== 'latency') return send();
  setTimeout(() => void send(), fault.milliseconds);
  return promise;
}
