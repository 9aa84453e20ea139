/** What almost fired, and what a head that matches a pattern says of a body. */
import { describe, expect, it } from 'vitest';
import { concreteWorld } from '../../src/injector/replay.js';
import { Instances, type Instance } from '../../src/lineage/instances.js';
import { bindHead, patternOf, type Pattern } from '../../src/lineage/patterns.js';
import { Evaluator } from '../../src/model/evaluate/evaluator.js';
import { positivePremises } from '../../src/model/evaluate/plan.js';
import type { Value } from '../../src/model/program.js';
import { checkedProgram, NODES } from '../model/evaluate/runs.js';

function evaluatorOf(text: string, eot = 2): Evaluator {
  return new Evaluator(checkedProgram(text), { nodes: NODES, eot });
}

/** Facts of a relation with the given values, undefined for any. */
function pattern(
  evaluator: Evaluator,
  name: string,
  values: readonly (Value | undefined)[],
  time: number,
): Pattern {
  const known = values.flatMap((value, column) => (value === undefined ? [] : [{ value, column }]));
  return {
    kind: 'absent',
    relation: evaluator.relation(name),
    columns: known.map(({ column }) => column),
    key: known.map(({ value }) => evaluator.values.id(value)),
    time,
  };
}

describe('the instances of a rule', () => {
  const text = `p("a", 1)@1; p("a", 2)@1; p("b", 3)@1; stop("a", 1)@1;
    q(X, N) :- p(X, N), notin stop(X, N), notin stop(X, _);
    m("b", N)@async :- p(X, N), notin stop(X, N);
    c(X, count<N>) :- p(X, N), notin stop(X, N);
    d(X, 6 / (N - 1)) :- p(X, N), notin stop(X, N);
    e(X) :- p(X, N), notin stop(X, N), notin stop(X, 6 / (N - 1));`;
  const evaluator = evaluatorOf(text);
  const instances = new Instances(evaluator.run(concreteWorld([])), evaluator);

  function of(relation: string, values: readonly (Value | undefined)[] = []): readonly Instance[] {
    const [rule] = evaluator.rulesFor(relation);
    return instances.matching(rule, 1, pattern(evaluator, relation, values, 1));
  }

  function heads(found: readonly Instance[]) {
    return found.map(({ head, holds }) => [
      ...head.map((id) => (id === undefined ? undefined : evaluator.values.value(id))),
      holds,
    ]);
  }

  it('are all ways to satisfy its positive premises, whatever its absences say', () => {
    expect(heads(of('q'))).toEqual([
      ['a', 1, false],
      ['a', 2, false],
      ['b', 3, true],
    ]);
    const [first] = of('q');
    expect(first.present.map(({ relation, time }) => [relation.name, time])).toEqual([['p', 1]]);
    expect(first.absent.map(({ columns }) => columns)).toEqual([[0, 1], [0]]);
    expect(first.channel).toBeUndefined();
  });

  it('are those whose head matches the pattern', () => {
    expect(heads(of('q', ['a', 2]))).toEqual([['a', 2, false]]);
    expect(heads(of('q', ['c']))).toEqual([]);
    expect(heads(of('q', [undefined, 3]))).toEqual([['b', 3, true]]);
  });

  it('of a message name the channel, if it is to another node', () => {
    expect(of('m').map(({ channel, holds }) => [channel, holds])).toEqual([
      [{ from: 'a', to: 'b', time: 1 }, false],
      [{ from: 'a', to: 'b', time: 1 }, true],
      [undefined, true],
    ]);
  });

  it('leave an aggregate open, and never hold', () => {
    expect(heads(of('c', ['a', 7]))).toEqual([
      ['a', undefined, false],
      ['a', undefined, false],
    ]);
  });

  it('are not what would have no value', () => {
    expect(heads(of('d'))).toEqual([
      ['a', 6, true],
      ['b', 3, true],
    ]);
    expect(heads(of('e'))).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('stand beside the facts that match a pattern', () => {
    const rows = (values: readonly (Value | undefined)[], time = 1) =>
      instances
        .factsOf(pattern(evaluator, 'p', values, time))
        .map(({ relation, row }) => evaluator.tuple(relation, row));
    expect(rows(['a', undefined])).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
    expect(rows([])).toHaveLength(3);
    expect(rows(['a', 3])).toEqual([]);
    expect(rows([], 2)).toEqual([]);
  });
});

describe('a pattern of a head', () => {
  const text = `p("a", 1, 1)@1;
    q(X, N, "k") :- p(X, N, _);
    sum(X, N + 2) :- p(X, N, _);
    less(X, N - 2) :- p(X, N, _);
    twice(X, N, N) :- p(X, N, _), N > 1;
    other(X, N * 2) :- p(X, N, _);
    many(X, count<N>) :- p(X, N, _);`;
  const evaluator = evaluatorOf(text);

  function bind(relation: string, values: readonly (Value | undefined)[]) {
    const [rule] = evaluator.rulesFor(relation);
    const bindings = bindHead(rule, pattern(evaluator, relation, values, 1), evaluator);
    return bindings && Object.fromEntries(bindings);
  }

  it.each([
    ['q', ['a', 3, undefined], { X: 'a', N: 3 }],
    ['q', ['a', 3, 'k'], { X: 'a', N: 3 }],
    ['q', [undefined, undefined, 'l'], undefined],
    ['sum', ['a', 3], { X: 'a', N: 1 }],
    ['less', ['a', 3], { X: 'a', N: 5 }],
    ['twice', ['a', 3, 3], { X: 'a', N: 3 }],
    ['twice', ['a', 3, 4], undefined],
    ['twice', ['a', 1, undefined], undefined],
    ['other', ['a', 4], { X: 'a' }],
    ['many', ['a', 4], { X: 'a' }],
    ['many', [], {}],
  ] as const)('%s(%j) says of the variables %j', (relation, values, expected) => {
    expect(bind(relation, values)).toEqual(expected);
  });

  it('becomes one of the premises, open where nothing is known', () => {
    const [rule] = evaluator.rulesFor('q');
    const bindings = bindHead(rule, pattern(evaluator, 'q', ['a', 3, 'k'], 2), evaluator)!;
    const [premise] = positivePremises(rule);
    expect(patternOf(premise, bindings, 2, evaluator)).toEqual(pattern(evaluator, 'p', ['a', 3], 2));
    expect(patternOf(premise, new Map(), 2, evaluator)).toEqual(pattern(evaluator, 'p', [], 2));
  });
});
