/** What is known while a request is handled: of which run it is, and which calls have been made for it so far. */
import { readBaggage, type FaultPoint, type RunContext } from './contract.js';
import type { OwnSpan } from './service-tracing.js';
import { newSpanId, newTraceId, readTraceParent, type TraceParent } from './trace-parent.js';

/** What a header says, by its name in lower case. Several of one name are joined by commas. */
export type HeaderOf = (name: string) => string | undefined;

/** The span of the request itself is the parent of its calls. */
export interface RequestScope extends TraceParent {
  readonly run: RunContext;
  /** The span of the request where the service's own SDK tells it. */
  readonly own?: OwnSpan | undefined;
  /** The `baggage` that came, which goes on with every call. */
  readonly baggage: string;
  /** The span of the caller; undefined where it does not say. */
  readonly parentId: string | undefined;
  /** How often each call was made so far. */
  readonly made: Map<string, number>;
  /** What is to be done when the request is over, whether it was answered or given up. */
  readonly whenOver: Set<() => void>;
}

/** Undefined where the request is not of the campaign. */
export function scopeOf(header: HeaderOf, campaign: string): RequestScope | undefined {
  const baggage = header('baggage');
  const run = readBaggage(baggage, campaign);
  if (baggage === undefined || run === undefined) return undefined;
  const parent = readTraceParent(header('traceparent'));
  return {
    run,
    baggage,
    traceId: parent?.traceId ?? newTraceId(),
    spanId: newSpanId(),
    parentId: parent?.spanId,
    made: new Map(),
    whenOver: new Set(),
  };
}

/** The point of a call that is made now. */
export function nextPoint(
  { run, made }: RequestScope,
  call: Pick<FaultPoint, 'caller' | 'callee' | 'operation'>,
): FaultPoint {
  const name = `${call.callee} ${call.operation}`;
  const ordinal = (made.get(name) ?? 0) + 1;
  made.set(name, ordinal);
  return { within: run.within, ...call, ordinal };
}

/** Nobody waits for anything of the request any more. */
export function endScope({ whenOver }: RequestScope): void {
  for (const each of whenOver) each();
  whenOver.clear();
}

/** How many calls have been made so far. */
export function callsMade({ made }: RequestScope): number {
  return [...made.values()].reduce((sum, count) => sum + count, 0);
}
