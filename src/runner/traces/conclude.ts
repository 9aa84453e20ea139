/** From spans to what they say. */
import { callsBelow } from '../../lineage/traces/calls.js';
import { RequestGroup, type CallSet, type RequestClass } from '../../lineage/traces/classes.js';
import { flawsOfSpans, HealthCheck } from '../../lineage/traces/health.js';
import { CallPoints, type CallPoint } from '../../lineage/traces/points.js';
import { hasGoodOutcome, type Predicate } from '../../lineage/traces/predicate.js';
import { observe, requestsOf, type TracedRequest } from '../../lineage/traces/requests.js';
import { ServiceGraph } from '../../lineage/traces/service-graph.js';
import type { TraceSet } from '../../lineage/traces/trace-set.js';
import type { Flaw } from '../../lineage/traces/flaws.js';
import type { Trace } from '../../lineage/traces/trace.js';
import { compareStrings } from '../../model/order.js';
import type { SolverFactory } from '../../solver/sat.js';
import { callsOfAll, nextFaults } from './next-faults.js';
import type {
  CallResult,
  Conclusions,
  FaultSetResult,
  OperationResult,
  Shown,
  TraceResult,
} from './result.js';

export interface ConcludeOptions {
  /** Which requests are looked at; default: all. */
  readonly where: Predicate | undefined;
  /** Which outcomes are good; default: the root span did not fail. */
  readonly outcome: Predicate | undefined;
  /** The most calls of a fault set. */
  readonly maxFaults: number;
  /** Conclude nothing where a trace has a flaw. */
  readonly strict: boolean;
  /** Called where there is something to solve; for most traces it takes longer to load than all else. */
  readonly loadSolver: () => Promise<SolverFactory>;
}

export async function concludeFrom(traces: TraceSet, options: ConcludeOptions): Promise<TraceResult> {
  const health = new HealthCheck();
  const conclusions = new Concluding(options);
  for (const trace of traces.traces()) {
    const requests = requestsOf(trace);
    health.add(trace, [
      ...trace.flaws,
      ...flawsOfSpans(trace),
      ...lostContext(trace, requests, traces.services),
    ]);
    for (const request of requests) conclusions.add(request);
  }
  const formats = [...traces.formats].map(([format, records]) => ({ format, records }));
  const result = health.result();
  const isRefused = options.strict && (result.sound < result.traces || traces.unreadable > 0);
  return {
    formats: formats.sort((a, b) => compareStrings(a.format, b.format)),
    unreadable: traces.unreadable,
    health: result,
    conclusions: isRefused ? undefined : await conclusions.result(),
  };
}

/** Calls that were answered by a service which writes spans, but none here: it does not pass the context on. */
function lostContext(
  trace: Trace,
  requests: readonly TracedRequest[],
  services: ReadonlySet<string>,
): readonly Flaw[] {
  const calls = requests.length > 0 ? requests.flatMap((request) => request.calls) : callsBelow(trace, 0);
  return calls
    .filter(({ instrumented, failed, callee }) => !instrumented && !failed && services.has(callee))
    .map(({ spanId }) => ({ kind: 'lost-context', spanId }));
}

/** Requests that ask for the same. */
interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly group: RequestGroup;
}

class Concluding {
  private readonly points = new CallPoints();
  private readonly graph = new ServiceGraph();
  private readonly asked = new Map<string, Asked>();
  private requests = 0;
  private allRequests = 0;

  constructor(private readonly options: ConcludeOptions) {}

  add(request: TracedRequest): void {
    const { where, outcome } = this.options;
    this.allRequests++;
    if (where !== undefined && !where.holds(request)) return;
    this.requests++;
    const good = hasGoodOutcome(request, outcome);
    const { service, operation } = request;
    const key = JSON.stringify([service, operation]);
    const asked = this.asked.get(key) ?? { service, operation, group: new RequestGroup() };
    this.asked.set(key, asked);
    asked.group.add(observe(request, good, this.points));
    this.graph.add(request.calls);
  }

  async result(): Promise<Conclusions> {
    const { points, requests, allRequests } = this;
    const { maxFaults } = this.options;
    const operations: OperationResult[] = [];
    for (const asked of this.asked.values()) operations.push(await this.conclude(asked));
    operations.sort(
      (a, b) =>
        b.requests - a.requests ||
        compareStrings(a.service, b.service) ||
        compareStrings(a.operation, b.operation),
    );
    return { maxFaults, requests, allRequests, ...told(operations, points), graph: this.graph.result() };
  }

