/**
 * Why the outcome of one run is as it is, as a value: what happened, what did not, and what each of these rests on.
 * It is plain data without the numbers of any evaluator, the same for rules, for handlers and for systems that only
 * tell what they did, so that it can be kept, compared with another, and sent to another thread.
 *
 * What holds can have several reasons, any of which is enough: a fact or a message has a firing for each way in which
 * it came about. Everything else rests on all of its reasons together. An absence rests on whatever stood in the way
 * of all that might have ended it; which of several failures a reader must not be made to guess.
 *
 * It is *sound*: a run in which all that the goals rest on is the same has the same outcome.
 */
import type { SourceSpan } from '../model/diagnostics/source.js';
import { inTime } from '../model/world.js';
import type { Tuple, Value } from '../model/rules/program.js';

/** Names a vertex within its lineage: by what it is, where and when, so that equal runs have equal names. */
export type VertexName = string;

/** What lineage consists of. */
export type Vertex =
  | FactVertex
  | MessageVertex
  | StateVertex
  | AbsenceVertex
  | FaultVertex
  | FiringVertex
  | CallVertex;

/** What all vertices have. */
interface Somewhere {
  /** Undefined where it is at no node. */
  readonly node: string | undefined;
  /** The logical timestep, from 1; of what a node begins with, 0. Of calls, see {@link CallVertex}. */
  readonly time: number;
}

/** A fact that held, for any of its reasons: firings, or a message that brought it. */
export interface FactVertex extends Somewhere {
  readonly kind: 'fact';
  readonly relation: string;
  readonly tuple: Tuple;
  /** Where the program gives it. */
  readonly place: SourceSpan | undefined;
}

/** A message that arrived at its node, sent for any of its reasons, which are firings. */
export interface MessageVertex extends Somewhere {
  readonly kind: 'message';
  readonly node: string;
  readonly from: string;
  /** When it was sent; `time` is when it arrived. */
  readonly sent: number;
  /** Its relation, or its type. */
  readonly name: string;
  /** Its tuple, or its other fields. */
  readonly payload: unknown;
}

/** What a node knew from then on: for the call that made it so, or for what kept it as it was. */
export interface StateVertex extends Somewhere {
  readonly kind: 'state';
  readonly node: string;
  readonly state: unknown;
  /** Timesteps until each timer fires, by name. */
  readonly timers: Readonly<Record<string, number>>;
  /** Whether the node is down, and so keeps this state. */
  readonly crashed: boolean;
  /** What it recorded of operations in this timestep, in words; absent where that is nothing. */
  readonly recorded?: readonly string[];
}

/** That something was not so. It rests on all that stood in the way. */
export interface AbsenceVertex extends Somewhere {
  readonly kind: 'absence';
  readonly of: FactPattern | LostMessage;
}

/** No fact of a relation matched, or none but those that are vertices. */
export interface FactPattern {
  readonly kind: 'fact';
  readonly relation: string;
  /** By column; null for any value. */
  readonly pattern: readonly (Value | null)[];
}

/** Whether a tuple of the pattern's relation is as the pattern wants it. */
export function matchesPattern({ pattern }: Pick<FactPattern, 'pattern'>, tuple: Tuple): boolean {
  return pattern.every((value, column) => value === null || value === tuple[column]);
}

/** A message was sent, and would have arrived then. */
export interface LostMessage {
  readonly kind: 'message';
  readonly from: string;
  readonly sent: number;
  readonly name: string;
  readonly payload: unknown;
}

/** A fault that happened. It rests on nothing. */
export interface FaultVertex extends Somewhere {
  readonly kind: 'fault';
  /** As it is written: `drop a->b@1`. */
  readonly fault: string;
}

/** One use of a rule, or one call of a handler. It rests on all of its premises. */
export interface FiringVertex extends Somewhere {
  readonly kind: 'firing';
  /** The rule as it is written, or the name of the handler: `onMessage.vote`. */
  readonly by: string;
  /** Where that is. */
  readonly place: SourceSpan | undefined;
}

/**
 * A call that a running system made, or the request that it was made for, and how it ended. `time` is which of the calls
 * of its request it is, from 1, each after those that were made for it: systems have no common clock.
 */
