/**
 * Why a request ended as it did, as lineage like any other, so that it can be explained, and compared with that of
 * another request. What succeeded rests on the awaited calls that succeeded for it. A call that failed rests on those
 * that failed for it, or on nothing: failure began there. Whoever called one that failed may have gone on with less;
 * so an outcome that is not good rests on each failure that its caller did not pass on.
 */
import { LineageBuilder, type CallVertex, type Lineage, type VertexName } from '../lineage.js';
import type { TracedRequest } from './requests.js';

/** The lineage of a request, and which vertex each of its calls is. */
export interface RequestLineage {
  readonly lineage: Lineage;
  /** By the index of the call. */
  readonly vertices: readonly VertexName[];
}

/** @param good whether the outcome was good */
export function lineageOfRequest(request: TracedRequest, good: boolean): RequestLineage {
  const { calls, service, operation } = request;
  const { goal, made } = reasonsOf(request, good);
  const builder = new LineageBuilder();
  const vertices = new Array<VertexName>(calls.length);
  const root: CallVertex = {
    kind: 'call',
    node: service,
    time: calls.length + 1,
    from: undefined,
    name: operation,
    failed: !good,
  };
  // Those that are made for a call stand after it.
  for (let index = calls.length - 1; index >= 0; index--) {
    const { caller, callee, operation: name, failed } = calls[index];
    const time = calls.length - index;
    const vertex: CallVertex = { kind: 'call', node: callee, time, from: caller, name, failed };
    const because = made[index].map((each) => vertices[each]);
    vertices[index] = builder.add(nameOfVertex(vertex), vertex, because);
  }
  const because = goal.map((each) => vertices[each]);
  const goals = [builder.add(nameOfVertex(root), root, because)];
  const nodes = new Set([service, ...calls.flatMap(({ caller, callee }) => [caller, callee])]);
  return { lineage: builder.finish([...nodes], goals), vertices };
}

/** What the outcome and each call rest on, as indexes of calls. */
function reasonsOf(
  { calls }: TracedRequest,
  good: boolean,
): { readonly goal: readonly number[]; readonly made: readonly (readonly number[])[] } {
  const goal: number[] = [];
  const made = calls.map((): number[] => []);
  for (const [index, { parent, awaited, failed }] of calls.entries()) {
    if (!awaited) continue;
    const isForFailed = parent >= 0 && calls[parent].failed;
    if (parent >= 0 && failed === calls[parent].failed) made[parent].push(index);
    if (good ? parent < 0 && !failed : failed && !isForFailed) goal.push(index);
  }
  return { goal, made };
}

/** Equal requests have equal names: no other vertex has the same time. */
function nameOfVertex({ time, from, node, name }: CallVertex): VertexName {
  return `call ${time} ${JSON.stringify([from ?? null, node, name])}`;
}
