import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { why, type Why } from '../../src/lineage/explain.js';
import { lineageGraph, type LineageGraph } from '../../src/lineage/graph.js';
import { hasAlternatives } from '../../src/lineage/lineage.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { explainedHandlers, explainedRules, explainedRuns, subjectFor } from '../laws/lineage.js';
import { checkedProgram, NODES } from '../model/rules/evaluate/runs.js';
import { told } from './told.js';

async function explained(text: string, eot: number, faults: FaultSet = []) {
  const bounds = { eot, eff: eot, crashes: 1 };
  const subject = subjectFor({ protocol: checkedProgram(text), nodes: NODES, bounds });
  return lineageGraph(subject.lineage(faults));
}

/** One line a vertex, two blanks for each step. */
function lines({ vertex, because, ends }: Why, indent = ''): readonly string[] {
  const mark = ends === undefined || ends === 'here' ? '' : ` (${ends})`;
  return [`${indent}${told(vertex)}${mark}`, ...because.flatMap((each) => lines(each, `${indent}  `))];
}

const DELIVERY = `sends("a", "b")@1; sends("a", "b")@2;
  got(B, A)@async :- sends(A, B);
  kept(B, A) :- got(B, A); kept(B, A)@next :- kept(B, A);
  pre(A) :- sends(A, _)@1; post(A) :- kept(_, A);`;

describe('why something held', () => {
  it('is told by the derivation with the fewest steps, to what is given', async () => {
    const graph = await explained(DELIVERY, 3);
    const [, post] = graph.getAttribute('goals');
    expect(lines(why(graph, post))).toEqual([
      'post("a")@3',
      '  by post(A) :- kept(_, A);',
      '    kept("b", "a")@3',
      '      by kept(B, A) :- got(B, A);',
      '        got("b", "a")@3',
      '          got a->b@2',
      '            by got(B, A)@async :- sends(A, B);',
      '              sends("a", "b")@2',
    ]);
  });

  it('is told as deep as is asked for', async () => {
    const graph = await explained(DELIVERY, 3);
    const [, post] = graph.getAttribute('goals');
    expect(lines(why(graph, post, 2))).toEqual([
      'post("a")@3',
      '  by post(A) :- kept(_, A);',
      '    kept("b", "a")@3 (deeper)',
    ]);
  });

  it('of an absence is all that stood in the way, down to the faults', async () => {
    const graph = await explained(DELIVERY, 2, [{ kind: 'omission', from: 'a', to: 'b', time: 1 }]);
    const [, post] = graph.getAttribute('goals');
    expect(lines(why(graph, post))).toEqual([
      'no post("a")@2',
      '  no kept(_, "a")@2',
      '    no got(_, "a")@2',
      '      no sends("a", _)@1',
      '      lost got a->b@1',
      '        drop a->b@1',
      '    no kept(_, "a")@1',
      '      no got(_, "a")@1',
    ]);
  });

  it('is no circle where what could only derive itself is absent', async () => {
    const graph = await explained(
      `peer("a", "b")@1; p("a")@1; r(Y)@async :- p(X), notin r(X), peer(X, Y); r(X) :- r(X);
      pre(X) :- p(X)@1; post(X) :- p(X)@1, r(_)@2;`,
      2,
    );
    const [, post] = graph.getAttribute('goals');
    const told = lines(why(graph, post)).map((line) => line.trim());
    expect(told).toContain('r a->b@1');
    expect(told).not.toContain('by r(X) :- r(X);');
  });

  it.each([
    ['rules', explainedRules()],
    ['handlers', explainedHandlers()],
  ])(
    'of %s, ends in what nothing else is behind, tells each vertex once, and is no circle',
    async (_, any) => {
      await fc.assert(
        fc.asyncProperty(any, async (protocol) => {
          for (const { graph } of await explainedRuns(protocol, 3))
            for (const goal of graph.getAttribute('goals')) expectExplanation(graph, why(graph, goal));
        }),
        { numRuns: 10 },
      );
    },
  );
});

function expectExplanation(graph: LineageGraph, root: Why): void {
  const expanded = new Map<string, Why>();
  const walk = (tree: Why): void => {
    const { name, vertex, because, ends } = tree;
    const reasons = graph.outNeighbors(name);
    if (ends === 'here') {
      const isGiven = vertex.kind === 'fact' && vertex.place !== undefined;
      const isFirst = vertex.kind === 'firing' && vertex.by === 'init';
      const isEnd = isGiven || isFirst || vertex.kind === 'fault' || vertex.kind === 'absence';
      expect(isEnd && (isGiven || reasons.length === 0), name).toBe(true);
    }
    if (ends !== undefined) return;
    expect(expanded.has(name), name).toBe(false);
    expanded.set(name, tree);
    const names = because.map((each) => each.name);
    expect(reasons).toEqual(expect.arrayContaining(names));
    expect(names).toHaveLength(hasAlternatives(vertex) ? 1 : reasons.length);
    because.forEach(walk);
  };
  walk(root);
  // Absences may rest on each other; what held is derived from the start.
  const done = new Set<string>();
  const derived = (name: string, under: ReadonlySet<string>): void => {
    expect(under.has(name), name).toBe(false);
    if (done.has(name)) return;
    const held = (expanded.get(name)?.because ?? []).filter(({ vertex }) => vertex.kind !== 'absence');
    for (const each of held) derived(each.name, new Set([...under, name]));
    done.add(name);
  };
  for (const [name, { vertex }] of expanded) if (vertex.kind !== 'absence') derived(name, new Set());
}