export interface CallVertex extends Somewhere {
  readonly kind: 'call';
  /** What was called. */
  readonly node: string;
  /** Who called; undefined of a request. */
  readonly from: string | undefined;
  /** What was asked for. */
  readonly name: string;
  readonly failed: boolean;
}

/** Why the outcome of one run is as it is. */
export interface Lineage {
  /** Every node of the run. */
  readonly nodes: readonly string[];
  /** In an order that is the same for equal runs, those that the outcome rests on first. */
  readonly vertices: ReadonlyMap<VertexName, Vertex>;
  /** What each vertex rests on. */
  readonly because: ReadonlyMap<VertexName, readonly VertexName[]>;
  /** What the outcome is. */
  readonly goals: readonly VertexName[];
}

/** Whether any one of a vertex's reasons is enough for it to hold. */
export function hasAlternatives({ kind }: Vertex): boolean {
  return kind === 'fact' || kind === 'message';
}

/** Everything that the outcome rests on, itself included, nearest first: its causal past. */
export function pastOf({ because, goals }: Lineage): ReadonlySet<VertexName> {
  return pastFrom(goals, because);
}

function pastFrom(
  names: readonly VertexName[],
  because: ReadonlyMap<VertexName, readonly VertexName[]>,
): ReadonlySet<VertexName> {
  const past = new Set(names);
  // What is added to a set while it is walked is walked as well.
  for (const name of past) for (const reason of because.get(name)!) past.add(reason);
  return past;
}

/** A fault that happened, as far as lineage knows of faults. */
export interface Happened {
  /** As it is written. */
  readonly fault: string;
  /** When it begins. */
  readonly time: number;
}

/** A time at which a message may arrive under some fault set. */
export interface Arrival {
  readonly time: number;
  /** Whether it did in this run. */
  readonly arrives: boolean;
  /** Of the faults of this run, those that are why it did, or did not. */
  readonly faults: readonly Happened[];
}

/** What the faults of a run did: when messages arrived, or why not, and who is down. */
export interface HappenedFaults {
  /** When what is sent on a channel at a time may arrive, the earliest first. */
  arrivals(channel: {
    readonly from: string;
    readonly to: string;
    readonly time: number;
  }): readonly Arrival[];
  downing(node: string, time: number): readonly Happened[];
  /** How many messages leave a node before it stops for good in the midst of a time; undefined where it does not. */
  interruption(node: string, time: number): number | undefined;
  /** The pauses for which a node does nothing at a time; none where it does. */
  pausing(node: string, time: number): readonly Happened[];
  /** The fault that makes what an author calls so happen to a node at a time; undefined where it does not. */
  named(name: string, node: string, time: number): Happened | undefined;
}

/** Names the arrival of a message at a time, of which there may be several. @param name of the message */
export function arrivalName(name: VertexName, sent: number, arrival: number): VertexName {
  return arrival === inTime(sent) ? name : `${name} at ${arrival}`;
}

/** Puts lineage together, vertex by vertex. */
export class LineageBuilder {
  private readonly vertices = new Map<VertexName, Vertex>();
  private readonly because = new Map<VertexName, readonly VertexName[]>();

  has(name: VertexName): boolean {
    return this.vertices.has(name);
  }

  /** @param because what it rests on; each of them is to be added as well, sooner or later */
  add(name: VertexName, vertex: Vertex, because: readonly VertexName[] = []): VertexName {
    this.vertices.set(name, vertex);
    this.because.set(name, because);
    return name;
  }

  /** The vertex of a fault, added where it is new. */
  fault({ fault, time }: Happened): VertexName {
    const name = `fault ${fault}`;
    return this.has(name) ? name : this.add(name, { kind: 'fault', node: undefined, time, fault });
  }

  /** What the goals rest on comes first, the nearest before. */
  finish(nodes: readonly string[], goals: readonly VertexName[]): Lineage {
    const { because } = this;
    const order = new Set([...pastFrom(goals, because), ...this.vertices.keys()]);
    const vertices = new Map([...order].map((name) => [name, this.vertices.get(name)!]));
    return { nodes, vertices, because, goals };
  }
}
