/** Calls of databases, as they are named and told of. */
import { valueDigest } from '../answer-digest.js';
import { endingOf } from '../failures.js';
import type { CallToMake } from '../injector.js';
import type { Ending } from '../told-spans.js';

export interface DatabaseCall {
  /** As OpenTelemetry calls it: `postgresql`, `redis`. */
  readonly system: string;
  /** Which of the databases that are at its address. */
  readonly namespace: string | undefined;
  /** `INSERT`, `SET` */
  readonly operation: string;
  /** Undefined where there is none, or it is not known. */
  readonly table?: string | undefined;
  readonly host: string;
  readonly port: number;
}

/** By the names of now, and by those of old. What is asked in detail is not told: it may be secret. */
export function databaseCall(call: DatabaseCall): CallToMake<'database'> {
  const { system, namespace, operation, table, host, port } = call;
  return {
    protocol: 'database',
    operation: table === undefined ? operation : `${operation} ${table}`,
    host,
    port,
    said: [
      ['db.system.name', system],
      ['db.system', system],
      ['db.namespace', namespace],
      ['db.name', namespace],
      ['db.operation.name', operation],
      ['db.operation', operation],
      ['db.collection.name', table],
      ['db.sql.table', table],
    ],
  };
}

/** How a call ended: with an error, or with an answer. */
export function databaseEnding(error: unknown, answer: unknown): Ending {
  return error === null || error === undefined ? { answer: valueDigest(answer) } : endingOf(error);
}
