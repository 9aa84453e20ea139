/** The meaning of the language, one small run at a time, worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { Crash, FaultSet, Omission } from '../../src/injector/faults.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { judgeRun } from './dedalus.js';
import { programOf } from './program-of.js';

const nodes = ['a', 'b', 'c'];

function crash(node: string, time: number): Crash {
  return { kind: 'crash', node, time };
}

function omission(from: string, to: string, time: number): Omission {
  return { kind: 'omission', from, to, time };
}

/** The tuples of a relation at each time from 1 to EOT, each as its columns joined by a space. */
function history(
  text: string,
  relation: string,
  eot = 3,
  faults: FaultSet = [],
): readonly (readonly string[])[] {
  const run = judgeRun(programOf(text), { nodes, eot }, faults);
  return Array.from({ length: eot }, (_, index) => {
    const facts = [...run.facts(index + 1)].map((key) => JSON.parse(key) as (string | number)[]);
    return facts
      .filter(([name]) => name === relation)
      .map(([, ...tuple]) => tuple.join(' '))
      .sort();
  });
}

/** The same for one time, of a program whose facts all stand at time 1. */
function atTime1(text: string, relation: string): readonly string[] {
  return history(text, relation, 1)[0];
}

describe('time', () => {
  it('lets a fact hold at its own time only', () => {
    expect(history('p("a")@2;', 'p')).toEqual([[], ['a'], []]);
  });

  it('carries @next one step at a time', () => {
    expect(history('p("a", 0)@1; p(X, N + 1)@next :- p(X, N);', 'p')).toEqual([['a 0'], ['a 1'], ['a 2']]);
  });

  it('reads an absolute time from then on, and nothing before it', () => {
    expect(history('p("a")@2; tick("a")@1; tick(X)@next :- tick(X); q(X) :- tick(X), p(X)@2;', 'q')).toEqual([
      [],
      ['a'],
      ['a'],
    ]);
  });

  it('holds notin of an absolute time before it', () => {
    const text = 'p("a")@2; tick("a")@1; tick(X)@next :- tick(X); q(X) :- tick(X), notin p(X)@2;';
    expect(history(text, 'q')).toEqual([['a'], [], []]);
  });

  it('reads what is derived at an absolute time, in that timestep too', () => {
    const text = 'p("a")@2; q(X) :- p(X); r(X) :- p(X), notin q(X)@2; s(X) :- p(X), q(X)@2;';
    expect(history(text, 'r')).toEqual([[], [], []]);
    expect(history(text, 's')).toEqual([[], ['a'], []]);
  });
});

describe('messages', () => {
  const broadcast =
    'p("a")@1; to("a", "b")@1; to("a", "c")@1; p(X)@next :- p(X); to(X, Y)@next :- to(X, Y); m(Y, X)@async :- p(X), to(X, Y);';

  it('arrive at the next time, until EOT', () => {
    expect(history(broadcast, 'm')).toEqual([[], ['b a', 'c a'], ['b a', 'c a']]);
  });

  it('are lost on the channel and at the time of an omission', () => {
    expect(history(broadcast, 'm', 3, [omission('a', 'b', 1)])).toEqual([[], ['c a'], ['b a', 'c a']]);
    expect(history(broadcast, 'm', 3, [omission('b', 'a', 1)])).toEqual(history(broadcast, 'm'));
  });

  it('are not sent from the time of a crash on', () => {
    expect(history(broadcast, 'm', 4, [crash('a', 2)])).toEqual([[], ['b a', 'c a'], [], []]);
    expect(history(broadcast, 'm', 3, [crash('b', 1)])).toEqual(history(broadcast, 'm'));
  });

  it('to oneself survive a crash', () => {
    const text = 'p("a")@1; p(X)@async :- p(X);';
    expect(history(text, 'p', 3, [crash('a', 1)])).toEqual([['a'], ['a'], ['a']]);
  });

  it('go from the location of the first positive atom', () => {
    const text = 'p("a")@1; q("b")@1; m("c")@async :- notin r("c"), p(X), q(Y); r("c")@3;';
    expect(history(text, 'm', 2, [omission('a', 'c', 1)])).toEqual([[], []]);
    expect(history(text, 'm', 2, [omission('b', 'c', 1), omission('c', 'a', 1)])).toEqual([[], ['c']]);
  });

  it('that several senders send arrive if one of them arrives', () => {
    const text = 'p("a")@1; p("b")@1; m("c")@async :- p(X);';
    expect(history(text, 'm', 2, [omission('a', 'c', 1)])).toEqual([[], ['c']]);
    expect(history(text, 'm', 2, [omission('a', 'c', 1), crash('b', 1)])).toEqual([[], []]);
  });
});

