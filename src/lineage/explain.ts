/**
 * Why something held, as a tree of what it rests on: of several reasons any of which is enough the one that takes the
 * fewest steps, of others all. What is behind a vertex is told once, where it is first met, so that the tree is never
 * larger than its lineage.
 */
import { compareStrings } from '../model/order.js';
import type { LineageGraph } from './graph.js';
import { hasAlternatives, type Vertex, type VertexName } from './lineage.js';

/** A vertex, and why it is. */
export interface Why {
  readonly name: VertexName;
  readonly vertex: Vertex;
  /** What it rests on, what takes the fewest steps first. */
  readonly because: readonly Why[];
  /**
   * Where `because` is empty. `here`: it rests on nothing. `deeper`: on what is beyond the depth that was asked for.
   * `told`: on what is told elsewhere in the tree, no deeper than here.
   */
  readonly ends: 'here' | 'deeper' | 'told' | undefined;
}

/**
 * Why a vertex is.
 *
 * @param depth how many steps are told, of the rule or the call and of what that rests on one each; default all
 * @param isEnd whether what is behind a vertex is not to be told, as if it were deeper; default of none
 * @throws Error when the lineage has no such vertex
 */
export function why(
  graph: LineageGraph,
  name: VertexName,
  depth = Infinity,
  isEnd: (vertex: Vertex) => boolean = () => false,
): Why {
  return new Explanation(graph, isEnd).of(name, depth);
}

/** A vertex that is to be told, and where what it rests on goes. */
interface Telling {
  readonly name: VertexName;
  readonly left: number;
  readonly into: Why[];
}

class Explanation {
  private readonly steps: ReadonlyMap<VertexName, number>;

  constructor(
    private readonly graph: LineageGraph,
    private readonly isEnd: (vertex: Vertex) => boolean,
  ) {
    this.steps = stepsBehind(graph);
  }

  of(root: VertexName, depth: number): Why {
    const trees: Why[] = [];
    const told = new Set<VertexName>();
    const pending: Telling[] = [{ name: root, left: depth, into: trees }];
    // What is to be told meanwhile is told after all that is as deep.
    for (const { name, left, into } of pending) {
      const reasons = this.reasons(name);
      const because: Why[] = [];
      const vertex = this.graph.getNodeAttributes(name);
      const isDeeper = left === 0 || this.isEnd(vertex);
      const ends = reasons.length === 0 ? 'here' : told.has(name) ? 'told' : isDeeper ? 'deeper' : undefined;
      into.push({ name, vertex, because, ends });
      if (ends !== undefined) continue;
      told.add(name);
      for (const reason of reasons) pending.push({ name: reason, left: left - 1, into: because });
    }
    return trees[0];
  }

  /** One reason where one is enough. */
  private reasons(name: VertexName): readonly VertexName[] {
    const vertex = this.graph.getNodeAttributes(name);
    if (vertex.kind === 'fact' && vertex.place !== undefined) return [];
    const steps = (each: VertexName) => this.steps.get(each) ?? Infinity;
    const order = this.graph
      .outNeighbors(name)
      .sort((a, b) => compareSteps(steps(a), steps(b)) || compareStrings(a, b));
    return hasAlternatives(vertex) ? order.slice(0, 1) : order;
  }
}

/**
 * The fewest steps that lead from each vertex to what rests on nothing. Of an absence one of its reasons is counted; those
 * that only rest on each other, as of what could only derive itself, come after all that does not rest on them.
 */
function stepsBehind(graph: LineageGraph): ReadonlyMap<VertexName, number> {
  const steps = new Map<VertexName, number>();
  const waiting = new Map<VertexName, number>();
  const next: VertexName[] = [];
  const settle = (name: VertexName, count: number) => {
    if (steps.has(name)) return;
    steps.set(name, count);
    next.push(name);
  };
  graph.forEachNode((name, vertex) => {
    const given = vertex.kind === 'fact' && vertex.place !== undefined;
    const any = hasAlternatives(vertex) || vertex.kind === 'absence';
    waiting.set(name, any ? 1 : graph.outDegree(name));
    if (given || graph.outDegree(name) === 0) settle(name, 0);
  });
  let at = 0;
  // In order of their steps, as each is one more than the last of what it waits for.
  const goOn = () => {
    for (; at < next.length; at++) {
      const count = steps.get(next[at])! + 1;
      graph.forEachInNeighbor(next[at], (dependent) => {
        const left = waiting.get(dependent)! - 1;
        waiting.set(dependent, left);
        if (left === 0) settle(dependent, count);
      });
    }
  };
  goOn();
  const last = next.length === 0 ? 0 : steps.get(next[next.length - 1])! + 1;
  graph.forEachNode((name, { kind }) => {
    if (kind === 'absence') settle(name, last);
  });
  goOn();
  return steps;
}

function compareSteps(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
