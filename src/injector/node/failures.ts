/** What failed calls look like to whoever makes them: as Node would say it, and an answer of a proxy that gave up. */
import type { FaultOf } from './contract.js';
import type { Ending } from './told-spans.js';

/** An error as Node's own calls end with. */
export function systemError(code: string, message: string, details: object = {}): Error {
  return Object.assign(new Error(message), { code, ...details });
}

/** Nobody listens there. */
export function refusedError(address: string, port: number): Error {
  const details = { errno: -111, syscall: 'connect', address, port };
  return systemError('ECONNREFUSED', `connect ECONNREFUSED ${address}:${port}`, details);
}

/** The connection broke off. */
export function resetError(message: string): Error {
  return systemError('ECONNRESET', message);
}

/** The connection is given up, since nothing has come over it for so long. */
export function lateError(): Error {
  return systemError('ETIMEDOUT', 'read ETIMEDOUT');
}

/** How a call ended that ended with an error. */
export function endingOf(error: unknown): Ending {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (typeof code === 'string') return { error: code };
  return { error: cause instanceof Error ? cause.name : 'unknown' };
}

/** An answer that nobody gave. */
export interface MadeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer in place of one that the callee was not asked for; undefined where there is to be none. */
export function madeAnswer(fault: FaultOf<'http'>): MadeAnswer | undefined {
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.code,
        headers: { 'content-type': 'text/plain' },
        body: hasBody(fault.code) ? `ldfi: status ${fault.code} in place of an answer\n` : '',
      };
    case 'grpc': {
      const number = GRPC_STATUSES.indexOf(fault.status);
      return {
        status: 200,
        headers: {
          'content-type': 'application/grpc',
          'grpc-status': String(number < 0 ? GRPC_UNKNOWN : number),
          'grpc-message': `ldfi: ${fault.status} in place of an answer`,
        },
        body: '',
      };
    }
    case 'refused':
    case 'timeout':
    case 'latency':
    case 'broken-body':
      return undefined;
  }
}

/** By the standard of HTTP. */
export function hasBody(status: number): boolean {
  return status >= 200 && ![204, 205, 304].includes(status);
}

/** By their numbers. */
export const GRPC_STATUSES: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
export const GRPC_UNKNOWN = 2;

/** Of an answer that is to break off, no more is looked at than this, in bytes. */
const LONGEST_BROKEN = 64 * 1024;

/**
 * The part of a body that arrives before it breaks off: half of it, or of its beginning. It depends on the body alone,
 * and not on how it is cut into chunks.
 */
export class BrokenBody {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  /** @returns whether no more is needed */
  add(chunk: Uint8Array): boolean {
    this.chunks.push(chunk);
    this.length += chunk.length;
    return this.length >= LONGEST_BROKEN;
  }

  half(): Buffer {
    const whole = Buffer.concat(this.chunks).subarray(0, LONGEST_BROKEN);
    return whole.subarray(0, Math.floor(whole.length / 2));
  }
}