  private async conclude({ service, operation, group }: Asked): Promise<OperationResult> {
    const classes = group.classes();
    const sum = (count: (each: RequestClass) => number) =>
      classes.reduce((total, each) => total + count(each), 0);
    const calls = callResults(classes);
    const usual = classes.reduce((most, each) => (each.count > most.count ? each : most));
    const critical = new Set(classes.flatMap(({ supports }) => callsOfAll(supports)));
    return {
      service,
      operation,
      requests: sum(({ count }) => count),
      good: sum(({ good }) => good),
      traceId: usual.regular ?? usual.traceId,
      classes: classes.length,
      neverSurvived: calls.filter(
        ({ point, survived, fatal }) =>
          survived === undefined && (fatal !== undefined || critical.has(point)),
      ),
      tolerated: calls.filter(({ survived }) => survived !== undefined),
      ...(await this.next(classes)),
    };
  }

  private async next(classes: readonly RequestClass[]): Promise<Pick<OperationResult, 'next' | 'hasMore'>> {
    const { maxFaults, loadSolver } = this.options;
    const found = new Map<string, { readonly points: readonly number[]; requests: number }>();
    let hasMore = false;
    for (const each of classes) {
      const next = await nextFaults(each, maxFaults, loadSolver);
      hasMore ||= next.hasMore;
      for (const points of next.faultSets) {
        const known = found.get(points.join());
        if (known === undefined) found.set(points.join(), { points, requests: each.good });
        else known.requests += each.good;
      }
    }
    return { next: [...found.values()].sort(compareFaultSets), hasMore };
  }
}

function compareFaultSets(a: FaultSetResult, b: FaultSetResult): number {
  const first = a.points.findIndex((point, index) => point !== b.points[index]);
  return (
    b.requests - a.requests ||
    a.points.length - b.points.length ||
    (a.points[first] ?? 0) - (b.points[first] ?? 0)
  );
}

/** What classes of one operation have shown of each call, those first on which the most requests rest. */
function callResults(classes: readonly RequestClass[]): readonly CallResult[] {
  const rested = new Map<number, number>();
  const survived = new Map<number, Shown>();
  const fatal = new Map<number, Shown>();
  for (const each of classes) {
    for (const { points, count } of each.supports)
      for (const point of points) rested.set(point, (rested.get(point) ?? 0) + count);
    for (const evidence of each.survived)
      for (const point of evidence.points) show(survived, point, evidence, each);
    for (const evidence of each.fatal)
      if (evidence.points.length === 1) show(fatal, evidence.points[0], evidence, each);
  }
  return [...new Set([...rested.keys(), ...survived.keys(), ...fatal.keys()])]
    .map((point) => ({
      point,
      requests: rested.get(point) ?? 0,
      survived: survived.get(point),
      fatal: fatal.get(point),
    }))
    .sort((a, b) => b.requests - a.requests || a.point - b.point);
}

/** The trace that is shown is the first; and with it goes the one that is like it, but that nothing failed. */
function show(
  shown: Map<number, Shown>,
  point: number,
  { count, traceId }: CallSet,
  { regular }: RequestClass,
): void {
  const known = shown.get(point);
  shown.set(point, known ? { ...known, count: known.count + count } : { count, traceId, regular });
}

/** Operations with the points that they refer to, and those that these are called for, numbered anew from 0. */
function told(
  operations: readonly OperationResult[],
  points: CallPoints,
): Pick<Conclusions, 'operations' | 'points'> {
  const kept: CallPoint[] = [];
  const numbers = new Map<number, number>();
  const keep = (point: number): number => {
    const way: number[] = [];
    for (let at = point; at >= 0 && !numbers.has(at); at = points.at(at).parent) way.push(at);
    for (const each of way.reverse()) {
      const { parent } = points.at(each);
      const above = parent < 0 ? parent : numbers.get(parent)!;
      numbers.set(each, kept.push({ ...points.at(each), parent: above }) - 1);
    }
    return numbers.get(point)!;
  };
  const renumber = (calls: readonly CallResult[]) =>
    calls.map((call) => ({ ...call, point: keep(call.point) }));
  const renumbered = operations.map((operation) => ({
    ...operation,
    neverSurvived: renumber(operation.neverSurvived),
    tolerated: renumber(operation.tolerated),
    next: operation.next.map((set) => ({ ...set, points: set.points.map(keep) })),
  }));
  return { operations: renumbered, points: kept };
}
