/** What rules may do, by what they derive. */
import { describe, expect, it } from 'vitest';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { Instances, type Instance } from '../../src/lineage/instances.js';
import { MAYBE, possibilities } from '../../src/lineage/possible.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import type { PresentPremise } from '../../src/model/rules/evaluate/firing.js';
import type { Value } from '../../src/model/rules/program.js';
import { checkedProgram, NODES } from '../model/rules/evaluate/runs.js';

const bounds = { eot: 4, eff: 3, crashes: 0 };
const text = `go("b", "a")@1; s(Y, 1)@async :- go(X, Y);
  p("a", 1)@2; p("a", 2)@2; p("b", 3)@2; stop("a", 2)@2;
  q(X, N) :- p(X, N), notin s(X, N), notin stop(X, N);
  m("b", N)@async :- p(X, N), notin s(X, _);
  c(X, count<N>) :- p(X, N), notin s(X, N);
  d(X, 6 / (N - 2)) :- p(X, N), notin stop(X, N);
  r(X, N) :- p(X, N); r(X, 1) :- s(X, 1);`;

const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot: bounds.eot });
const world = new FaultSpace(NODES, bounds).world({ ...possibilities(1_000), input: () => MAYBE });
const instances = new Instances(evaluator.run(world), evaluator);

function fact(name: string, tuple: readonly Value[], time: number): PresentPremise {
  const relation = evaluator.relation(name);
  const row = relation.tuples.intern(tuple.map((value) => evaluator.values.id(value)));
  return { kind: 'present', relation, row, time };
}

function deriving(name: string, tuple: readonly Value[], time = 2): readonly (readonly Instance[])[] {
  return evaluator.rulesFor(name).map((rule) => instances.deriving(rule, fact(name, tuple, time)));
}

function told(facts: readonly PresentPremise[]) {
  return facts.map(({ relation, row, time }) => [relation.name, ...evaluator.tuple(relation, row), time]);
}

describe('the instances of a rule', () => {
  it('name the facts that they need, and those that they must do without', () => {
    const [[instance, ...others]] = deriving('q', ['a', 1]);
    expect(others).toEqual([]);
    expect(told(instance.present)).toEqual([['p', 'a', 1, 2]]);
    expect(told(instance.absent)).toEqual([['s', 'a', 1, 2]]);
    expect(instance.sending).toBeUndefined();
  });

  it('leave out what is never there', () => {
    const [[instance]] = deriving('q', ['b', 3]);
    expect(instance.absent).toEqual([]);
    expect(deriving('q', ['c', 1])).toEqual([[]]);
    expect(deriving('q', ['a', 1], 3)).toEqual([[]]);
  });

  it('are none where something always keeps them from firing', () => {
    expect(deriving('q', ['a', 2])).toEqual([[]]);
  });

  it('of a message say who sends it, and when', () => {
    const sendings = [1, 2, 3].map((n) => deriving('m', ['b', n], 3)[0].map(({ sending }) => sending));
    expect(sendings).toEqual([[{ from: 'a', sent: 2 }], [{ from: 'a', sent: 2 }], [{ from: 'b', sent: 2 }]]);
    expect(deriving('s', ['a', 1])[0].map(({ sending }) => sending)).toEqual([{ from: 'b', sent: 1 }]);
  });

  it('are none of a message at the first time', () => {
    expect(deriving('s', ['a', 1], 1)).toEqual([[]]);
  });

  it('of an aggregate are all that may contribute to it', () => {
    expect(deriving('c', ['a', 2])[0].map(({ present }) => told(present)[0])).toEqual([
      ['p', 'a', 1, 2],
      ['p', 'a', 2, 2],
    ]);
  });

  it('are not what would have no value', () => {
    expect(deriving('d', ['a', -6])[0]).toHaveLength(1);
    expect(deriving('d', ['b', 6])[0]).toHaveLength(1);
  });

  it('are told by rule', () => {
    expect(deriving('r', ['a', 1]).map((found) => found.length)).toEqual([1, 1]);
    expect(deriving('r', ['a', 2]).map((found) => found.length)).toEqual([1, 0]);
  });

  it('stand beside the facts that match a pattern', () => {
    const { relation } = fact('p', ['a', 1], 2);
    const matching = (columns: readonly number[], key: readonly Value[], time = 2) =>
      told(
        instances.factsOf({
          kind: 'absent',
          relation,
          columns,
          key: key.map((value) => evaluator.values.id(value)),
          time,
        }),
      );
    expect(matching([0], ['a'])).toEqual([
      ['p', 'a', 1, 2],
      ['p', 'a', 2, 2],
    ]);
    expect(matching([], [])).toHaveLength(3);
    expect(matching([0, 1], ['a', 3])).toEqual([]);
    expect(matching([], [], 3)).toEqual([]);
  });
});
