/** Which faults of one kind may happen together, as a condition. */
import { FALSE, TRUE, type Connectives, type Condition } from '../../model/algebra.js';
import type { Bounds } from '../bounds.js';
import type { FaultKind, Timed } from './kind.js';

/**
 * True of exactly the fault sets whose faults of a kind may happen together: there are few enough, and each event has
 * those with it that it entails. It is built from the last timestep backward, so that a diagram of it never has to tell
 * more sets of nodes apart than may be down.
 *
 * @param events all that there are of the kind, or of some rows
 * @param holds the condition that an event is true
 */
export function admissibleOf<F extends Timed>(
  kind: FaultKind<F>,
  events: readonly F[],
  bounds: Bounds,
  holds: (event: F) => Condition,
  algebra: Connectives,
): Condition {
  const counted = events.filter((event) => kind.counts(event, bounds));
  let condition = kind.limit === undefined ? TRUE : atMost(kind.limit(bounds), counted, holds, algebra);
  for (const event of [...events].sort((a, b) => b.time - a.time || kind.compare(b, a))) {
    const entailed = kind.entails?.(event, bounds);
    if (entailed === undefined) continue;
    const missing = algebra.and(holds(event), algebra.not(holds(entailed)));
    condition = algebra.and(condition, algebra.not(missing));
  }
  return condition;
}

/** After each event, whether exactly so many have been true, up to the most: a sequential counter. */
function atMost<F>(
  most: number,
  events: readonly F[],
  holds: (event: F) => Condition,
  algebra: Connectives,
): Condition {
  let exactly: Condition[] = [TRUE];
  for (const event of events) {
    const happens = holds(event);
    const next = exactly.map((condition) => algebra.and(condition, algebra.not(happens)));
    exactly.forEach((condition, count) => {
      if (count < most)
        next[count + 1] = algebra.or(next[count + 1] ?? FALSE, algebra.and(condition, happens));
    });
    exactly = next;
  }
  return exactly.reduce((any, condition) => algebra.or(any, condition), FALSE);
}
