/**
 * The traces that conclusions refer to, for whoever wants to look at them: their spans, what each outcome rested on, and
 * where a request with failures first went another way than one of its class without.
 */
import { differenceOf } from '../../lineage/difference.js';
import { lineageGraph } from '../../lineage/graph.js';
import { pastOf, type CallVertex, type Vertex } from '../../lineage/lineage.js';
import { lineageOfRequest, type RequestLineage } from '../../lineage/traces/lineage-of-request.js';
import { hasGoodOutcome, type Predicate } from '../../lineage/traces/predicate.js';
import { requestsOf, type TracedRequest } from '../../lineage/traces/requests.js';
import type { TraceSet } from '../../lineage/traces/trace-set.js';
import { waterfallOf, type Waterfall } from '../../lineage/traces/waterfall.js';
import type { TraceResult } from './result.js';

/** The most traces, and rows of each. */
const TRACES = 40;
const ROWS = 250;

/** The most requests of a trace, and calls of a request, of which is asked why they ended as they did. */
const REQUESTS = 20;
const EXPLAINED = 20_000;

export interface ExampleTrace {
  readonly traceId: string;
  readonly waterfall: Waterfall;
  /** Spans of the calls that an outcome rested on. */
  readonly causal: ReadonlySet<string>;
  /** Whether there are too many requests or calls to ask of all of them why. */
  readonly isTooLong: boolean;
  readonly requests: readonly ExampleRequest[];
}

export interface ExampleRequest {
  readonly service: string;
  readonly operation: string;
  readonly good: boolean;
  /** Undefined where there is nothing to compare it with, or no difference. */
  readonly difference: ExampleDifference | undefined;
}

/** Where a request comes to rest on something else than another of its class. */
export interface ExampleDifference {
  /** The trace of the other, in which nothing failed. */
  readonly from: string;
  /** From the first call that is different to the request, each because of the one before. */
  readonly chain: readonly CallVertex[];
}

/** The examples of a result, those that show a failure first. */
export async function examplesOf(
  traces: TraceSet,
  result: TraceResult,
  outcome: Predicate | undefined,
): Promise<readonly ExampleTrace[]> {
  const examples = new Examples(traces, outcome);
  const found: ExampleTrace[] = [];
  for (const [traceId, regular] of [...referredBy(result)].slice(0, TRACES))
    found.push(await examples.of(traceId, regular));
  return found;
}

/** Traces that a result names, with those that they are compared with. */
function referredBy({ health, conclusions }: TraceResult): ReadonlyMap<string, string | undefined> {
  const referred = new Map<string, string | undefined>();
  const refer = (traceId: string, regular?: string) => {
    if (referred.get(traceId) === undefined) referred.set(traceId, regular);
  };
  const operations = conclusions?.operations ?? [];
  for (const { neverSurvived, tolerated } of operations)
    for (const { fatal, survived } of [...neverSurvived, ...tolerated])
      for (const shown of [fatal, survived]) if (shown) refer(shown.traceId, shown.regular);
  for (const { traceId } of operations) refer(traceId);
  for (const regular of [...referred.values()]) if (regular !== undefined) refer(regular);
  for (const { examples } of health.flaws) for (const { traceId } of examples) refer(traceId);
  return referred;
}

class Examples {
  constructor(
    private readonly traces: TraceSet,
    private readonly outcome: Predicate | undefined,
  ) {}

  async of(traceId: string, regular: string | undefined): Promise<ExampleTrace> {
    const trace = this.traces.trace(traceId);
    const causal = new Set<string>();
    const requests: ExampleRequest[] = [];
    const all = requestsOf(trace);
    let isTooLong = all.length > REQUESTS;
    for (const request of all.slice(0, REQUESTS)) {
      const { service, operation, calls } = request;
      const good = hasGoodOutcome(request, this.outcome);
      let difference: ExampleDifference | undefined;
      if (calls.length > EXPLAINED) isTooLong = true;
      else {
        const why = lineageOfRequest(request, good);
        for (const spanId of spansBehind(request, why)) causal.add(spanId);
        if (regular !== undefined) difference = await this.difference(request, why, regular);
      }
      requests.push({ service, operation, good, difference });
    }
    return { traceId, waterfall: waterfallOf(trace, ROWS), causal, isTooLong, requests };
  }

  private async difference(
    { service, operation }: TracedRequest,
    { lineage }: RequestLineage,
    from: string,
  ): Promise<ExampleDifference | undefined> {
    const isLike = (other: TracedRequest) => other.service === service && other.operation === operation;
    const other = requestsOf(this.traces.trace(from)).find(isLike);
    if (other === undefined || other.calls.length > EXPLAINED) return undefined;
    const { lineage: regular } = lineageOfRequest(other, hasGoodOutcome(other, this.outcome));
    const difference = differenceOf(await lineageGraph(lineage), await lineageGraph(regular));
    if (difference === undefined) return undefined;
    return { from, chain: difference.chain.map((name) => lineage.vertices.get(name)!).filter(isCall) };
  }
}

function isCall(vertex: Vertex): vertex is CallVertex {
  return vertex.kind === 'call';
}

/** The spans of the calls that the outcome rested on, and of the request. */
function spansBehind(
  { root, calls }: TracedRequest,
  { lineage, vertices }: RequestLineage,
): readonly string[] {
  const past = pastOf(lineage);
  const behind = calls.filter((_, index) => past.has(vertices[index]));
  return [
    root.spanId,
    ...behind.flatMap(({ spanId, answerId }) => [spanId, ...(answerId ? [answerId] : [])]),
  ];
}
