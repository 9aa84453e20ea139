/**
 * `pg`, with the faults of a campaign. What fails does so where a query is handed to the connection, so that all that
 * comes of it, as of a transaction or of a pool that has lost a connection, is the work of `pg` and of PostgreSQL.
 */
import type { Client, Pool } from 'pg';
import type { FaultOf } from '../contract.js';
import { lateError, refusedError, resetError } from '../failures.js';
import type { Injector, OutgoingCall } from '../injector.js';
import { databaseCall, databaseEnding } from './database-call.js';
import { replaceMethod } from './replace-method.js';
import { summaryOf } from './sql.js';

/** What queries do that `pg` makes, and those that others make for it, such as cursors. */
interface Query {
  readonly text?: string;
  /** What a stream is made of. */
  readonly cursor?: { readonly text?: string };
  query_timeout?: number | undefined;
  callback?: (error: Error | null, result?: unknown) => void;
  submit(connection: Connection): unknown;
  handleError(error: Error, connection: Connection): unknown;
  handleReadyForQuery(connection: Connection): unknown;
}

interface Connection {
  readonly stream: { destroy(error: Error): void };
  /** Sends a query of a text alone. */
  query(text: string): void;
}

type QueryWords = [asked: unknown, ...rest: unknown[]];

interface PgClient extends Pick<Client, 'host' | 'port' | 'database'> {
  query(...words: QueryWords): unknown;
  connect(...words: unknown[]): unknown;
}

interface ClientClass {
  readonly prototype: PgClient;
  readonly Query: new (...words: QueryWords) => Query;
}

/** What it does where a call has nothing to do with a campaign, is what the package does. */
export function injectIntoPg({ prototype, Query }: ClientClass, injector: Injector): void {
  replaceMethod(
    prototype,
    'query',
    (original) =>
      function (this: PgClient, asked, ...rest) {
        const call = injector.begin(() => queryCall(asked, this));
        if (call === undefined)
          return Reflect.apply<PgClient, QueryWords, unknown>(original, this, [asked, ...rest]);
        const query = isQuery(asked) ? asked : new Query(asked, ...rest);
        if (!isQuery(asked)) query.query_timeout = timeoutOf(asked);
        const answer = isQuery(asked) || query.callback !== undefined ? undefined : answerOf(query);
        tellEnd(query, call, injector);
        if (call.fault !== undefined) fail(query, call, call.fault, this);
        const returned: unknown = Reflect.apply(original, this, isQuery(asked) ? [query, ...rest] : [query]);
        return isQuery(asked) ? returned : answer;
      },
  );
  // A connection serves other requests as well.
  replaceMethod(
    prototype,
    'connect',
    (original) =>
      function (this: PgClient, ...words) {
        return injector.outside(() => Reflect.apply<PgClient, unknown[], unknown>(original, this, words));
      },
  );
}

/** Whoever waits for a connection of a pool is given it by whoever is done with it, which may be another request. */
export function injectIntoPgPool({ prototype }: typeof Pool, injector: Injector): void {
  type Connect = (...words: unknown[]) => unknown;
  replaceMethod(
    prototype as unknown as { connect: Connect },
    'connect',
    (original) =>
      function (this: unknown, given, ...rest) {
        const done = typeof given === 'function' ? injector.bound(given as Connect) : given;
        return Reflect.apply<unknown, unknown[], unknown>(original, this, [done, ...rest]);
      },
  );
}

function isQuery(asked: unknown): asked is Query {
  return asked instanceof Object && 'submit' in asked && typeof asked.submit === 'function';
}

function timeoutOf(asked: unknown): number | undefined {
  const limit = asked instanceof Object && 'query_timeout' in asked ? asked.query_timeout : undefined;
  return typeof limit === 'number' ? limit : undefined;
}

function queryCall(asked: unknown, { host, port, database }: PgClient): ReturnType<typeof databaseCall> {
  const { text, cursor } = typeof asked === 'string' ? { text: asked } : ((asked ?? {}) as Partial<Query>);
  const summary = summaryOf(text ?? cursor?.text ?? '');
  return databaseCall({ system: 'postgresql', namespace: database, ...summary, host, port });
}