describe('crash', () => {
  it('holds at every time for every observer', () => {
    const text = 'tick("a")@1; tick("b")@1; tick(X)@next :- tick(X); q(X, N, T) :- tick(X), crash(X, N, T);';
    const everywhere = ['a c 2', 'b c 2'];
    expect(history(text, 'q', 3, [crash('c', 2)])).toEqual([everywhere, everywhere, everywhere]);
  });

  it('lets the crashed node go on deriving and hearing', () => {
    const text = 'p("a")@1; p(X)@next :- p(X); m("b")@async :- p("a"); q(X) :- m(X), notin r(X); r("c")@1;';
    expect(history(text, 'q', 3, [crash('b', 1)])).toEqual([[], ['b'], ['b']]);
  });
});

describe('crash within a timestep', () => {
  const crashing = (after: number) => [{ ...crash('a', 1), after }];

  it('lets messages leave by the first rule that sends their relation, then by their values', () => {
    const text =
      's("a", "c", 10)@1; s("a", "c", 9)@1; s("a", "b", 9)@1; m(Y, N)@async :- s(X, Y, N), N > 9; n(Y, N)@async :- s(X, Y, N), N < 10; m(Y, N)@async :- s(X, Y, N), N < 10;';
    const sent = (after: number) => ['m', 'n'].map((name) => history(text, name, 2, crashing(after))[1]);
    expect(sent(1)).toEqual([['b 9'], []]);
    expect(sent(2)).toEqual([['b 9', 'c 9'], []]);
    expect(sent(3)).toEqual([['b 9', 'c 10', 'c 9'], []]);
    expect(sent(4)).toEqual([['b 9', 'c 10', 'c 9'], ['b 9']]);
  });

  it('counts a message once, whichever rules send it, and none that a node sends to itself', () => {
    const text =
      's("a", 1)@1; m("a", N)@async :- s(X, N); m("b", N)@async :- s(X, N); m("b", N)@async :- s(X, N), N > 0; m("c", N)@async :- s(X, N);';
    expect(history(text, 'm', 2, crashing(1))[1]).toEqual(['a 1', 'b 1']);
    expect(history(text, 'm', 2, crashing(2))[1]).toEqual(['a 1', 'b 1', 'c 1']);
  });

  it('is a crash at that time', () => {
    const text = 't("b")@1; down(X, N, T) :- t(X), crash(X, N, T); m("b", 1)@async :- s(X); s("a")@2;';
    expect(history(text, 'down', 1, crashing(1))).toEqual([['b a 1']]);
    expect(history(text, 'm', 3, crashing(1))).toEqual([[], [], []]);
  });
});

