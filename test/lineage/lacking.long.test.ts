/** What one run lacks of what another has. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineageGraph } from '../../src/lineage/graph.js';
import type { MessageVertex, VertexName } from '../../src/lineage/lineage.js';
import { whatIsLacking } from '../../src/lineage/why-not.js';
import { explainedHandlers, explainedRules, explainedRuns } from '../laws/lineage.js';

interface Message extends MessageVertex {
  readonly vertexName: VertexName;
}

function messagesOf(graph: LineageGraph): readonly Message[] {
  return graph
    .mapNodes((vertexName, vertex) => ({ vertexName, vertex }))
    .flatMap(({ vertexName, vertex }) => (vertex.kind === 'message' ? [{ ...vertex, vertexName }] : []));
}

const contentOf = ({ from, node, name, payload }: MessageVertex) =>
  JSON.stringify([from, node, name, payload]);

/** The messages of a run that have no equal in another, each of those that are alike held against one. */
function lackedBy(run: LineageGraph, other: LineageGraph): readonly Message[] {
  const there = new Map<string, number>();
  for (const message of messagesOf(run))
    there.set(contentOf(message), (there.get(contentOf(message)) ?? 0) + 1);
  return messagesOf(other).filter((message) => (there.get(contentOf(message)) ?? 0) === 0);
}

it.each([
  ['rules', explainedRules()],
  ['handlers', explainedHandlers()],
])('of %s is first what nothing behind it lacks, and leads to what was asked for', async (_, protocols) => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(protocols, async (protocol) => {
      const [{ graph: other }, ...runs] = await explainedRuns(protocol, 4);
      for (const { graph: run } of runs) {
        const lacked = lackedBy(run, other);
        const names = new Set(lacked.map(({ vertexName }) => vertexName));
        for (const { vertexName } of lacked.slice(0, 3)) {
          asked++;
          const goal = other.copy();
          goal.setAttribute('goals', [vertexName]);
          const failure = whatIsLacking(run, goal)!.attempts[0].failure;
          if (failure.kind !== 'lacks') throw new Error('it is lacking');
          const { first, chain } = failure;
          expect(chain[0]).toBe(first);
          expect(chain.at(-1)).toBe(goal.getNodeAttributes(vertexName));
          // What is absent there can be so here as well, but for a fact that is only here.
          const isHere = run.findNode((__, vertex) => JSON.stringify(vertex) === JSON.stringify(first));
          if (first.kind !== 'absence') expect(isHere).toBeUndefined();
          // Behind the first is no message that is lacking.
          const name = goal.findNode((__, vertex) => vertex === first)!;
          const behind = new Set(goal.outNeighbors(name));
          for (const each of behind) for (const reason of goal.outNeighbors(each)) behind.add(reason);
          expect([...behind].filter((each) => each !== name && names.has(each))).toEqual([]);
        }
      }
    }),
    { numRuns: 50 },
  );
  expect(asked).toBeGreaterThan(0);
});
