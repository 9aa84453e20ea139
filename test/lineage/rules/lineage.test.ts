/** The lineage of small runs of rules, vertex by vertex. */
import { describe, expect, it } from 'vitest';
import type { FaultSet } from '../../../src/injector/faults.js';
import { happenedFaults } from '../../../src/injector/happened.js';
import { concreteWorld } from '../../../src/injector/world.js';
import { lineageGraph } from '../../../src/lineage/graph.js';
import { pastOf, type Lineage } from '../../../src/lineage/lineage.js';
import { lineageOfRules } from '../../../src/lineage/rules/lineage.js';
import type { FactGoal } from '../../../src/lineage/rules/reasons.js';
import { recordRun } from '../../../src/lineage/rules/record.js';
import { Evaluator } from '../../../src/model/rules/evaluate/evaluator.js';
import { checkedProgram, NODES } from '../../model/rules/evaluate/runs.js';

function lineageOf(text: string, eot: number, goals: readonly FactGoal[], faults: FaultSet = []): Lineage {
  const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot });
  return lineageOfRules(recordRun(evaluator, concreteWorld(faults)), happenedFaults(faults), goals);
}

/** Why each goal is as it is: a line for each reason, its parts with spaces between. */
function why(lineage: Lineage): readonly string[] {
  return lineage.goals.flatMap((goal) =>
    lineage.because.get(goal)!.map((reason) => {
      const behind = [reason, ...lineage.because.get(reason)!];
      return behind.map((name) => named(lineage, name)).join(' ');
    }),
  );
}

/** `p(a,1)@2`, `no p(a,_)@2`, `a->b@1`, `lost a->b@1`; of firings nothing. */
function named({ vertices }: Lineage, name: string): string {
  const vertex = vertices.get(name)!;
  switch (vertex.kind) {
    case 'fact':
      return `${vertex.relation}(${vertex.tuple.join()})@${vertex.time}`;
    case 'message':
      return `${vertex.from}->${vertex.node}@${vertex.sent}`;
    case 'absence':
      return vertex.of.kind === 'message'
        ? `lost ${vertex.of.from}->${vertex.node}@${vertex.of.sent}`
        : `no ${vertex.of.relation}(${vertex.of.pattern.map((value) => value ?? '_').join()})@${vertex.time}`;
    case 'fault':
      return vertex.fault;
    case 'state':
    case 'firing':
    case 'call':
      return '-';
  }
}

const GREETING = `p("a", "b")@1; p("a", "c")@1; p(X, Y)@next :- p(X, Y);
  m(Y, X)@async :- p(X, Y), notin quiet(X, _);
  quiet("b", 1)@1;
  heard(X) :- m(X, _);
  alone(X) :- p(X, _), notin m(X, _);`;

const goal = (relation: string, pattern: FactGoal['pattern'], time: number) => ({ relation, pattern, time });