describe('bodies', () => {
  it('join on shared variables, also within an atom', () => {
    expect(
      atTime1(
        'p("a", 1)@1; p("a", 2)@1; q("a", 2, 2)@1; q("a", 1, 2)@1; r(X, N) :- p(X, N), q(X, N, N);',
        'r',
      ),
    ).toEqual(['a 2']);
  });

  it('read other locations', () => {
    expect(atTime1('p("a")@1; q("b")@1; r(Y) :- p(X), q(Y);', 'r')).toEqual(['b']);
  });

  it('match an expression by its value, wherever its variables are bound', () => {
    expect(atTime1('p("a", 3)@1; q("a", 2)@1; q("a", 3)@1; r(X, N) :- p(X, N + 1), q(X, N);', 'r')).toEqual([
      'a 2',
    ]);
    expect(
      atTime1('p("a", 3)@1; q("a", 2)@1; q("a", 3)@1; r(X, N) :- q(X, N), notin p(X, N + 1);', 'r'),
    ).toEqual(['a 3']);
  });

  it('let a wildcard in notin range over all facts', () => {
    const text = 'n("a")@1; n("b")@1; p("a", 1)@1; r(X) :- n(X), notin p(X, _); s(X) :- n(X), notin p(_, 2);';
    expect(atTime1(text, 'r')).toEqual(['b']);
    expect(atTime1(text, 's')).toEqual(['a', 'b']);
  });

  it('compare integers as numbers and strings by code units', () => {
    expect(atTime1('p("a", 9)@1; p("a", 10)@1; r(X, N) :- p(X, N), N < 10;', 'r')).toEqual(['a 9']);
    expect(
      atTime1(
        'p("a", "9")@1; p("a", "10")@1; p("a", "Z")@1; p("a", "a")@1; r(X, S) :- p(X, S), S <= "9";',
        'r',
      ),
    ).toEqual(['a 10', 'a 9']);
    expect(atTime1('p("a", "Z")@1; p("a", "a")@1; r(X, S) :- p(X, S), S > "Z";', 'r')).toEqual(['a a']);
  });

  it('calculate with truncation towards zero and one zero', () => {
    const text = 'p("a", 7, 2)@1; q(X, (M - 2 * M) / N, M / N, (M - M) * (N - 3)) :- p(X, M, N);';
    expect(atTime1(text, 'q')).toEqual(['a -3 3 0']);
  });

  it('refuse what integers cannot say', () => {
    expect(() => atTime1('p("a", 0)@1; q(X, 1 / N) :- p(X, N);', 'q')).toThrow(RangeError);
    expect(() => atTime1('p("a", 9007199254740991)@1; q(X, N + 1) :- p(X, N);', 'q')).toThrow(RangeError);
    expect(() => atTime1('p("a", 0)@1; p(X, N + 1) :- p(X, N);', 'p')).toThrow(/more than 2000 facts/);
  });
});

describe('aggregates', () => {
  const scores = 'p("a", "x", 3)@1; p("a", "y", 3)@1; p("a", "z", 0 - 8)@1; p("b", "x", 5)@1;';

  it('group by the other columns', () => {
    expect(atTime1(`${scores} q(X, count<N>, sum<N>) :- p(X, S, N);`, 'q')).toEqual(['a 3 -2', 'b 1 5']);
    expect(atTime1(`${scores} q(X, min<N>, max<N>) :- p(X, S, N);`, 'q')).toEqual(['a -8 3', 'b 5 5']);
  });

  it('range over distinct bindings of variables, not of wildcards', () => {
    expect(atTime1(`${scores} q(X, count<N>, sum<N>) :- p(X, _, N);`, 'q')).toEqual(['a 2 -5', 'b 1 5']);
  });

  it('truncate averages towards zero', () => {
    expect(atTime1(`${scores} q(X, avg<N>) :- p(X, _, N);`, 'q')).toEqual(['a -2', 'b 5']);
  });

  it('order strings by code units', () => {
    expect(atTime1(`${scores} q("a", min<S>, max<S>) :- p(_, S, _);`, 'q')).toEqual(['a x z']);
  });

  it('have no group without a binding', () => {
    expect(atTime1(`${scores} q(X, count<N>) :- p(X, S, N), N > 5;`, 'q')).toEqual([]);
  });

  it('see the whole of what other rules derive', () => {
    expect(
      atTime1(
        `${scores} r(X, N) :- p(X, _, N); r(X, N) :- p(X, _, M), p(_, _, N); q(X, count<N>) :- r(X, N);`,
        'q',
      ),
    ).toEqual(['a 3', 'b 3']);
  });

  it('feed recursion', () => {
    const text = `${scores} q(X, count<N>) :- p(X, S, N), X == "b"; q(X, N + 1) :- q(X, N), N < 4;`;
    expect(atTime1(text, 'q')).toEqual(['b 1', 'b 2', 'b 3', 'b 4']);
  });

  it('range over one sender where they are sent', () => {
    const text = 'p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; m("c", sum<N>)@async :- p(X, N);';
    expect(history(text, 'm', 2)).toEqual([[], ['c 3', 'c 5']]);
    expect(history(text, 'm', 2, [omission('a', 'c', 1)])).toEqual([[], ['c 5']]);
    expect(history('p("a", 1)@1; p("b", 1)@1; m("c", count<N>)@async :- p(_, N);', 'm', 2)).toEqual([
      [],
      ['c 1'],
    ]);
  });

  it('range over all locations where they are not', () => {
    const text = 'p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; m("c", sum<N>)@next :- p(X, N);';
    expect(history(text, 'm', 2, [crash('a', 1)])).toEqual([[], ['c 8']]);
  });
});

