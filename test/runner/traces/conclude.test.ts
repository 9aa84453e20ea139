/** What traces of a small shop say: of retries, fallbacks and what is ignored. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPredicate } from '../../../src/lineage/traces/predicate.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { TraceSet } from '../../../src/lineage/traces/trace-set.js';
import { nameOfCall } from '../../../src/report/text/traces/calls.js';
import { concludeFrom, type ConcludeOptions } from '../../../src/runner/traces/conclude.js';
import { nextFaults } from '../../../src/runner/traces/next-faults.js';
import type { Conclusions } from '../../../src/runner/traces/result.js';
import { loadBackend } from '../../../src/solver/backends.js';
import { span, spanId, START } from '../../lineage/traces/spans.js';

const loadSolver = () => loadBackend('minisat');

/** Calls of the shop in their order: the name of a service, with `!` where it fails. */
function request(calls: string, { failed = false, number = 1 } = {}): readonly Span[] {
  const traceId = number.toString(16).padStart(32, '0');
  const root = span({
    traceId,
    spanId: spanId(1),
    kind: 'server',
    name: 'GET /cart',
    status: failed ? 'error' : 'unset',
  });
  return [
    root,
    ...calls
      .split(' ')
      .filter(Boolean)
      .map((call, index) =>
        span({
          traceId,
          spanId: spanId(index + 2),
          parentId: spanId(1),
          kind: 'client',
          name: 'get',
          start: START + BigInt(index),
          status: call.endsWith('!') ? 'error' : 'unset',
          attributes: new Map([['peer.service', call.replace('!', '')]]),
        }),
      ),
  ];
}

/** A request that failed stands after `failed:`. */
async function conclude(
  lines: readonly string[],
  options: Partial<ConcludeOptions> = {},
): Promise<Conclusions> {
  const traces = new TraceSet(() => true);
  for (const [index, line] of lines.entries()) {
    const calls = line.replace('failed:', '');
    const spans = request(calls, { failed: calls !== line, number: index + 1 });
    traces.add('otlp-json', [spans]);
  }
  const defaults = { where: undefined, outcome: undefined, maxFaults: 2, strict: false, loadSolver };
  const { conclusions } = await concludeFrom(traces, { ...defaults, ...options });
  return conclusions!;
}

/** What is told of the one operation, by names of services. */
async function told(lines: readonly string[], options: Partial<ConcludeOptions> = {}) {
  const { operations, points } = await conclude(lines, options);
  const [{ neverSurvived, tolerated, next }] = operations;
  const name = (point: number) =>
    nameOfCall(points[point])
      .replace(/^shop -> /, '')
      .replace(' get', '');
  return {
    never: neverSurvived.map(
      ({ point, requests, fatal }) => `${name(point)} ${requests}${fatal ? ' fatal' : ''}`,
    ),
    tolerated: tolerated.map(({ point, survived }) => `${name(point)} ${Number(survived!.traceId)}`),
    next: next.map(({ points: set, requests }) => `${set.map(name).join(' and ')}: ${requests}`),
  };
}

