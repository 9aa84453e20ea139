import { describe, expect, it } from 'vitest';
import { PredicateError, readPredicate } from '../../../src/lineage/traces/predicate.js';
import { requestsOf } from '../../../src/lineage/traces/requests.js';
import { assembleTrace } from '../../../src/lineage/traces/trace.js';
import { span, spanId, START, TRACE_ID } from './spans.js';

const root = span({
  spanId: spanId(1),
  name: 'GET /cart',
  end: START + 250_000_000n,
  attributes: new Map<string, string | number>([
    ['user.tier', 'gold'],
    ['retry.count', 2],
  ]),
});
const failing = span({
  spanId: spanId(2),
  parentId: spanId(1),
  kind: 'client',
  name: 'GET /price',
  status: 'error',
  attributes: new Map([['peer.service', 'pricing']]),
});
const [request] = requestsOf(assembleTrace(TRACE_ID, [root, failing]));

describe('predicates of requests', () => {
  it.each([
    'service = "shop"',
    'service = shop and operation ~ cart',
    'latency >= 250ms and latency < 0.3s',
    'not failed',
    'calls = 1',
    'call = "shop -> pricing GET /price"',
    'failure ~ "pricing"',
    'call != "shop -> stock GET /stock"',
    'user.tier = gold',
    'retry.count > 1 and retry.count <= 2',
    'no.such != 1',
    'failed or calls = 2 or (calls = 1 and not failed)',
    'not (failed or failed) and not not calls != 5',
  ])('%s', (text) => {
    expect(readPredicate(text).holds(request)).toBe(true);
    expect(readPredicate(`not (${text})`).holds(request)).toBe(false);
  });

  it('name the attributes that they look at', () => {
    expect([...readPredicate('user.tier = gold or a.b = 1').attributes]).toEqual(['user.tier', 'a.b']);
  });

  it.each([
    ['', 0, 'expected a field'],
    ['latency', 7, 'expected an operator'],
    ['latency > 5', 10, 'expected a time with its unit'],
    ['latency > fast', 10, 'expected a time with its unit'],
    ['speed > 5', 0, 'expected failed, service'],
    ['constructor = 1', 0, 'expected failed, service'],
    ['service =', 9, 'expected a number, or a text'],
    ['(failed', 7, 'expected `)`'],
    ['failed failed', 7, 'expected `and`, `or`, or the end'],
    ['service = "a', 9, 'no part of a predicate'],
    ['a.b toString 1', 4, 'expected an operator'],
  ])('say what is wrong with %j', (text, at, message) => {
    let thrown: unknown;
    try {
      readPredicate(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PredicateError);
    expect(thrown).toMatchObject({ at, message: expect.stringContaining(message) as unknown });
  });
});
