/** What traces come to, as plain data. */
import type { Health } from '../../lineage/traces/health.js';
import type { CallPoint } from '../../lineage/traces/points.js';
import type { ServiceEdge } from '../../lineage/traces/service-graph.js';
import type { TraceFormat } from '../../lineage/traces/span.js';

/** Records of one format. */
export interface FormatCount {
  readonly format: TraceFormat;
  readonly records: number;
}

/** Requests that show something, and a trace of one of them. */
export interface Shown {
  readonly count: number;
  readonly traceId: string;
  /** A trace in which nothing failed, of a request of the same class; undefined where there is none. */
  readonly regular: string | undefined;
}

/** A call, by its number among the points, and what requests have shown of it. */
export interface CallResult {
  readonly point: number;
  /** Good requests that rested on it, as far as is known. */
  readonly requests: number;
  /** Those in which it failed and the outcome was good; undefined where there are none. */
  readonly survived: Shown | undefined;
  /** Those in which it alone failed and the outcome was not good. */
  readonly fatal: Shown | undefined;
}

/** Calls that are worth to fail together. */
export interface FaultSetResult {
  /** By their numbers. */
  readonly points: readonly number[];
  /** Good requests of the classes whose every support it meets. */
  readonly requests: number;
}

/** Requests that ask for the same. */
export interface OperationResult {
  readonly service: string;
  readonly operation: string;
  readonly requests: number;
  readonly good: number;
  /** A trace of one, of the class with the most; and in which nothing failed, where there is such. */
  readonly traceId: string;
  /** Ways in which it went while nothing failed. */
  readonly classes: number;
  /** Calls whose failure was never survived: it failed the request, or every good outcome of a class rested on them. */
  readonly neverSurvived: readonly CallResult[];
  /** Calls of which a failure was survived. */
  readonly tolerated: readonly CallResult[];
  /** The most requests first. */
  readonly next: readonly FaultSetResult[];
  /** Whether there are more fault sets within the bounds than are told. */
  readonly hasMore: boolean;
}

export interface TraceResult {
  /** Those that were met, in the order of their names. */
  readonly formats: readonly FormatCount[];
  /** Records that are no spans, for want of an id. */
  readonly unreadable: number;
  readonly health: Health;
  /** Undefined where nothing was to be concluded. */
  readonly conclusions: Conclusions | undefined;
}

export interface Conclusions {
  /** The most calls of a fault set. */
  readonly maxFaults: number;
  /** Requests that were looked at, of those that there are. */
  readonly requests: number;
  readonly allRequests: number;
  /** Calls that others refer to by number. */
  readonly points: readonly CallPoint[];
  /** The most requests first. */
  readonly operations: readonly OperationResult[];
  readonly graph: readonly ServiceEdge[];
}