describe('what traces say', () => {
  it('is that every call may be a single point of failure, until one is seen to be survived', async () => {
    expect(await told(['price ads', 'price ads'])).toEqual({
      never: ['price 2', 'ads 2'],
      tolerated: [],
      next: ['price: 2', 'ads: 2'],
    });
    expect(await told(['price ads', 'price ads!'])).toEqual({
      never: ['price 2'],
      tolerated: ['ads 2'],
      next: ['price: 2'],
    });
  });

  it('is that a retry is survived as often as it was seen, and what to fail with it', async () => {
    expect(await told(['price', 'price! price'])).toEqual({
      never: [],
      tolerated: ['price 2'],
      next: ['price and price, 2nd: 2'],
    });
  });

  it('is that a fallback stands in for what failed', async () => {
    expect(await told(['bookmarks list', 'bookmarks! trending list'])).toEqual({
      never: ['list 2'],
      tolerated: ['bookmarks 2'],
      next: ['list: 2', 'bookmarks and trending: 2'],
    });
    expect((await told(['bookmarks', 'bookmarks! trending'], { maxFaults: 1 })).next).toEqual([]);
  });

  it('is which calls fail their requests, alone and together', async () => {
    expect(await told(['price', 'failed:price!'])).toEqual({
      never: ['price 1 fatal'],
      tolerated: [],
      next: [],
    });
    expect(await told(['failed:price!'])).toEqual({ never: ['price 0 fatal'], tolerated: [], next: [] });
    // Known to be fatal together, and so nothing to try.
    expect((await told(['a', 'a! b', 'failed:a! b!'])).next).toEqual([]);
  });

  it('is told apart by how requests go while nothing fails', async () => {
    const { operations } = await conclude(['cache', 'cache database', 'cache database']);
    expect(operations).toMatchObject([{ requests: 3, good: 3, classes: 2 }]);
    expect((await told(['cache', 'cache database', 'cache database'])).never).toEqual([
      'cache 3',
      'database 2',
    ]);
  });

  it('is of the requests that are asked for, and of the outcome that is asked for', async () => {
    const where = readPredicate('call ~ "ads"');
    expect(await conclude(['price', 'price ads'], { where })).toMatchObject({ requests: 1, allRequests: 2 });
    const outcome = readPredicate('not failure ~ "ads"');
    expect((await told(['price ads', 'price ads!'], { outcome })).never).toEqual(['price 1', 'ads 1 fatal']);
  });

  it('is nothing where traces are flawed and nothing is to be concluded of such', async () => {
    const traces = new TraceSet(() => true);
    traces.add('otlp-json', [[span({ spanId: '1' })]]);
    const options = { where: undefined, outcome: undefined, maxFaults: 2, loadSolver };
    expect((await concludeFrom(traces, { ...options, strict: true })).conclusions).toBeUndefined();
    expect((await concludeFrom(traces, { ...options, strict: false })).conclusions).toBeDefined();
  });

  it('is that a service does not pass the context on that writes spans elsewhere', async () => {
    const traces = new TraceSet(() => true);
    traces.add('otlp-json', [
      request('price'),
      [span({ spanId: spanId(9), traceId: 'f'.repeat(32), service: 'price' })],
    ]);
    const { health } = await concludeFrom(traces, {
      where: undefined,
      outcome: undefined,
      maxFaults: 2,
      strict: false,
      loadSolver,
    });
    expect(health.flaws).toMatchObject([{ kind: 'lost-context', count: 1 }]);
  });
});

describe('what to fail next', () => {
  it('are the minimal sets that meet every support and are not known, by trying all', async () => {
    const sets = fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        sets.filter((each) => each.length > 0),
        sets,
        fc.integer({ min: 1, max: 3 }),
        async (supports, fatal, most) => {
          const evidence = (points: readonly number[]) => ({
            points: points.toSorted((a, b) => a - b),
            count: 1,
            traceId: '',
          });
          const found = await nextFaults(
            {
              count: 1,
              good: 1,
              traceId: '',
              regular: undefined,
              supports: supports.map(evidence),
              survived: [],
              fatal: fatal.map(evidence),
            },
            most,
            loadSolver,
          );
          expect(found.hasMore).toBe(false);
          const meets = (set: readonly number[]) =>
            supports.every((each) => each.some((point) => set.includes(point)));
          const all = Array.from({ length: 64 }, (_, bits) =>
            [0, 1, 2, 3, 4, 5].filter((point) => bits & (1 << point)),
          );
          const minimal = all.filter(
            (set) =>
              set.length <= most &&
              meets(set) &&
              !set.some((point) => meets(set.filter((each) => each !== point))) &&
              !fatal.some((known) => known.every((point) => set.includes(point))),
          );
          const keys = (each: readonly (readonly number[])[]) =>
            each.map((set) => set.toSorted((a, b) => a - b).join()).sort();
          expect(keys(found.faultSets)).toEqual(keys(minimal));
        },
      ),
    );
  });
});
