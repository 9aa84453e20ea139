/** Operations without a value are errors where they really occur, and nowhere else. */
import { describe, expect, it } from 'vitest';
import { EvaluationError, TooManyTuples } from '../../../../src/model/rules/evaluate/errors.js';
import { loadBackend } from '../../../../src/solver/backends.js';
import { history, run, runUnderAll, tuplesAt, type Ran } from './runs.js';

const BOUNDS = { eot: 3, eff: 2, crashes: 1 };

const backend = await loadBackend('minisat');

/** The run without faults, and those over all fault sets with a diagram and without. */
const ways: readonly { readonly way: string; readonly go: (text: string) => Ran }[] = [
  { way: 'a concrete run', go: (text) => run(text, BOUNDS.eot) },
  {
    way: 'the run over all fault sets, by diagram',
    go: (text) => runUnderAll(text, BOUNDS, backend.create(), 100_000),
  },
  {
    way: 'the run over all fault sets, by circuit',
    go: (text) => runUnderAll(text, BOUNDS, backend.create(), 0),
  },
];

function errorOf(go: () => unknown): { problem: string; at: string; time: number } {
  try {
    go();
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { problem, span, time } = error;
    return { problem: problem.kind, at: span.source.text.slice(span.start, span.end), time };
  }
  throw new Error('there was no error');
}

const LARGEST = 'p("a", 9007199254740991)@1;';
const ZERO = 'p("a", 0)@1; p(X, N)@next :- p(X, N);';

describe.each(ways)('in $way', ({ go }) => {
  it.each([
    ['division in a head', 'p("a", 0)@2; q(X, 1 + 7 / N) :- p(X, N);', 'division by zero', '7 / N', 2],
    ['division in a comparison', 'p("a", 0)@1; q(X) :- p(X, N), 1 / N > 0;', 'division by zero', '1 / N', 1],
    ['division in a premise', 'p("a", 0)@1; q(X) :- p(X, N), p(X, 4 / N);', 'division by zero', '4 / N', 1],
    ['division in notin', 'p("a", 0)@1; q(X) :- p(X, N), notin p(X, 4 / N);', 'division by zero', '4 / N', 1],
    [
      'division in a message, though it is lost in some runs',
      'p("a", 0)@2; q("b", 1 / N)@async :- p(X, N);',
      'division by zero',
      '1 / N',
      2,
    ],
    ['division in a group', 'p("a", 0)@1; q(X, 1 / N, count<N>) :- p(X, N);', 'division by zero', '1 / N', 1],
    ['a sum past 2^53', `${LARGEST} q(X, N + 1) :- p(X, N);`, 'integer overflow', 'N + 1', 1],
    ['a difference below it', `${LARGEST} q(X, 0 - N - 1) :- p(X, N);`, 'integer overflow', '0 - N - 1', 1],
    ['a product past it', `${LARGEST} q(X) :- p(X, N), N * N > 1;`, 'integer overflow', 'N * N', 1],
    [
      'an aggregate past it',
      `${LARGEST} p("a", 1)@1; q(X, sum<N>) :- p(X, N);`,
      'integer overflow',
      'q(X, sum<N>)',
      1,
    ],
    ['a message to what is no node', 'p("a", "none")@2; q(Y)@async :- p(_, Y);', 'missing node', 'q(Y)', 2],
    [
      'a message from what is no node',
      'p("none", "a")@1; p(X, Y)@next :- p(X, Y); q(Y)@async :- p(X, Y), notin r(Y); r("a")@1;',
      'missing node',
      'q(Y)',
      2,
    ],
    ['a message to itself of what is no node', 'p("none")@1; q(X)@async :- p(X);', 'missing node', 'q(X)', 1],
    [
      'a message in a group to what is no node',
      'p("a", "none")@1; q(Y, count<X>)@async :- p(X, Y);',
      'missing node',
      'q(Y, count<X>)',
      1,
    ],
  ])('%s is told with its place and time', (_, text, problem, at, time) => {
    expect(errorOf(() => go(text))).toEqual({ problem, at, time });
  });

  it.each([
    ['a comparison before it', `${ZERO} q(X, 1 / N) :- p(X, N), N != 0;`],
    ['a comparison after it', `${ZERO} q(X) :- p(X, N), 1 / N > 0, N != 0;`],
    ['a premise after it', `${ZERO} q(X) :- p(X, N), 1 / N > 0, ok(X); ok("b")@1;`],
    ['a premise after a notin of it', `${ZERO} q(X) :- p(X, N), notin p(X, 1 / N), ok(X); ok("b")@1;`],
    ['an absence', `${ZERO} q(X) :- p(X, N), 1 / N > 0, notin p(X, 0);`],
    [
      'crashes of more nodes than may crash',
      `${ZERO} q(X, 1 / N) :- p(X, N), crash(X, "a", _), crash(X, "b", _);`,
    ],
    [
      'such crashes, in a group',
      `${ZERO} q(X, 1 / N, count<N>) :- p(X, N), crash(X, "a", _), crash(X, "b", _);`,
    ],
    [
      'such crashes, in a sum',
      `${LARGEST} r(X, N) :- p(X, N); r(X, 1) :- p(X, _), crash(X, "a", _), crash(X, "b", _);
       s(X, sum<N>) :- r(X, N); q(X) :- s(X, N), N == 1;`,
    ],
    [
      'a message to no node, by a comparison',
      'p("a", "none")@1; m(Y)@async :- p(_, Y), Y != "none"; q(X) :- m(X);',
    ],
    [
      'a message from no node, by an absence',
      'p("none", "b")@1; off("none")@1; m(Y)@async :- p(X, Y), notin off(X); q(X) :- m(X);',
    ],
    [
      'a message to no node, by crashes of more nodes than may crash',
      'p("a", "none")@1; m(Y)@async :- p(X, Y), crash(X, "a", _), crash(X, "b", _); q(X) :- m(X);',
    ],
    [
      'such a message, in a group',
      `p("a", "none")@1; m(Y, count<X>)@async :- p(X, Y), crash(X, "a", _), crash(X, "b", _);
       q(X) :- m(X, _);`,
    ],
  ])('it is no error where it is kept from happening by %s', (_, text) => {
    expect(tuplesAt(go(text), 'q', 3)).toEqual([]);
  });

  it('a sum may leave the range on its way, and an average does not need it', () => {
    const text = `${LARGEST} p("a", 9007199254740990)@1; p("a", 0 - 9007199254740991)@1;
      q(X, sum<N>) :- p(X, N); r(X, avg<N>) :- p(X, N), N > 0;`;
    expect(tuplesAt(go(text), 'q', 1)).toEqual(['a 9007199254740990']);
    expect(tuplesAt(go(text), 'r', 1)).toEqual(['a 9007199254740990']);
  });
});