/** What `pg` returns for a query that nobody has a callback for. */
function answerOf(query: Query): Promise<unknown> {
  return new Promise((resolve, reject) => {
    query.callback = (error, result) => {
      if (error) reject(error);
      else resolve(result);
    };
  });
}

/** Tells of a query before its caller sees its answer; of one without a callback, such as a cursor, meanwhile. */
function tellEnd(query: Query, call: OutgoingCall<'database'>, injector: Injector): void {
  if (query.callback === undefined) {
    tellMeanwhile(query, call);
    return;
  }
  const callback = injector.bound(query.callback);
  query.callback = (error, result) => {
    const told = call.ended(databaseEnding(error, rowsOf(result)));
    // If a connection ends with it, a pool says so next, in other words. What is injected was told of before.
    if (error) callback(error);
    // What a callback throws is to be an exception that nobody caught, and not a rejection.
    else
      void told.then(() => {
        process.nextTick(callback, error, result);
      });
  };
}

/** What a result says, without what differs from one connection to the next. */
function rowsOf(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(rowsOf);
  const { command, rowCount, rows } = (result ?? {}) as Readonly<Record<string, unknown>>;
  return [command, rowCount, rows];
}

/** Who reads from it sees what comes as it comes. */
function tellMeanwhile(query: Query, call: OutgoingCall<'database'>): void {
  const handleReadyForQuery = query.handleReadyForQuery.bind(query);
  const handleError = query.handleError.bind(query);
  query.handleReadyForQuery = (connection) => {
    void call.ended({});
    return handleReadyForQuery(connection);
  };
  query.handleError = (error, connection) => {
    void call.ended(databaseEnding(error, undefined));
    return handleError(error, connection);
  };
}

function fail(
  query: Query,
  call: OutgoingCall<'database'>,
  fault: FaultOf<'database'>,
  { host, port }: PgClient,
): void {
  const submit = query.submit.bind(query);
  switch (fault.kind) {
    case 'refused':
      query.submit = (connection) => {
        lose(connection, call, refusedError(host, port));
      };
      return;
    case 'timeout':
      query.submit = (connection) => {
        void call.ended({ error: fault.kind });
        // Or the pool would have one connection less for all requests that come.
        call.whenOver(() => {
          connection.stream.destroy(lateError());
        });
      };
      return;
    case 'latency':
      query.submit = (connection) => {
        setTimeout(() => {
          const error = submit(connection);
          if (error instanceof Error) query.handleError(error, connection);
        }, fault.milliseconds);
      };
      return;
    case 'error':
      query.submit = (connection) => {
        void call.ended({ error: fault.code }).then(() => {
          connection.query(raising(fault.code));
        });
      };
      return;
    case 'broken-body':
      breakOff(query, call);
      return;
  }
}

/** A statement that fails with a code, in PostgreSQL itself: it ends a transaction as any other does. */
function raising(code: string): string {
  // This one is of those that end the connection.
  if (code === '57P01') return 'select pg_terminate_backend(pg_backend_pid())';
  return `do $$ begin raise exception 'ldfi: ${code} in place of an answer' using errcode = '${code}'; end $$`;
}

/** The connection is lost, which is told of first: `pg` lets a pool know before the query. */
function lose(connection: Connection, call: OutgoingCall<'database'>, error: NodeJS.ErrnoException): void {
  void call.ended({ error: error.code }).then(() => {
    connection.stream.destroy(error);
  });
}

/** It is done, and the connection is lost before its caller knows. */
function breakOff(query: Query, call: OutgoingCall<'database'>): void {
  const handleError = query.handleError.bind(query);
  const end = (connection: Connection): void => {
    const error = resetError('read ECONNRESET');
    query.handleError = handleError;
    lose(connection, call, error);
    handleError(error, connection);
  };
  query.handleReadyForQuery = end;
  query.handleError = (_, connection) => {
    end(connection);
  };
}
