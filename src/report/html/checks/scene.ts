/**
 * A counterexample as the page of checks has it, for the script that shows it: plain JSON, small. What is said often is
 * said once, in a list, and a number stands for it elsewhere: the number of a text, a node, an item, a fault, a place.
 * This is all that the script knows; it imports nothing else of the program.
 */

/** A counterexample, and what was found out about it. */
export interface Scene {
  /** As they are shown. What is at no node is at one more, behind the last. */
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults: readonly SceneFault[];
  /** Under all faults first; then, if any is known, without faults; then under some of the faults. */
  readonly runs: readonly SceneRun[];
  readonly texts: readonly string[];
  readonly items: readonly SceneItem[];
  readonly places: readonly ScenePlace[];
}

export interface SceneFault {
  /** As it is written: `drop a->b@1`. */
  readonly text: string;
  /** In words. */
  readonly means: string;
  readonly time: number;
  /** The node that it strikes; null where it strikes none. */
  readonly node: number | null;
  /** Whether it is between nodes, and a mark of its own for the whole run. */
  readonly isAcross: boolean;
  /** The time at which it is over; null where it is of one timestep, or for good. */
  readonly until: number | null;
  /** Whether it is of one timestep at a node, which then goes on. */
  readonly isPassing: boolean;
  /** What its mark means: `crash`. */
  readonly sign: string;
}

/** Something that a node knows at a time: of rules a tuple of a relation, of handlers the value of a field. */
export type SceneItem = readonly [group: number, text: number];

/** A line of the protocol's source. */
export interface ScenePlace {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

export interface SceneRun {
  /** The faults that happen. */
  readonly on: readonly number[];
  readonly messages: readonly SceneMessage[];
  /** The timers that fire, by time. */
  readonly timers: readonly SceneTimer[];
  /** For each node, what changes of what it knows, by time. */
  readonly states: readonly (readonly SceneChange[])[];
  /** For each node, the times at which it is down. */
  readonly down: readonly (readonly number[])[];
  /** And at which it pauses. */
  readonly paused: readonly (readonly number[])[];
  readonly properties: readonly SceneProperty[];
  /** Where it first parts from the run without faults; null where it does not. */
  readonly parts: number | null;
  /** Null where nobody found it out. */
  readonly lineage: SceneLineage | null;
}

export interface SceneMessage {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly arrivals: readonly number[];
  /** Whether it is sent at all. */
  readonly isSent: boolean;
  readonly text: number;
  /** Whether the violation may rest on it. */
  readonly causal: boolean;
  /** The faults that keep it from arriving in time, here or in the run under all faults. */
  readonly cut: readonly number[];
}

/** A timer that fires; whether a violation may rest on that. */
export type SceneTimer = readonly [time: number, node: number, text: number, causal: boolean];

/** The items that a node has from then on, and those that it has no more. */
export type SceneChange = readonly [time: number, added: readonly number[], removed: readonly number[]];

/** What the specification says. */
export interface SceneProperty {
  readonly kind: 'held' | 'violated' | 'not asked';
  readonly name: string;
  /** Why it is violated; empty where there is no more to say. */
  readonly reason: string;
  /** The time at which that is known. */
  readonly time: number;
}

/** Why the outcome of a run is as it is. */
export interface SceneLineage {
  /** What the outcome is. */
  readonly goals: readonly number[];
  readonly vertices: readonly SceneVertex[];
  /** How many more there are, which the page does not have. */
  readonly left: number;
}

export interface SceneVertex {
  readonly kind: 'fact' | 'message' | 'state' | 'absence' | 'fault' | 'firing' | 'call';
  readonly text: number;
  /** Null where it is at none. */
  readonly node: number | null;
  readonly time: number;
  /** The vertices that it rests on. */
  readonly because: readonly number[];
  readonly place: number | null;
  /** Of a fact its item, of a message that arrives or is lost its number, of a fault its number; null elsewhere. */
  readonly of: number | null;
}
