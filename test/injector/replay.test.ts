import { describe, expect, it } from 'vitest';
import type { FaultSet } from '../../src/injector/faults.js';
import { replay } from '../../src/injector/replay.js';
import { compareMessages } from '../../src/injector/run.js';
import { concreteWorld } from '../../src/injector/world.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import { checkedProgram, NODES } from '../model/rules/evaluate/runs.js';

const TEXT = `p("a", "a")@1; p("a", "c")@1; p("a", "b")@1; p("b", "a")@1; p(X, Y)@next :- p(X, Y);
  m(Y, X)@async :- p(X, Y);
  echo(Y, X)@async :- p(X, Y), p(X, Z), Z != Y;
  pre(X, N) :- p(X, _), n(X, N); n("a", 10)@3; n("a", 9)@3; n("b", 1)@3;
  post(X, 10) :- p(X, _), m(X, "a");
  seen(X, N) :- p(X, _), crash(X, N, _);`;

const evaluator = new Evaluator(checkedProgram(TEXT), { nodes: NODES, eot: 3 });

function messages(faults: FaultSet) {
  return replay(evaluator, faults).messages.map(
    ({ name, from, to, sent, fate }) => `${name} ${from}->${to}@${sent} ${fate}`,
  );
}

describe('a replay', () => {
  it('tells every message to another node once, by time, sender, destination and relation', () => {
    expect(messages([])).toEqual([
      'echo a->b@1 delivered',
      'm a->b@1 delivered',
      'echo a->c@1 delivered',
      'm a->c@1 delivered',
      'm b->a@1 delivered',
      'echo a->b@2 delivered',
      'm a->b@2 delivered',
      'echo a->c@2 delivered',
      'm a->c@2 delivered',
      'm b->a@2 delivered',
    ]);
    const told = replay(evaluator, []).messages;
    expect([...told].reverse().sort(compareMessages)).toEqual(told);
  });

  it('tells what became of each', () => {
    const faults: FaultSet = [
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'crash', node: 'a', time: 2 },
      { kind: 'omission', from: 'a', to: 'c', time: 2 },
    ];
    expect(messages(faults).filter((line) => line.startsWith('m'))).toEqual([
      'm a->b@1 lost',
      'm a->c@1 delivered',
      'm b->a@1 delivered',
      'm a->b@2 not sent',
      'm a->c@2 not sent',
      'm b->a@2 delivered',
    ]);
  });

  it('has the facts of every timestep in order, and none of time 0', () => {
    const { facts, nodes, eot, faults } = replay(evaluator, [{ kind: 'crash', node: 'c', time: 2 }]);
    expect({ nodes, eot, faults }).toEqual({
      nodes: NODES,
      eot: 3,
      faults: [{ kind: 'crash', node: 'c', time: 2 }],
    });
    expect([...new Set(facts.map(({ time }) => time))]).toEqual([1, 2, 3]);
    const first = facts.filter(({ time }) => time === 1);
    expect(first.map(({ relation, tuple }) => [relation, ...tuple].join(' '))).toEqual([
      'crash a c 2',
      'crash b c 2',
      'crash c c 2',
      'p a a',
      'p a b',
      'p a c',
      'p b a',
      'seen a c',
      'seen b c',
    ]);
  });

  it('judges by what is in pre and not in post at EOT, numbers by size', () => {
    expect(replay(evaluator, []).judgements).toEqual([
      { kind: 'violated', property: 'pre', time: 3, tuple: ['a', 9] },
      { kind: 'held', property: 'pre', tuple: ['a', 10] },
      { kind: 'violated', property: 'pre', time: 3, tuple: ['b', 1] },
    ]);
  });
});

describe('the world of one fault set', () => {
  it('loses what is omitted, and all that is sent from a crash on', () => {
    const world = concreteWorld([
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'crash', node: 'c', time: 2 },
    ]);
    const channel = (from: string, to: string) =>
      [1, 2, 3].map((time) => world.deliveries(from, to, time).map(({ condition }) => condition));
    expect(channel('a', 'b')).toEqual([[0], [1], [1]]);
    expect(channel('b', 'a')).toEqual([[1], [1], [1]]);
    expect(channel('c', 'a')).toEqual([[1], [0], [0]]);
    expect([0, 1, 2, 3].map((time) => world.running('c', time))).toEqual([1, 1, 0, 0]);
    expect(world.running('a', 2)).toBe(1);
  });
});
