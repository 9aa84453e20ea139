/** Which faults of one kind may happen together, as a condition, and how many they are. */
import { FALSE, TRUE, type Condition, type Connectives } from '../../model/algebra.js';
import type { Bounds } from '../bounds.js';
import { limitOf, limitsOf, type FaultKind, type Timed } from './kind.js';

/**
 * True of exactly the fault sets whose faults of a kind may happen together: there are few enough, none has a rival, and
 * each event has those with it that it entails. It is built from the last timestep backward, so that a diagram of it never has to tell
 * more sets of nodes apart than may be down.
 *
 * @param events all that there are of the kind, or of some rows
 * @param holds the condition that an event is true; of one that there is not, one that never holds
 */
export function admissibleOf<F extends Timed>(
  kind: FaultKind<F>,
  events: readonly F[],
  bounds: Bounds,
  holds: (event: F) => Condition,
  algebra: Connectives,
): Condition {
  let condition: Condition = TRUE;
  const most = limitOf(kind, bounds);
  for (const limit of limitsOf(kind, bounds)) {
    if (limit.most === Infinity) continue;
    const counted = countedOf(kind, events.filter(limit.isOf), bounds, holds, algebra);
    const exactly = countedExactly(limit.most, counted, algebra);
    const few = exactly.reduce((any, each) => algebra.or(any, each), FALSE);
    condition = condition === TRUE ? few : algebra.and(condition, few);
  }
  const backward = [...events].sort((a, b) => b.time - a.time || kind.compare(b, a));
  if (kind.rivals !== undefined && most > 1) {
    for (const event of backward)
      for (const rival of kind.rivals(event, bounds))
        if (kind.compare(event, rival) < 0)
          condition = algebra.and(condition, algebra.not(algebra.and(holds(event), holds(rival))));
  }
  for (const event of backward) {
    const entailed = kind.entails?.(event, bounds);
    if (entailed === undefined) continue;
    const missing = algebra.and(holds(event), algebra.not(holds(entailed)));
    condition = algebra.and(condition, algebra.not(missing));
  }
  return condition;
}

/** Conditions of which as many hold as there are faults of a kind, each made when it is asked for. */
export function* countedOf<F extends Timed>(
  kind: FaultKind<F>,
  events: readonly F[],
  bounds: Bounds,
  holds: (event: F) => Condition,
  algebra: Connectives,
): Iterable<Condition> {
  for (const event of events) {
    const counts = kind.counts(event, bounds);
    if (counts === 'never') continue;
    const condition = holds(event);
    yield counts === 'always' ? condition : algebra.and(condition, algebra.not(holds(counts.unless)));
  }
}

/**
 * The conditions that exactly none, one, and so on up to the most of some conditions hold: a sequential counter.
 *
 * @param within a condition that holds as well
 */
export function countedExactly(
  most: number,
  conditions: Iterable<Condition>,
  algebra: Connectives,
  within: Condition = TRUE,
): readonly Condition[] {
  let counts: readonly Condition[] = [within];
  for (const condition of conditions) {
    const next = counts.map((count) => algebra.and(count, algebra.not(condition)));
    counts.forEach((count, number) => {
      if (number < most)
        next[number + 1] = algebra.or(next[number + 1] ?? FALSE, algebra.and(count, condition));
    });
    counts = next;
  }
  return counts;
}