describe('over all fault sets', () => {
  const guarded = 'p("a", 0)@1; p(X, N)@next :- p(X, N); q(X, 1 / N) :- p(X, N), crash(X, "a", _);';

  it('an error that takes a fault is one', () => {
    expect(history(guarded, 'q')).toEqual([[], [], []]);
    for (const diagramLimit of [0, 100_000]) {
      const go = () => runUnderAll(guarded, BOUNDS, backend.create(), diagramLimit);
      expect(errorOf(go)).toEqual({ problem: 'division by zero', at: '1 / N', time: 1 });
    }
  });

  it('and is none where no fault of its kind is admissible', () => {
    for (const diagramLimit of [0, 100_000]) {
      const ran = runUnderAll(guarded, { ...BOUNDS, crashes: 0 }, backend.create(), diagramLimit);
      expect(tuplesAt(ran, 'q', 3)).toEqual([]);
    }
  });
});

describe('recursion without end in one timestep', () => {
  const endless = [
    ['a counter', 'p("a", 0)@1; p(X, N + 1) :- p(X, N);'],
    ['two that feed each other', 'p("a", 0)@1; q(X, N + 1) :- p(X, N); p(X, N + 1) :- q(X, N);'],
    ['one that a message starts', 'r("a", "b")@1; p(Y, 0)@async :- r(X, Y); p(X, N + 1) :- p(X, N);'],
    ['an aggregate of another', 'r("a", 1)@1; p(X, count<N>) :- r(X, N); p(X, N * 2) :- p(X, N), N < N * 2;'],
  ] as const;

  it.each(endless)('of %s is ended at the limit of tuples, or where integers end', (_, text) => {
    const limited = { tupleLimit: 3_000 };
    const endings = [
      () => run(text, 3, [], limited),
      () => runUnderAll(text, BOUNDS, backend.create(), 100_000, limited),
      () => runUnderAll(text, BOUNDS, backend.create(), 0, limited),
    ].map((go) => {
      try {
        go();
        return 'went on';
      } catch (error) {
        return error instanceof TooManyTuples
          ? error.message
          : errorOf(() => {
              throw error;
            }).problem;
      }
    });
    expect(new Set(endings).size).toBe(1);
    expect(endings[0]).toMatch(/^relation [pq] has more than 3000 tuples at time \d$|^integer overflow$/);
  });

  it('is told by name and limit, at the default limit too', () => {
    expect(() => run(endless[0][1], 1)).toThrow(
      expect.objectContaining({ name: 'TooManyTuples', relation: 'p', limit: 500_000 }),
    );
  });

  it('is none where it ends', () => {
    expect(history('p("a", 0)@1; p(X, N + 1) :- p(X, N), N < 3;', 'p', 1)).toEqual([
      ['a 0', 'a 1', 'a 2', 'a 3'],
    ]);
  });
});
