/** The lineage of small runs, node by node. */
import { describe, expect, it } from 'vitest';
import type { FaultSet } from '../../src/injector/faults.js';
import { concreteWorld } from '../../src/injector/world.js';
import { firingsOf, premiseKey, recordRun, type RecordedRun } from '../../src/lineage/graph.js';
import { Evaluator } from '../../src/model/rules/evaluate/evaluator.js';
import type { Firing, FiringPremise, PresentPremise } from '../../src/model/rules/evaluate/firing.js';
import { checkedProgram, NODES } from '../model/rules/evaluate/runs.js';

interface Recorded extends RecordedRun {
  readonly evaluator: Evaluator;
}

function record(text: string, eot: number, faults: FaultSet = [], told: Firing[] = []): Recorded {
  const evaluator = new Evaluator(checkedProgram(text), { nodes: NODES, eot });
  const onFiring = (firing: Firing) => told.push(firing);
  return { evaluator, ...recordRun(evaluator, concreteWorld(faults), { onFiring }) };
}

/** `p(a, 1)@2`, and `no p(a, _)@2` for what is absent. */
function named({ evaluator }: Recorded, premise: FiringPremise): string {
  const { relation, time } = premise;
  if (premise.kind === 'present')
    return `${relation.name}(${evaluator.tuple(relation, premise.row).join(', ')})@${time}`;
  const columns = relation.tuples.columns.map((_, column) => {
    const known = premise.columns.indexOf(column);
    return known === -1 ? '_' : evaluator.values.value(premise.key[known]);
  });
  return `no ${relation.name}(${columns.join(', ')})@${time}`;
}

function factAt({ evaluator }: Recorded, name: string, values: readonly (string | number)[], time: number) {
  const relation = evaluator.relation(name);
  const row = relation.tuples.find(values.map((value) => evaluator.values.id(value)));
  return { kind: 'present', relation, row, time } satisfies PresentPremise;
}

/** Why a fact holds, one text a firing, sorted. */
function why(recorded: Recorded, name: string, values: readonly (string | number)[], time: number) {
  return firingsOf(recorded.graph, factAt(recorded, name, values, time))
    .map(({ premises, channel }) => {
      const from = premises.map((premise) => named(recorded, premise)).sort();
      return (
        from.join(' ') + (channel === undefined ? '' : ` by ${channel.from}->${channel.to}@${channel.time}`)
      );
    })
    .sort();
}

const GREETING = `p("a", "b")@1; p("a", "c")@1; p(X, Y)@next :- p(X, Y);
  m(Y, X)@async :- p(X, Y), notin quiet(X, _);
  quiet("b", 1)@1;
  heard(X) :- m(X, _);
  alone(X) :- p(X, _), notin m(X, _);`;

describe('a lineage graph', () => {
  it('gives the reasons of facts, messages with their channels', () => {
    const recorded = record(GREETING, 3);
    expect(why(recorded, 'p', ['a', 'b'], 1)).toEqual([]);
    expect(why(recorded, 'p', ['a', 'b'], 3)).toEqual(['p(a, b)@2']);
    expect(why(recorded, 'm', ['b', 'a'], 2)).toEqual(['no quiet(a, _)@1 p(a, b)@1 by a->b@1']);
    expect(why(recorded, 'heard', ['c'], 3)).toEqual(['m(c, a)@3']);
    expect(why(recorded, 'alone', ['a'], 2)).toEqual(['no m(a, _)@2 p(a, b)@2', 'no m(a, _)@2 p(a, c)@2']);
  });

  it('has no reasons of what does not hold, or was lost', () => {
    const lost: FaultSet = [{ kind: 'omission', from: 'a', to: 'b', time: 1 }];
    const recorded = record(GREETING, 3, lost);
    expect(why(recorded, 'm', ['b', 'a'], 2)).toEqual([]);
    expect(recorded.graph.hasNode(premiseKey(factAt(recorded, 'm', ['b', 'a'], 2)))).toBe(false);
    expect(why(recorded, 'm', ['c', 'a'], 2)).toHaveLength(1);
  });

  it('is of facts, firings and absences, each once, edges from effects to causes', () => {
    const recorded = record('p("a")@1; p("b")@1; q("c") :- p(_), notin r("c"); s(X) :- q(X), p("a");', 1);
    const { graph } = recorded;
    const nodes = graph.mapNodes((_, node) => {
      switch (node.kind) {
        case 'fact':
          return named(recorded, node.fact);
        case 'absent':
          return named(recorded, node.absent);
        case 'firing':
          return `rule ${node.firing.ruleNumber}`;
      }
    });
    expect([...nodes].sort()).toEqual(
      ['no r(c)@1', 'p(a)@1', 'p(b)@1', 'q(c)@1', 'rule 0', 'rule 0', 'rule 1', 's(c)@1'].sort(),
    );
    graph.forEachEdge((_edge, _attributes, source, target) => {
      const kinds = [source, target].map((node) => graph.getNodeAttributes(node).kind);
      expect([
        ['fact', 'firing'],
        ['firing', 'fact'],
        ['firing', 'absent'],
      ]).toContainEqual(kinds);
    });
    expect(graph.size).toBe(2 + 2 * 2 + 1 + 2);
  });

  it('has an aggregate fire once a value, on all its group', () => {
    const recorded = record('p("a", 1)@1; p("a", 2)@1; p("b", 5)@1; q(X, sum<N>) :- p(X, N);', 1);
    expect(why(recorded, 'q', ['a', 3], 1)).toEqual(['p(a, 1)@1 p(a, 2)@1']);
    expect(why(recorded, 'q', ['b', 5], 1)).toEqual(['p(b, 5)@1']);
  });

  it('has every derivation of a recursion, also of facts that derive each other', () => {
    const recorded = record('e("a", "b")@1; e("b", "a")@1; r("a")@1; r(Y) :- r(X), e(X, Y);', 1);
    expect(why(recorded, 'r', ['b'], 1)).toEqual(['e(a, b)@1 r(a)@1']);
    expect(why(recorded, 'r', ['a'], 1)).toEqual(['e(b, a)@1 r(b)@1']);
  });

  it('tells those who listen of every firing', () => {
    const told: Firing[] = [];
    const { graph } = record(GREETING, 3, [], told);
    const firings = graph.filterNodes((_, { kind }) => kind === 'firing');
    expect(told).toHaveLength(firings.length);
    expect(new Set(told.map(({ ruleNumber }) => ruleNumber))).toEqual(new Set([0, 1, 2, 3]));
  });
});
