/** The `traceparent` header of W3C Trace Context: of which trace a request is part, and which span made it. */
import { randomBytes } from 'node:crypto';

export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** Undefined where there is none, or none that is valid. */
export function readTraceParent(header: string | undefined): TraceParent | undefined {
  const [, traceId, spanId] =
    /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}/.exec(header ?? '') ?? [];
  return traceId === undefined ? undefined : { traceId, spanId };
}

/** Always sampled, since a run without its spans shows nothing. */
export function writeTraceParent({ traceId, spanId }: TraceParent): string {
  return `00-${traceId}-${spanId}-01`;
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}
