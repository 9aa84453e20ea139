/** A request of a trace is a run like any other. */
import { expect, it } from 'vitest';
import { requestsOf } from '../../../src/lineage/traces/requests.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { assembleTrace } from '../../../src/lineage/traces/trace.js';
import { runOfRequest } from '../../../src/runner/traces/run-of-request.js';
import { span, spanId, START, TRACE_ID } from '../../lineage/traces/spans.js';

const call = (number: number, name: string, given: Partial<Span> = {}) =>
  span({ spanId: spanId(number), parentId: spanId(1), kind: 'client', name, ...given });
const at = (milliseconds: number) => ({
  start: START + BigInt(milliseconds) * 1_000_000n,
  end: START + BigInt(milliseconds) * 1_000_000n + 1_000n,
});
const answer = (number: number, to: number, service: string) =>
  span({
    spanId: spanId(number),
    parentId: spanId(to),
    kind: 'server',
    service,
    name: 'asked',
    end: START + 1_000_000_000n,
  });

function runOf(spans: readonly Span[], good = true) {
  const root = span({ spanId: spanId(1), kind: 'server', name: 'GET /cart', end: START + 1_000_000_000n });
  const [request] = requestsOf(assembleTrace(TRACE_ID, [root, ...spans]));
  return runOfRequest(request, good);
}

it('has calls for messages, in the order in which their callers made them, and each below the one that it is for', () => {
  const attributes = new Map([['peer.service', 'pricing']]);
  const run = runOf([
    call(2, 'second', at(5)),
    answer(3, 2, 'stock'),
    // By another clock.
    call(4, 'inner', { ...at(1), service: 'stock', parentId: spanId(3), attributes }),
    call(5, 'first', { ...at(2), status: 'error', attributes }),
  ]);
  expect(run.nodes).toEqual(['shop', 'pricing', 'stock']);
  expect(
    run.messages.map(({ sent, from, to, name, fate, arrivals }) => [sent, from, to, name, fate, ...arrivals]),
  ).toEqual([
    [1, 'shop', 'pricing', 'first', 'lost'],
    [2, 'shop', 'stock', 'asked', 'delivered', 3],
    [3, 'stock', 'pricing', 'inner', 'delivered', 4],
  ]);
  expect(run.events.map(({ node, time }) => [node, time])).toEqual([['stock', 3]]);
  expect(run.messages.map(({ causal }) => causal)).toEqual([false, true, true]);
  expect(run.judgements).toEqual([{ kind: 'held', property: 'shop GET /cart' }]);
});

it('is violated where the outcome is not good, by the calls that failed for it', () => {
  const run = runOf([call(2, 'one', at(1)), call(3, 'other', { ...at(2), status: 'error' })], false);
  expect(run.judgements).toMatchObject([{ kind: 'violated', time: run.eot }]);
  expect(run.messages.map(({ name, causal }) => [name, causal])).toEqual([
    ['one', false],
    ['other', true],
  ]);
});

it('has no more calls than can be looked at, and says how many it leaves out', () => {
  const many = Array.from({ length: 250 }, (_, number) => call(number + 2, `call ${number}`, at(number)));
  const run = runOf(many);
  expect([run.messages.length, run.omitted, run.eot]).toEqual([200, 50, 201]);
});
