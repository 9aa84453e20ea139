/** What happened in a run, to be looked up when another run is held against it at the same times. */
import {
  matchesPattern,
  type FactPattern,
  type FactVertex,
  type Lineage,
  type StateVertex,
  type Vertex,
  type VertexName,
} from './lineage.js';

/** All that a lineage tells of, by what it is. */
export class Happenings {
  private readonly contents = new Set<string>();
  private readonly facts = new Map<string, (readonly [VertexName, FactVertex])[]>();
  private readonly messages = new Map<string, VertexName[]>();
  private readonly states = new Map<string, StateVertex[]>();

  constructor({ vertices, because }: Lineage) {
    // In the order in which it was recorded, which of handlers is that in which it happened.
    for (const name of because.keys()) {
      const vertex = vertices.get(name)!;
      this.contents.add(contentOf(vertex));
      if (vertex.kind === 'fact') append(this.facts, placeName(vertex), [name, vertex]);
      if (vertex.kind === 'message') append(this.messages, vertex.node, name);
      if (vertex.kind === 'state') append(this.states, vertex.node, vertex);
    }
  }

  /** Whether the same happened, at the same time. */
  has(vertex: Vertex): boolean {
    return this.contents.has(contentOf(vertex));
  }

  factsAt(time: number, pattern: FactPattern): readonly VertexName[] {
    const facts = this.facts.get(placeName({ ...pattern, time })) ?? [];
    return facts.filter(([, { tuple }]) => matchesPattern(pattern, tuple)).map(([name]) => name);
  }

  /** What arrives at a node, in the order in which that happened. */
  messagesTo(node: string): readonly VertexName[] {
    return this.messages.get(node) ?? [];
  }

  /** What a node knows at the end of a timestep. */
  stateAt(time: number, node: string): StateVertex | undefined {
    return this.states.get(node)?.findLast((state) => state.time <= time);
  }
}

/** Equal exactly where the same happened at the same time. */
function contentOf(vertex: Vertex): string {
  const { kind, node, time } = vertex;
  switch (vertex.kind) {
    case 'fact':
      return JSON.stringify([kind, time, vertex.relation, vertex.tuple]);
    case 'message':
      return JSON.stringify([kind, time, node, vertex.from, vertex.sent, vertex.name, vertex.payload]);
    case 'state':
      return JSON.stringify([kind, time, node, vertex.crashed, vertex.state, vertex.timers, vertex.recorded]);
    case 'absence':
      return JSON.stringify([kind, time, node, vertex.of]);
    case 'call':
      return JSON.stringify([kind, time, node, vertex.from, vertex.name, vertex.failed]);
    case 'fault':
      return JSON.stringify([kind, vertex.fault]);
    case 'firing':
      return JSON.stringify([kind, time, node, vertex.by]);
  }
}

function placeName({ relation, time }: { readonly relation: string; readonly time: number }): string {
  return `${time} ${relation}`;
}

function append<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [item]);
  else known.push(item);
}
