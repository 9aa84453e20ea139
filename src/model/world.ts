/** What a protocol runs in: which messages arrive when, and which nodes run, is decided outside of it. */
import { FALSE, TRUE, type Algebra, type Condition, type Connectives } from './algebra.js';

/** What surrounds a run: which conditions there are, when messages arrive, and when nodes run. */
export interface World extends Surroundings {
  readonly algebra: Algebra;
}

/** What a world answers, in conditions that something else reads. */
export interface Surroundings {
  /**
   * When what `from` sends to `to` at the logical timestep `sent` arrives, each time once, the earliest first; where it
   * is lost under every condition, there is none, or one that never holds.
   */
  deliveries(from: string, to: string, sent: number): readonly Delivery[];
  /** The condition that a node does anything at a time. */
  running(node: string, time: number): Condition;
  /** The condition that a node which did nothing before starts again at a time; it then runs. */
  restarts(node: string, time: number): Condition;
  /** The condition that a node which is up does nothing at a time, and loses nothing: then it waits for the next. */
  pauses(node: string, time: number): Condition;
  /**
   * The conditions under which a node stops for good in the midst of what it does at a time, by how many of the messages
   * that it sends to others then still leave. It is not `running` then, and was before. None of nodes that do nothing at
   * the time, nor of those that start again then.
   */
  interruptions(node: string, time: number): readonly Interruption[];
  /** What authors gave names to that may happen to nodes, each once. */
  readonly named: readonly string[];
  /** The condition that what an author calls so happens to a node at a time. */
  happens(name: string, node: string, time: number): Condition;
  /**
   * The condition that a fault happens at a time: that it begins, or goes on. A crash happens once.
   *
   * @param kind that it is of; default any
   */
  happening(time: number, kind?: string): Condition;
  /** The kinds of faults that there are. */
  readonly faultKinds: readonly string[];
}

/** That a node stops in the midst of a timestep; no two of a node happen. */
export interface Interruption {
  /** How many messages leave, from 1. */
  readonly messages: number;
  readonly condition: Condition;
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

/**
 * When what arrives at a logical timestep may have been sent, the latest first.
 *
 * @param longestDelay the most timesteps by which it may be late
 */
export function sendingTimes(arrival: number, longestDelay: number): readonly number[] {
  const latest = arrival - 1;
  return Array.from({ length: Math.min(latest, 1 + longestDelay) }, (_, late) => latest - late);
}

/**
 * By time up to EOT, the condition that a node is down and starts again later: an outage.
 *
 * @param algebra of the conditions
 */
export function downForAWhile(
  world: Pick<Surroundings, 'running' | 'restarts'>,
  algebra: Connectives,
  node: string,
  eot: number,
): readonly Condition[] {
  const down = new Array<Condition>(eot + 1).fill(FALSE);
  for (let time = eot - 1; time >= 1; time--) {
    const comesBack = algebra.or(world.restarts(node, time + 1), down[time + 1]);
    if (comesBack !== FALSE) down[time] = algebra.and(comesBack, algebra.not(world.running(node, time)));
  }
  return down;
}

/**
 * By time before EOT, the condition that a node stops then and never starts again: a crash.
 *
 * @param algebra of the conditions
 */
export function stopsForGood(
  world: Pick<Surroundings, 'running' | 'restarts'>,
  algebra: Connectives,
  node: string,
  eot: number,
): readonly Condition[] {
  const stops: Condition[] = [FALSE];
  for (let time = 1; time < eot; time++)
    stops.push(algebra.and(algebra.not(world.running(node, time)), world.running(node, time - 1)));
  let stays: Condition = TRUE;
  for (let time = eot - 1; time >= 1; time--) {
    const restarts = world.restarts(node, time + 1);
    if (restarts !== FALSE) stays = algebra.and(stays, algebra.not(restarts));
    if (stays !== TRUE) stops[time] = algebra.and(stops[time], stays);
  }
  return stops;
}
