/** What a protocol runs in: which messages arrive when, and which nodes run, is decided outside of it. */
import type { Algebra, Condition } from './algebra.js';

/** What surrounds a run: which conditions there are, when messages arrive, and when nodes run. */
export interface World {
  readonly algebra: Algebra;
  /**
   * When what `from` sends to `to` at the logical timestep `sent` arrives, each time once, the earliest first; where it
   * is lost under every condition, there is none, or one that never holds.
   */
  deliveries(from: string, to: string, sent: number): readonly Delivery[];
  /** The condition that a node does anything at a time. */
  running(node: string, time: number): Condition;
  /** The condition that a node which did nothing before starts again at a time; it then runs. */
  restarts(node: string, time: number): Condition;
}

/** An arrival of everything that one node sends to another at one logical timestep. */
export interface Delivery {
  /** Later than the time of sending. */
  readonly time: number;
  readonly condition: Condition;
}

/** When what is sent at a logical timestep arrives, unless something delays it. */
export function inTime(sent: number): number {
  return sent + 1;
}
