/** Worlds that no fault set makes yet, for what evaluation has to do in any world. */
import { faultKinds } from '../../src/injector/faults.js';
import { booleans, FALSE, TRUE } from '../../src/model/algebra.js';
import type { World } from '../../src/model/world.js';

/** What differs from a world in which everything arrives in time, and every node runs. */
export interface Disturbances {
  /** When what is sent arrives. */
  readonly arrivals?: (from: string, to: string, sent: number) => readonly number[];
  /** Whether a node is down. */
  readonly isDown?: (node: string, time: number) => boolean;
}

/** A node that is down starts again when it is down no more. */
export function disturbed({
  arrivals = (_, __, sent) => [sent + 1],
  isDown = () => false,
}: Disturbances): World {
  const when = (holds: boolean) => (holds ? TRUE : FALSE);
  return {
    algebra: booleans,
    deliveries: (from, to, sent) => arrivals(from, to, sent).map((time) => ({ time, condition: TRUE })),
    running: (node, time) => when(!isDown(node, time)),
    pauses: () => FALSE,
    named: [],
    happens: () => FALSE,
    happening: () => FALSE,
    faultKinds: faultKinds.map(({ kind }) => kind),
    interruptions: () => [],
    restarts: (node, time) => when(isDown(node, time - 1) && !isDown(node, time)),
  };
}
