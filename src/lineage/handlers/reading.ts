/**
 * What a call of a handler is taken to rest on of its node's state, and what an outcome is: all of it, or what of it was
 * looked at. The first is sound. What a handler would have read in another run is not known, so that the second proves
 * nothing; but it points at far fewer messages (field-level dynamic slicing, after Agrawal & Horgan, 1990).
 */
import type { Calls, EventId } from '../../model/handlers/calls.js';
import type { Happening } from '../../model/handlers/invoke.js';
import type { LocalId } from '../../model/handlers/locals.js';
import { looksOf, looksOfView } from '../../model/handlers/looks.js';
import { leaves, pathOf, type Path } from '../../model/handlers/reads.js';
import { recordedText } from '../../model/handlers/operations/record.js';
import type { VertexName } from '../lineage.js';

/** What a node recorded of operations in a timestep, which properties are shown beside what it shows. */
const RECORDED = pathOf(['recorded']);

/** A call that is about to be made; its node by its place among the nodes. */
export interface Reader {
  readonly node: number;
  readonly time: number;
  readonly event: EventId;
  /** The state that it is made in. */
  readonly local: LocalId;
  readonly happens: Happening;
}

/** Keeps account of one run, in the order of its calls. */
export interface Reading {
  /** What a call rests on of the state that it is made in. */
  before(reader: Reader): readonly VertexName[];
  /** What the state that a node stays in rests on, beside why it stays. */
  kept(node: number): readonly VertexName[];
  /** What an outcome rests on that sees a node in a state. */
  seen(node: number, local: LocalId): readonly VertexName[];
  /** A node's state was changed. */
  changed(node: number, before: LocalId, after: LocalId, state: VertexName): void;
  /** A node stayed in its state, where it might not have. */
  stayed(node: number, state: VertexName): void;
}

/** Everything rests on the whole state. */
export class WholeState implements Reading {
  private readonly current = new Map<number, VertexName>();

  before({ node }: Reader): readonly VertexName[] {
    return this.kept(node);
  }

  kept(node: number): readonly VertexName[] {
    const state = this.current.get(node);
    return state === undefined ? [] : [state];
  }

  seen(node: number): readonly VertexName[] {
    return this.kept(node);
  }

  changed(node: number, _before: LocalId, _after: LocalId, state: VertexName): void {
    this.current.set(node, state);
  }

  stayed(node: number, state: VertexName): void {
    this.current.set(node, state);
  }
}

/** Everything rests on the calls that wrote what it looks at; and an outcome on whatever was lost as well. */
export class LookedAt implements Reading {
  /** By node: who last wrote each path of its state. */
  private readonly writers: Map<Path, VertexName>[];
  private readonly stays: VertexName[][];

  constructor(private readonly calls: Calls) {
    this.writers = calls.nodes.map(() => new Map<Path, VertexName>());
    this.stays = calls.nodes.map(() => []);
  }

  before({ node, time, event: id, local, happens }: Reader): readonly VertexName[] {
    const event = this.calls.event(id);
    const timer = event.kind === 'timer' ? [pathOf(['timers', event.name])] : [];
    return this.writersOf(node, [
      ...timer,
      ...looksOf(this.calls, { node, local, event: id, time, happens }),
    ]);
  }

  kept(): readonly VertexName[] {
    return [];
  }

  seen(node: number, local: LocalId): readonly VertexName[] {
    const recorded = this.calls.locals.get(local).recorded.length === 0 ? [] : [RECORDED];
    const looks = [...recorded, ...looksOfView(this.calls, node, local)];
    return [...this.stays[node], ...this.writersOf(node, looks)];
  }

  changed(node: number, before: LocalId, after: LocalId, state: VertexName): void {
    const [old, now] = [before, after].map((local) => new Map(this.leavesOf(local)));
    for (const path of new Set([...old.keys(), ...now.keys()]))
      if (old.get(path) !== now.get(path)) this.writers[node].set(path, state);
  }

  stayed(node: number, state: VertexName): void {
    this.stays[node].push(state);
  }

  private writersOf(node: number, paths: readonly Path[]): readonly VertexName[] {
    const writers = paths.map((path) => this.writers[node].get(path));
    return [...new Set(writers.filter((writer) => writer !== undefined))];
  }

  private leavesOf(local: LocalId): readonly (readonly [Path, string])[] {
    const { state, timers, recorded } = this.calls.locals.get(local);
    return [
      ...leaves(state.value, ['state']),
      ...leaves(timers, ['timers']),
      [RECORDED, recordedText(recorded)],
    ];
  }
}
