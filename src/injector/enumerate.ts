/** All admissible fault sets, and random ones: for baselines that try them one by one. */
import { boundOf } from '../model/bounds.js';
import type { FaultSpace } from './fault-space.js';
import { limitOf } from './faults/kind.js';
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
 * One admissible fault set: each omission happens with even odds; of the ways to crash, each is as likely. Where faults of
 * all kinds together are limited, the kinds have what is left one after the other, each as often the first.
 *
 * @param random uniform in [0, 1)
 */
export function randomFaultSet(space: FaultSpace, random: () => number): FaultSet {
  let left = boundOf(space.bounds, 'faults');
  const kinds = left === Infinity ? faultKinds : shuffled(faultKinds, random);
  return kinds
    .flatMap((kind) => {
      const most = Math.min(left, limitOf(kind, space.bounds));
      const drawn = kind.draw(ofKind(kind, space.events), space, most, random);
      left -= drawn.length;
      return drawn;
    })
    .sort(compareFaults);
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}