describe('a timestep', () => {
  it('closes recursion', () => {
    const text =
      'e("a", "b")@1; e("b", "c")@1; e("c", "a")@1; r(X, Y) :- e(X, Y); r(X, Z) :- r(X, Y), e(Y, Z);';
    expect(atTime1(text, 'r')).toHaveLength(9);
  });

  it('negates only what is complete, whatever the order of rules', () => {
    const text =
      'bad(X) :- node(X), notin good(X); good(X) :- seed(X); good(Y) :- good(X), e(X, Y); node("a")@1; node("b")@1; node("c")@1; seed("a")@1; e("a", "b")@1;';
    expect(atTime1(text, 'bad')).toEqual(['c']);
  });

  it('has its own order where absolute times are read', () => {
    const text = 't("a")@1; t(X)@next :- t(X); p(X) :- t(X), notin q(X)@2; q(X) :- t(X), notin p(X)@3;';
    expect(history(text, 'q')).toEqual([['a'], ['a'], ['a']]);
    expect(history(text, 'p')).toEqual([['a'], [], []]);
  });

  it('refuses a cycle through negation or aggregation', () => {
    const cyclic = (rule: string) => readDedalusText(`t("a", 1)@1; t(X, N)@next :- t(X, N); ${rule}`).program;
    const run = (rule: string) => judgeRun(cyclic(rule), { nodes, eot: 2 }, []);
    expect(() => run('p(X) :- t(X, _), notin p(X);')).toThrow(/own absence/);
    expect(() => run('p(X) :- t(X, _), notin p(X)@2;')).toThrow(/at time 2/);
    expect(() => run('p(X, 1) :- t(X, _); p(X, count<N>) :- p(X, N);')).toThrow(/own absence/);
    expect(run('p(X) :- t(X, _), notin p(X)@3;').facts(1)).toContain('["p","a"]');
  });
});

describe('the specification', () => {
  it('is violated by what is in pre at EOT and not in post at EOT', () => {
    const text =
      'w("a", 1)@2; w("a", 2)@2; w("b", 1)@1; pre(X, N) :- w(X, N); post(X, N) :- w(X, N), N == 2;';
    const run = judgeRun(programOf(text), { nodes, eot: 2 }, []);
    expect(run.pre).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
    expect(run.post).toEqual([['a', 2]]);
    expect(run.violations).toEqual([['a', 1]]);
  });

  it('takes what is held against each other at every time to be of one node, or of none', () => {
    const always = 'always("a", J) :- r(_, J)@1;';
    const kept = 'alwaysPost("a", J) :- r(_, J)@1; alwaysPost(X, J) :- r(X, J)@2;';
    const program = programOf(`r("a", 0)@1; r(X, J)@async :- r(X, J); ${always} ${kept}`);
    const run = judgeRun(program, { nodes, eot: 3 }, [{ kind: 'outage', node: 'a', time: 2, until: 3 }]);
    expect(run.facts(1)).toContain('["always","a",0]');
    expect([...run.facts(2)].filter((fact) => fact.startsWith('["always'))).toEqual([]);
    expect(run.broken).toEqual([]);
  });
});
