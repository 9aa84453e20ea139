/**
 * Where one run went another way than another, as far as its outcome rests on that. What happened is aligned by what it
 * is and where, and by how often the same has been before: not by time, for a message that came late is still the same
 * message. Only what was absent is held against the other run at the same time, since it was absent then.
 */
import { compareStrings } from '../model/order.js';
import type { LineageGraph } from './graph.js';
import {
  matchesPattern,
  type AbsenceVertex,
  type FactPattern,
  type FactVertex,
  type Vertex,
  type VertexName,
} from './lineage.js';

/** The first point at which the outcome of a run comes to rest on something else. */
export interface Difference {
  /** A fact, a message, a state, a call or an absence that the other run does not have; nothing behind it is like that. */
  readonly first: VertexName;
  /** What the other run has where this one has an absence; undefined where it has nothing. */
  readonly instead: VertexName | undefined;
  /** From `first` to a goal, each because of the one before, by the fewest steps. */
  readonly chain: readonly VertexName[];
}

/**
 * The first point of difference in the causal past of a run's outcome; undefined where the past is the same.
 *
 * @param other the lineage of another run, with all that happened in it
 */
export function differenceOf(run: LineageGraph, other: LineageGraph): Difference | undefined {
  return new Comparison(run, other).first();
}

class Comparison {
  private readonly here: Alignment;
  private readonly there: Alignment;

  constructor(
    private readonly run: LineageGraph,
    other: LineageGraph,
  ) {
    this.here = new Alignment(run);
    this.there = new Alignment(other);
  }

  first(): Difference | undefined {
    const past = this.past();
    const different = [...past.keys()].filter((name) => this.differs(name));
    if (different.length === 0) return undefined;
    const time = (name: VertexName) => this.run.getNodeAttributes(name).time;
    const soonest = different.reduce((least, name) => Math.min(least, time(name)), Infinity);
    // Nothing rests on what comes later.
    const candidates = new Set(different.filter((name) => time(name) === soonest));
    const first = this.earliest(candidates);
    return { first, instead: this.instead(first), chain: this.chain(first, past) };
  }

  /** What the goals rest on, each with what it is a reason of, nearest to a goal. */
  private past(): ReadonlyMap<VertexName, VertexName | undefined> {
    const past = new Map<VertexName, VertexName | undefined>();
    for (const goal of this.run.getAttribute('goals')) past.set(goal, undefined);
    for (const name of past.keys())
      for (const reason of this.run.outNeighbors(name)) if (!past.has(reason)) past.set(reason, name);
    return past;
  }

  /** One with none of the others behind it; where all rest on each other, the first by name. */
  private earliest(candidates: ReadonlySet<VertexName>): VertexName {
    const sorted = [...candidates].sort(compareStrings);
    const isEarliest = (name: VertexName) => {
      const behind = new Set(this.run.outNeighbors(name));
      for (const each of behind) {
        if (each !== name && candidates.has(each)) return false;
        for (const reason of this.run.outNeighbors(each)) behind.add(reason);
      }
      return true;
    };
    return sorted.find(isEarliest) ?? sorted[0];
  }

  private chain(
    first: VertexName,
    past: ReadonlyMap<VertexName, VertexName | undefined>,
  ): readonly VertexName[] {
    const chain: VertexName[] = [];
    for (let name: VertexName | undefined = first; name !== undefined; name = past.get(name))
      chain.push(name);
    return chain;
  }

  private differs(name: VertexName): boolean {
    const vertex = this.run.getNodeAttributes(name);
    switch (vertex.kind) {
      case 'fact':
      case 'message':
      case 'state':
      case 'call':
        // The same message that was lost there is an absence.
        return this.there.named(this.here.alignedName(name))?.kind !== vertex.kind;
      case 'absence':
        return this.instead(name) !== undefined;
      case 'fault':
      case 'firing':
        return false;
    }
  }

  private instead(name: VertexName): VertexName | undefined {
    const vertex = this.run.getNodeAttributes(name);
    if (vertex.kind !== 'absence') return undefined;
    if (vertex.of.kind === 'fact') return this.factInstead(vertex, vertex.of);
    const aligned = this.there.named(this.here.alignedName(name));
    return aligned?.kind === 'message' ? aligned.name : undefined;
  }

  /** A fact of the other run that matches at the same time, and is none of this one. */
  private factInstead({ time }: AbsenceVertex, pattern: FactPattern): VertexName | undefined {
    return this.there
      .factsOf(pattern.relation, time)
      .find(({ name, vertex }) => matchesPattern(pattern, vertex.tuple) && !this.here.has(name))?.name;
  }
}

interface Aligned {
  readonly name: VertexName;
  readonly kind: Vertex['kind'];
}

/** The vertices of a lineage by what makes them the same as those of another. */
class Alignment {
  private readonly aligned = new Map<string, Aligned>();
  private readonly alignedNames = new Map<VertexName, string>();
  private readonly facts = new Map<string, { readonly name: VertexName; readonly vertex: FactVertex }[]>();

  constructor(private readonly graph: LineageGraph) {
    const vertices = graph
      .mapNodes((name, vertex) => ({ name, vertex }))
      .sort((a, b) => a.vertex.time - b.vertex.time || compareStrings(a.name, b.name));
    const counts = new Map<string, number>();
    for (const { name, vertex } of vertices) {
      if (vertex.kind === 'fact') this.addFact(name, vertex);
      const same = timelessName(vertex);
      if (same === undefined) continue;
      const count = counts.get(same) ?? 0;
      counts.set(same, count + 1);
      const aligned = `${count} ${same}`;
      this.aligned.set(aligned, { name, kind: vertex.kind });
      this.alignedNames.set(name, aligned);
    }
  }

  has(name: VertexName): boolean {
    return this.graph.hasNode(name);
  }

  alignedName(name: VertexName): string {
    return this.alignedNames.get(name)!;
  }

  named(aligned: string): Aligned | undefined {
    return this.aligned.get(aligned);
  }

  factsOf(relation: string, time: number) {
    return this.facts.get(`${time} ${relation}`) ?? [];
  }

  private addFact(name: VertexName, vertex: FactVertex): void {
    const key = `${vertex.time} ${vertex.relation}`;
    const known = this.facts.get(key);
    if (known === undefined) this.facts.set(key, [{ name, vertex }]);
    else known.push({ name, vertex });
  }
}

/** What a vertex is but for its time; undefined of what is not compared in this way. What was lost was sent. */
function timelessName(vertex: Vertex): string | undefined {
  switch (vertex.kind) {
    case 'fact':
      return JSON.stringify(['fact', vertex.relation, vertex.tuple]);
    case 'message':
      return JSON.stringify(['message', vertex.from, vertex.node, vertex.name, vertex.payload]);
    case 'state':
      return JSON.stringify([
        'state',
        vertex.node,
        vertex.crashed,
        vertex.state,
        vertex.timers,
        vertex.recorded,
      ]);
    case 'call':
      return JSON.stringify(['call', vertex.from, vertex.node, vertex.name, vertex.failed]);
    case 'absence':
      return vertex.of.kind === 'message'
        ? JSON.stringify(['message', vertex.of.from, vertex.node, vertex.of.name, vertex.of.payload])
        : undefined;
    case 'fault':
    case 'firing':
      return undefined;
  }
}
