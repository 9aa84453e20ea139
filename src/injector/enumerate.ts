/** All admissible fault sets, and random ones: for baselines that try them one by one. */
import type { FaultSpace } from './fault-space.js';
import { compareFaults, faultKinds, ofKind, type Fault, type FaultSet } from './faults.js';

/** The admissible fault sets of exactly so many faults, each once. */
export function* faultSetsOfSize(space: FaultSpace, size: number): Iterable<FaultSet> {
  const { faults } = space;
  function* choose(from: number, chosen: readonly Fault[]): Iterable<FaultSet> {
    if (chosen.length === size) {
      yield chosen;
      return;
    }
    for (let next = from; next <= faults.length - (size - chosen.length); next++)
      if (space.joins(faults[next], chosen)) yield* choose(next + 1, [...chosen, faults[next]]);
  }
  yield* choose(0, []);
}

/**
 * One admissible fault set: each omission happens with even odds; of the ways to crash, each is as likely.
 * @param random uniform in [0, 1)
 */
export function randomFaultSet(space: FaultSpace, random: () => number): FaultSet {
  return faultKinds
    .flatMap((kind) => kind.draw(ofKind(kind, space.events), space, random))
    .sort(compareFaults);
}
