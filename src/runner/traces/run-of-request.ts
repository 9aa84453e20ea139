/**
 * A request as a run like any other, so that it is drawn as they are: services are nodes, calls are messages, one at each
 * time, spans of servers are receipts, and the outcome is what is judged. Clocks of services differ, so that times are
 * only the order in which calls were made: each after the one that it was made for, and those of one caller by its clock.
 */
import type { Course, Message, NodeEvent, PropertyJudgement } from '../../injector/run.js';
import type { Call } from '../../lineage/traces/calls.js';
import { lineageOfRequest } from '../../lineage/traces/lineage-of-request.js';
import { pastOf } from '../../lineage/lineage.js';
import { groupBy } from '../../model/group.js';
import type { TracedRequest } from '../../lineage/traces/requests.js';

/** A request of a trace, to be drawn. */
export interface RequestRun extends Course<PropertyJudgement> {
  readonly traceId: string;
  /** What was asked of which service. */
  readonly title: string;
  /** Calls that are too many to be drawn. */
  readonly omitted: number;
}

/** The most calls that are drawn. */
const MOST = 200;

/** @param good whether the outcome was good */
export function runOfRequest(request: TracedRequest, good: boolean): RequestRun {
  const { calls, service, operation, traceId } = request;
  const order = inOrder(calls).slice(0, MOST);
  const eot = order.length + 1;
  const { lineage, vertices } = lineageOfRequest(request, good);
  const past = pastOf(lineage);
  const title = `${service} ${operation}`;
  const drawn = order.map((index) => calls[index]);
  return {
    traceId,
    title,
    omitted: calls.length - order.length,
    nodes: [...new Set([service, ...drawn.flatMap(({ caller, callee }) => [caller, callee])])],
    eot,
    faults: [],
    messages: order.map((index, place) =>
      messageOf(calls[index], idOf(index), place + 1, past.has(vertices[index])),
    ),
    events: order.flatMap((index, place) => receiptsOf(calls[index], idOf(index), place + 2)),
    judgements: [
      good
        ? { kind: 'held', property: title }
        : { kind: 'violated', property: title, time: eot, reason: 'the outcome is not good' },
    ],
  };
}

function idOf(call: number): string {
  return `call ${call}`;
}

function messageOf(
  { caller, callee, operation, failed }: Call,
  id: string,
  sent: number,
  causal: boolean,
): Message {
  return {
    id,
    from: caller,
    to: callee,
    sent,
    arrivals: failed ? [] : [sent + 1],
    fate: failed ? 'lost' : 'delivered',
    name: operation,
    payload: {},
    causal,
  };
}

/** What the callee tells of a call, if it does. */
function receiptsOf(
  { callee, parent, instrumented }: Call,
  message: string,
  time: number,
): readonly NodeEvent[] {
  if (!instrumented) return [];
  const causes = parent < 0 ? [] : [`receipt of ${idOf(parent)}`];
  return [{ id: `receipt of ${message}`, node: callee, time, causes, kind: 'receipt', message }];
}

/** Indexes of calls: each before those that are made for it, and these by the clock of their caller. */
function inOrder(calls: readonly Call[]): readonly number[] {
  const made = groupBy([...calls.keys()], (index) => calls[index].parent);
  const below = (call: number) =>
    (made.get(call) ?? []).toSorted((a, b) => compareStarts(calls[a], calls[b]) || a - b);
  const order: number[] = [];
  // Depth does not matter: traces may be deeper than functions may call each other.
  const open = [...below(-1)].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    order.push(next);
    open.push(...below(next).reverse());
  }
  return order;
}

/** What does not say when it began comes after what does. */
function compareStarts({ start: a }: Call, { start: b }: Call): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : a > b ? 1 : 0;
}
