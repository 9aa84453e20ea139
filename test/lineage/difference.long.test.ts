import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type Difference } from '../../src/lineage/difference.js';
import { lineageGraph, type LineageGraph } from '../../src/lineage/graph.js';
import type { AbsenceVertex, Vertex } from '../../src/lineage/lineage.js';
import { groupBy } from '../../src/model/group.js';
import type { Protocol } from '../../src/model/protocol.js';
import { explainedHandlers, explainedRules, explainedRuns, subjectFor } from '../laws/lineage.js';
import { checkedProgram } from '../model/rules/evaluate/runs.js';
import { poll } from '../runner/handlers/scenarios.js';
import { told } from './told.js';

/** Where a run parts from the failure-free one that loses what a sends to b at time 1; then the chain to its outcome. */
async function parting(protocol: Protocol, nodes: readonly string[], eot: number) {
  const [from, to] = nodes;
  const subject = subjectFor({ protocol, nodes, bounds: { eot, eff: eot, crashes: 0 } });
  const run = await lineageGraph(subject.lineage([{ kind: 'omission', from, to, time: 1 }]));
  const other = await lineageGraph(subject.lineage([]));
  const { instead, chain } = differenceOf(run, other)!;
  return {
    instead: instead && told(other.getNodeAttributes(instead)),
    chain: chain.map((name) => told(run.getNodeAttributes(name))),
  };
}

describe('the difference of two runs', () => {
  it('of rules begins with what was lost, and leads to the outcome', async () => {
    const program = checkedProgram(`sends("a", "b")@1; got(B, A)@async :- sends(A, B);
      kept(B, A) :- got(B, A); kept(B, A)@next :- kept(B, A);
      pre(A) :- sends(A, _)@1; post(A) :- kept(_, A);`);
    expect(await parting(program, ['a', 'b'], 3)).toEqual({
      instead: 'got a->b@1',
      chain: [
        'lost got a->b@1',
        'no got(_, "a")@2',
        'no kept(_, "a")@2',
        'no kept(_, "a")@3',
        'no post("a")@3',
      ],
    });
  });

  it('does not begin with what only comes later', async () => {
    const program = checkedProgram(`sends("a", "b")@1; sends("a", "b")@2; got(B, A)@async :- sends(A, B);
      seen(B, A) :- got(B, A); seen(B, A)@next :- seen(B, A);
      early(B) :- seen(B, _)@2; pre(A) :- sends(A, _)@1; post(A) :- sends(A, B)@1, early(B);`);
    const { chain } = await parting(program, ['a', 'b'], 4);
    expect(chain.at(0)).toBe('lost got a->b@1');
    expect(chain.at(-1)).toBe('no post("a")@4');
    expect(chain).not.toContain('seen("b", "a")@3');
  });

  it('of handlers begins with the message that did not come', async () => {
    expect(await parting(poll.protocol as Protocol, poll.nodes, 5)).toEqual({
      instead: 'ask host->ann@1',
      chain: ['lost ask host->ann@1', 'ann@2 {"answers":[],"asked":false,"closed":false}'],
    });
  });

  it.each([
    ['rules', explainedRules()],
    ['handlers', explainedHandlers()],
  ])('of %s is found wherever outcomes differ, and is as brute force has it', async (_, any) => {
    await fc.assert(
      fc.asyncProperty(any, async (protocol) => {
        const [free, ...others] = await explainedRuns(protocol, 8);
        expect(differenceOf(free.graph, free.graph)).toBeUndefined();
        for (const { graph, isViolated } of others) {
          const difference = differenceOf(graph, free.graph);
          if (isViolated !== free.isViolated) expect(difference).toBeDefined();
          expectAsBruteForce(graph, free.graph, difference);
        }
      }),
      { numRuns: 10 },
    );
  });
});

function expectAsBruteForce(
  run: LineageGraph,
  other: LineageGraph,
  difference: Difference | undefined,
): void {
  const goals = run.getAttribute('goals');
  const past = behind(run, goals);
  const [here, there] = [run, other].map(alike);
  const different = [...past].filter((name) => {
    const vertex = run.getNodeAttributes(name);
    if (vertex.kind === 'absence' && vertex.of.kind === 'fact') return hasMatch(run, other, vertex);
    const same = JSON.stringify(content(vertex));
    const counterpart = there.get(same)?.[here.get(same)!.indexOf(name)];
    switch (vertex.kind) {
      case 'fault':
      case 'firing':
        return false;
      case 'absence':
        return counterpart !== undefined && other.getNodeAttribute(counterpart, 'kind') === 'message';
      case 'fact':
      case 'message':
      case 'state':
      case 'call':
        // A copy that did not come there is an absence.
        return counterpart === undefined || other.getNodeAttribute(counterpart, 'kind') !== vertex.kind;
    }
  });
  expect(difference === undefined).toBe(different.length === 0);
  if (difference === undefined) return;
  const { first, chain } = difference;
  expect(different).toContain(first);
  const before = behind(run, run.outNeighbors(first));
  // Absences may rest on each other.
  for (const name of different)
    if (before.has(name)) expect(behind(run, run.outNeighbors(name)), name).toContain(first);
  expect(chain[0]).toBe(first);
  expect(goals).toContain(chain.at(-1));
  for (const [i, name] of chain.slice(1).entries()) expect(run.outNeighbors(name)).toContain(chain[i]);
}

function behind(graph: LineageGraph, names: readonly string[]): ReadonlySet<string> {
  const reached = new Set(names);
  for (const name of reached) for (const reason of graph.outNeighbors(name)) reached.add(reason);
  return reached;
}

/** Whether the other run has a fact that matches an absence, and this one has not. */
function hasMatch(run: LineageGraph, other: LineageGraph, { of, time }: AbsenceVertex): boolean {
  return other.someNode(
    (fact, vertex) =>
      of.kind === 'fact' &&
      vertex.kind === 'fact' &&
      vertex.time === time &&
      vertex.relation === of.relation &&
      of.pattern.every((value, column) => value === null || value === vertex.tuple[column]) &&
      !run.hasNode(fact),
  );
}

/** All vertices that are the same but for their time, by that. */
function alike(graph: LineageGraph): ReadonlyMap<string, readonly string[]> {
  const sorted = graph
    .mapNodes((name, vertex) => ({ name, vertex }))
    .sort((a, b) => a.vertex.time - b.vertex.time || (a.name < b.name ? -1 : 1));
  const groups = groupBy(sorted, ({ vertex }) => JSON.stringify(content(vertex)));
  return new Map([...groups].map(([same, group]) => [same, group.map(({ name }) => name)]));
}

function content(vertex: Vertex): unknown {
  switch (vertex.kind) {
    case 'fact':
      return [vertex.relation, vertex.tuple];
    case 'message':
      return [vertex.from, vertex.node, vertex.name, vertex.payload];
    case 'absence':
      return vertex.of.kind === 'message'
        ? [vertex.of.from, vertex.node, vertex.of.name, vertex.of.payload]
        : [vertex.of.relation, vertex.of.pattern, vertex.time, 'absence'];
    case 'state':
      return [vertex.node, vertex.crashed, vertex.state, vertex.timers];
    case 'call':
      return [vertex.from, vertex.node, vertex.name, vertex.failed];
    case 'fault':
    case 'firing':
      return vertex;
  }
}