describe('the lineage of rules', () => {
  it.each([
    ['of what is given, has no reasons', goal('p', ['a', 'b'], 1), []],
    ['has the firing that kept a fact', goal('p', ['a', 'b'], 3), ['- p(a,b)@2']],
    ['has the message that brought one', goal('m', ['b', 'a'], 2), ['a->b@1 -']],
    ['has what derived it from a message', goal('heard', ['c'], 3), ['- m(c,a)@3']],
    [
      'has each way to derive it',
      goal('alone', ['a'], 2),
      ['- no m(a,_)@2 p(a,b)@2', '- no m(a,_)@2 p(a,c)@2'],
    ],
    [
      'has what was missing of what did not hold',
      goal('heard', ['a'], 2),
      ['no m(a,_)@2 no p(_,a)@1 quiet(b,1)@1'],
    ],
  ])('%s', (_, asked, reasons) => {
    expect(why(lineageOf(GREETING, 3, [asked]))).toEqual(reasons);
  });

  it('has what stood against a fact, and the loss of what would have brought it, with its fault', () => {
    const faults: FaultSet = [
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'crash', node: 'a', time: 2 },
    ];
    const text = `${GREETING} calm(X) :- p(X, _), notin heard(_);`;
    expect(why(lineageOf(text, 3, [goal('m', ['b', 'a'], 2)], faults))).toEqual(['lost a->b@1 drop a->b@1']);
    expect(why(lineageOf(text, 3, [goal('m', ['b', 'a'], 3)], faults))).toEqual(['lost a->b@2 crash a@2']);
    expect(why(lineageOf(text, 3, [goal('calm', ['a'], 2)], faults))).toEqual([
      'no p(a,_)@2 no p(a,_)@1',
      'heard(c)@2 -',
    ]);
  });

  it('rests a crash that is known on the fault', () => {
    const text = 'p("a")@1; p("a")@2; gone(X) :- p(X), crash(X, "b", _);';
    const lineage = lineageOf(text, 3, [goal('gone', ['a'], 2)], [{ kind: 'crash', node: 'b', time: 2 }]);
    expect([...pastOf(lineage)].map((name) => named(lineage, name))).toEqual([
      'gone(a)@2',
      '-',
      'crash(a,b,2)@2',
      'p(a)@2',
      'crash b@2',
    ]);
  });

  it('has an aggregate fire once a value, on all its group, and on whatever is not in it', () => {
    const text = 'p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; q(X, sum<N>) :- p(X, N);';
    expect(why(lineageOf(text, 1, [goal('q', ['a', 3], 1)]))).toEqual(['- no p(a,_)@1 p(a,1)@1 p(a,2)@1']);
  });

  it('has every derivation of a recursion, also of facts that derive each other', () => {
    const text = 'e("a", "b")@1; e("b", "a")@1; r("a")@1; r(Y) :- r(X), e(X, Y);';
    expect(why(lineageOf(text, 1, [goal('r', ['b'], 1)]))).toEqual(['- e(a,b)@1 r(a)@1']);
    expect(why(lineageOf(text, 1, [goal('r', ['a'], 1)]))).toEqual(['- e(b,a)@1 r(b)@1']);
  });

  it('says where facts are given, and which rule fired', () => {
    const text = 'p("a")@1; q(X) :- p(X); m("b", X)@async :- p(X);';
    const { vertices } = lineageOf(text, 1, [goal('q', ['a'], 1)]);
    const places = [...vertices.values()].flatMap((vertex) =>
      'place' in vertex ? [vertex.place && text.slice(vertex.place.start, vertex.place.end)] : [],
    );
    expect(places).toEqual([undefined, 'q(X) :- p(X);', 'p("a")@1;']);
    expect([...vertices.values()]).toContainEqual(
      expect.objectContaining({ kind: 'firing', node: 'a', time: 1, by: 'q(X) :- p(X);' }),
    );
  });

  it('is the same, to the order of its vertices, whatever its evaluator ran before', () => {
    const evaluator = new Evaluator(checkedProgram(GREETING), { nodes: NODES, eot: 3 });
    const faults: FaultSet = [{ kind: 'omission', from: 'a', to: 'c', time: 1 }];
    const asked = [goal('heard', ['c'], 3), goal('alone', ['c'], 3)];
    const of = (set: FaultSet) =>
      lineageOfRules(recordRun(evaluator, concreteWorld(set)), happenedFaults(set), asked);
    of([{ kind: 'crash', node: 'a', time: 1 }]);
    expect([...of(faults).because]).toEqual([...lineageOf(GREETING, 3, asked, faults).because]);
  });

  it('crosses threads as it is, and becomes a graph of graphology', async () => {
    const lineage = lineageOf(GREETING, 3, [goal('heard', ['c'], 3)]);
    expect(structuredClone(lineage)).toEqual(lineage);
    const graph = await lineageGraph(lineage);
    expect(graph.nodes()).toEqual([...lineage.vertices.keys()]);
    const [heard] = graph.getAttribute('goals');
    expect(graph.getNodeAttributes(heard)).toEqual(lineage.vertices.get(heard));
    expect(graph.outNeighbors(heard)).toEqual(lineage.because.get(heard));
  });

  it('knows the relations of its program', () => {
    expect(() => lineageOf(GREETING, 3, [goal('q', [null], 1)])).toThrow('the program has no relation q');
  });
});
