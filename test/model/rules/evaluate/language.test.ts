/** Every feature of the language in one small run each, worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../src/injector/faults.js';
import { history } from './runs.js';

interface Case {
  readonly what: string;
  readonly text: string;
  /** The tuples of `q` at each time from 1 to EOT. */
  readonly q: readonly (readonly string[])[];
  readonly faults?: readonly Fault[];
}

const lost = (from: string, to: string, time: number): Fault => ({ kind: 'omission', from, to, time });
const crash = (node: string, time: number): Fault => ({ kind: 'crash', node, time });

/** Ends every case, so that `q` is known where nothing derives it. */
const T = 't("a")@1; t(X)@next :- t(X);';
const SCORES = 's("a", "x", 3)@1; s("a", "y", 3)@1; s("a", "z", 0 - 8)@1; s("b", "x", 5)@1;';

const groups: Readonly<Record<string, readonly Case[]>> = {
  'time passes so that': [
    { what: 'a fact holds at its time only', text: 'q("a")@2;', q: [[], ['a'], []] },
    { what: 'a fact after EOT is never seen', text: 'q("a")@1; q("b")@4;', q: [['a'], [], []] },
    {
      what: 'a frame goes on one timestep at a time',
      text: 'q("a", 0)@1; q(X, N + 1)@next :- q(X, N);',
      q: [['a 0'], ['a 1'], ['a 2']],
    },
    {
      what: 'a deduction holds at the time of its body',
      text: `${T} q(X) :- t(X), notin t(X)@2;`,
      q: [['a'], [], []],
    },
    {
      what: 'an absolute time is seen from then on',
      text: `p("a")@2; ${T} q(X) :- t(X), p(X)@2;`,
      q: [[], ['a'], ['a']],
    },
    {
      what: 'nothing is absent from an absolute time for good before it has passed',
      text: `p("a")@2; ${T} q(X) :- t(X), notin p(X)@2;`,
      q: [['a'], [], []],
    },
    {
      what: 'an absolute time after EOT shows nothing',
      text: `p("a")@9; ${T} q(X) :- t(X), p(X)@9;`,
      q: [[], [], []],
    },
  ],
  'a message': [
    {
      what: 'arrives at the next time, and not after EOT',
      text: 'p("a", "b")@1; p("a", "b")@3; q(Y, X)@async :- p(X, Y);',
      q: [[], ['b a'], []],
    },
    {
      what: 'is lost with its channel at its time',
      text: 'p("a", "b")@1; p(X, Y)@next :- p(X, Y); q(Y, X)@async :- p(X, Y);',
      faults: [lost('a', 'b', 1), lost('b', 'a', 2)],
      q: [[], [], ['b a']],
    },
    {
      what: 'is not sent from a crash on',
      text: 'p("a", "b")@1; p(X, Y)@next :- p(X, Y); q(Y, X)@async :- p(X, Y);',
      faults: [crash('a', 2)],
      q: [[], ['b a'], []],
    },
    {
      what: 'to oneself is never lost',
      text: 'q("a")@1; q(X)@async :- q(X);',
      faults: [crash('a', 1)],
      q: [['a'], ['a'], ['a']],
    },
    {
      what: 'comes from the location of the first positive atom',
      text: 'p("a")@1; r("b")@1; q("c")@async :- notin q("c"), p(X), r(Y);',
      faults: [lost('b', 'c', 1), lost('c', 'a', 1)],
      q: [[], ['c'], []],
    },
    {
      what: 'has a sender where its location is a wildcard',
      text: 'p("a")@1; p("b")@1; q("c")@async :- p(_);',
      faults: [lost('a', 'c', 1), lost('b', 'c', 1)],
      q: [[], [], []],
    },
    {
      what: 'that several nodes send arrives if one of them gets through',
      text: 'p("a")@1; p("b")@1; q("c")@async :- p(_);',
      faults: [lost('a', 'c', 1)],
      q: [[], ['c'], []],
    },
  ],
  'a crash': [
    {
      what: 'is known to all at all times',
      text: `${T} q(X, N, At) :- t(X), crash(X, N, At);`,
      faults: [crash('c', 2)],
      q: [['a c 2'], ['a c 2'], ['a c 2']],
    },
    {
      what: 'leaves what a node derives for itself',
      text: `${T} q(X) :- t(X);`,
      faults: [crash('a', 1)],
      q: [['a'], ['a'], ['a']],
    },
  ],
  'a body': [
    {
      what: 'joins on shared variables, within one atom too',
      text: 'p("a", 1)@1; p("a", 2)@1; r("a", 2, 2)@1; r("a", 1, 2)@1; q(X, N) :- p(X, N), r(X, N, N);',
      q: [['a 2'], [], []],
    },
    {
      what: 'reads other locations',
      text: 'p("a")@1; r("b")@1; q(Y, X) :- p(X), r(Y);',
      q: [['b a'], [], []],
    },
    {
      what: 'matches constants and expressions by value, wherever their variables are bound',
      text: 'p("a", 3)@1; r("a", 2)@1; r("a", 3)@1; q(X, N) :- p(X, N + 1), r(X, N), p("a", 3);',
      q: [['a 2'], [], []],
    },
    {
      what: 'lets notin look for expressions',
      text: 'p("a", 3)@1; r("a", 2)@1; r("a", 3)@1; q(X, N) :- r(X, N), notin p(X, N + 1);',
      q: [['a 3'], [], []],
    },
    {
      what: 'lets a wildcard in notin range over all facts',
      text: 'n("a")@1; n("b")@1; p("a", 1)@1; q(X) :- n(X), notin p(X, _);',
      q: [['b'], [], []],
    },
    {
      what: 'compares integers by size',
      text: 'p("a", 9)@1; p("a", 10)@1; q(X, N) :- p(X, N), N < 10, N != 10, 9 <= N, N >= 9, N == 9;',
      q: [['a 9'], [], []],
    },
    {
      what: 'compares strings by code units',
      text: 'p("a", "9")@1; p("a", "10")@1; p("a", "Z")@1; p("a", "a")@1; q(X, S) :- p(X, S), S > "9";',
      q: [['a Z', 'a a'], [], []],
    },
    {
      what: 'calculates with precedence, from the left, truncating towards zero, with one zero',
      text: 'p("a", 7, 2)@1; q(X, (M - 2 * M) / N, 10 - M - N, (M - M) * (N - 3), M / N * N) :- p(X, M, N);',
      q: [['a -3 1 0 6'], [], []],
    },
  ],
  'an aggregate': [
    {
      what: 'groups by the other columns',
      text: `${SCORES} q(X, count<N>, sum<N>, min<N>, max<N>, avg<N>) :- s(X, S, N);`,
      q: [['a 3 -2 -8 3 0', 'b 1 5 5 5 5'], [], []],
    },
    {
      what: 'ranges over distinct bindings of variables, not of wildcards',
      text: `${SCORES} q(X, count<N>, sum<N>) :- s(X, _, N);`,
      q: [['a 2 -5', 'b 1 5'], [], []],
    },
    {
      what: 'truncates an average towards zero',
      text: `${SCORES} q(X, avg<N>) :- s(X, _, N);`,
      q: [['a -2', 'b 5'], [], []],
    },
    {
      what: 'finds the least and greatest string by code units',
      text: `${SCORES} q("a", min<S>, max<S>) :- s(_, S, _);`,
      q: [['a x z'], [], []],
    },
    {
      what: 'has no group where nothing contributes',
      text: `${SCORES} q(X, count<N>) :- s(X, S, N), N > 5;`,
      q: [[], [], []],
    },
    {
      what: 'sees all that other rules derive',
      text: 'p("a", 1)@1; r(X, N) :- p(X, N); r(X, N + 1) :- r(X, N), N < 4; q(X, sum<N>) :- r(X, N);',
      q: [['a 10'], [], []],
    },
    {
      what: 'in a message is its sender’s own',
      text: 'p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; q("c", sum<N>)@async :- p(X, N);',
      q: [[], ['c 3', 'c 5'], []],
    },
    {
      what: 'of the last timestep is carried on',
      text: 'p("a", 1)@1; p("a", 2)@1; q(X, max<N>)@next :- p(X, N);',
      q: [[], ['a 2'], []],
    },
  ],
  'a timestep': [
    {
      what: 'closes recursion, through rules that feed one another',
      text: 'e("a", "b")@1; e("b", "c")@1; e("c", "a")@1; p(X, Y) :- e(X, Y); p(X, Z) :- q(X, Y), e(Y, Z); q(X, Y) :- p(X, Y), X != "b", X != "c";',
      q: [['a a', 'a b', 'a c'], [], []],
    },
    {
      what: 'negates what is complete, whatever the order of rules',
      text: 'q(X) :- n(X), notin r(X); r(X) :- p(X); r(Y) :- r(X), e(X, Y); n("a")@1; n("b")@1; n("c")@1; p("a")@1; e("a", "b")@1;',
      q: [['c'], [], []],
    },
    {
      what: 'has an order of its own where absolute times are read',
      text: `${T} p(X) :- t(X), notin q(X)@2; q(X) :- t(X), notin p(X)@3;`,
      q: [['a'], ['a'], ['a']],
    },
  ],
};

describe.each(Object.entries(groups))('%s', (_, cases) => {
  it.each(cases)('$what', ({ text, q, faults = [] }) => {
    expect(history(text, 'q', q.length, faults)).toEqual(q);
  });
});
