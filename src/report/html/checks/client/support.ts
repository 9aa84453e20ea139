/** What is chosen, and what it rests on. */
import type { Scene, SceneLineage, SceneRun } from '../scene.js';

/** Something of one run that the reader wants to know more of. */
export interface Choice {
  /** The number of the run. */
  readonly run: number;
  /** Undefined of a message that nothing is known to rest on. */
  readonly vertex: number | undefined;
  readonly message: number | undefined;
}

/** What lights up. */
export interface LitSupport {
  readonly messages: ReadonlySet<number>;
  /** As `node@time`. */
  readonly states: ReadonlySet<string>;
  /** The faults that are part of it, or that take a message of it away. */
  readonly faults: ReadonlySet<number>;
  /** How many vertices there are. */
  readonly size: number;
}

/** Finds the vertices of what is on the page. */
export class Finder {
  private readonly vertices = new Map<string, number>();
  /** By node, with rising times. */
  private readonly states = new Map<number, { readonly time: number; readonly vertex: number }[]>();

  constructor(lineage: SceneLineage) {
    for (const [number, { kind, node, time, of }] of lineage.vertices.entries()) {
      if (kind === 'fact') this.note(`fact ${of} ${node} ${time}`, number);
      if (kind === 'message' || (kind === 'absence' && of !== null)) this.note(`message ${of}`, number);
      if (kind === 'state' && node !== null) {
        const states = this.states.get(node) ?? [];
        this.states.set(node, states);
        states.push({ time, vertex: number });
      }
    }
    for (const states of this.states.values()) states.sort((a, b) => a.time - b.time);
  }

  message(number: number): number | undefined {
    return this.vertices.get(`message ${number}`);
  }

  /** Of rules a fact, of handlers the state that has the item. */
  item(item: number, node: number, time: number): number | undefined {
    const state = this.states.get(node)?.findLast((each) => each.time <= time)?.vertex;
    return this.vertices.get(`fact ${item} ${node} ${time}`) ?? state;
  }

  private note(key: string, vertex: number): void {
    if (!this.vertices.has(key)) this.vertices.set(key, vertex);
  }
}

/** What a choice rests on, itself included. */
export function litSupportOf({ nodes }: Scene, run: SceneRun, { vertex, message }: Choice): LitSupport {
  const vertices =
    vertex === undefined || run.lineage === null ? new Set<number>() : pastOf(vertex, run.lineage);
  const messages = new Set(message === undefined ? [] : [message]);
  const states = new Set<string>();
  const faults = new Set<number>();
  for (const number of vertices) {
    const { kind, node, time, of } = run.lineage!.vertices[number];
    if (kind === 'fault' && of !== null) faults.add(of);
    if ((kind === 'message' || kind === 'absence') && of !== null) messages.add(of);
    if ((kind === 'fact' || kind === 'state') && node !== null && node < nodes.length)
      states.add(`${node}@${time}`);
  }
  for (const number of messages) for (const fault of run.messages[number].cut) faults.add(fault);
  return { messages, states, faults, size: vertices.size };
}

function pastOf(vertex: number, { vertices }: SceneLineage): ReadonlySet<number> {
  const past = new Set([vertex]);
  // What is added to a set while it is walked is walked as well.
  for (const number of past) for (const reason of vertices[number].because) past.add(reason);
  return past;
}
