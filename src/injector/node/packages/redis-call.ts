/** Calls of Redis, as they are named and told of, whichever package makes them. */
import type { CallToMake } from '../injector.js';
import { databaseCall } from './database-call.js';

export interface RedisAddress {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly database: number | undefined;
}

/** What is not said of where it goes, is as Redis has it. */
export function redisCall(operation: string, address: RedisAddress): CallToMake<'database'> {
  const { host = 'localhost', port = 6379, database = 0 } = address;
  return databaseCall({ system: 'redis', namespace: String(database), operation, host, port });
}

/** As OpenTelemetry names what is sent together: by its kind, and the command where all are of one. */
export function batchOperation(kind: 'MULTI' | 'PIPELINE', commands: readonly string[]): string {
  const [name, ...others] = new Set(commands);
  return name === undefined || others.length > 0 ? kind : `${kind} ${name}`;
}
