/** Requests: what each rested on, how it ended, and which are of one class. */
import { callsBelow, type Call } from './calls.js';
import type { CallPoints } from './points.js';
import { hasFailed, operationOf } from './semantics.js';
import type { Span } from './span.js';
import type { Trace } from './trace.js';

/** A root span, and all that was called for it. */
export interface TracedRequest {
  readonly root: Span;
  readonly service: string;
  readonly operation: string;
  readonly traceId: string;
  /** Whether the root span did not fail. */
  readonly succeeded: boolean;
  /** Nanoseconds; undefined where the root does not say. */
  readonly latency: bigint | undefined;
  readonly calls: readonly Call[];
}

/** The requests of a trace: one for each root. Of a trace without one, nothing is known of how it ended. */
export function requestsOf(trace: Trace): readonly TracedRequest[] {
  return trace.roots.map((index) => {
    const root = trace.nodes[index].span!;
    const { start, end } = root;
    return {
      root,
      service: root.service,
      operation: operationOf(root),
      traceId: trace.id,
      succeeded: !hasFailed(root),
      latency: start !== undefined && end !== undefined ? end - start : undefined,
      calls: callsBelow(trace, index),
    };
  });
}

/** What a request shows of the calls that it made, by their points, in increasing order. */
export interface Observation {
  readonly traceId: string;
  /** Whether the outcome was good. */
  readonly good: boolean;
  /** Awaited calls that succeeded, and that were made for none that failed: what a good outcome rested on. */
  readonly support: readonly number[];
  /** Awaited calls that failed. */
  readonly failed: readonly number[];
  /** Of these, those in which none failed: where failure began. */
  readonly origins: readonly number[];
}

export function observe(request: TracedRequest, good: boolean, points: CallPoints): Observation {
  const { calls, traceId } = request;
  const numbers = points.of(calls, JSON.stringify([request.service, request.operation]));
  /** Whether a call failed, or one that it was made for. */
  const lost = new Uint8Array(calls.length);
  const inner = new Uint8Array(calls.length);
  const support: number[] = [];
  const failed: number[] = [];
  for (const [index, call] of calls.entries()) {
    const outer = call.parent;
    lost[index] = call.failed || (outer >= 0 && lost[outer] === 1) ? 1 : 0;
    if (!call.awaited) continue;
    if (call.failed && outer >= 0) inner[outer] = 1;
    if (call.failed) failed.push(index);
    else if (lost[index] === 0) support.push(index);
  }
  const sorted = (indexes: readonly number[]): readonly number[] =>
    indexes.map((index) => numbers[index]).sort((a, b) => a - b);
  return {
    traceId,
    good,
    support: sorted(support),
    failed: sorted(failed),
    origins: sorted(failed.filter((index) => inner[index] === 0)),
  };
}
