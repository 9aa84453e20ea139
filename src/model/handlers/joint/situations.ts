/** What a node is between two timesteps: a local state, and whether the node is down. */
import type { LocalId } from '../locals.js';

/** A local state of a node, and whether it has stopped in that for good, and is out. */
export type Situation = number;

export function situationOf(local: LocalId, stopped: boolean, out: boolean): Situation {
  return 4 * local + 2 * Number(stopped) + Number(out);
}

export function localOf(situation: Situation): LocalId {
  return situation >> 2;
}

/** For good. */
export function hasStopped(situation: Situation): boolean {
  return (situation & 2) !== 0;
}

/** It goes on to be so for all that is known of outages, also where it has stopped for good meanwhile. */
export function isOut(situation: Situation): boolean {
  return (situation & 1) !== 0;
}

export function isDown(situation: Situation): boolean {
  return (situation & 3) !== 0;
}

/** The same in another local state. */
export function moved(situation: Situation, local: LocalId): Situation {
  return 4 * local + (situation & 3);
}
