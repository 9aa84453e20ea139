/** Random fault sets, to test what is taken for granted. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Knowledge } from './knowledge.js';
import { faultsKey, withFault, type SystemFault, type SystemFaults } from './system-run.js';

export interface Drawing {
  /** The most faults of one. */
  readonly most: number;
  readonly count: number;
  readonly seed: number;
}

/** How often to draw for each that is wanted: most that is drawn may have been run, or cannot fire. */
const TRIES = 20;

/** Fault sets that may fire, were not run, and have none within them that is known to be bad. */
export function drawnFaultSets(
  knowledge: Knowledge,
  { most, count, seed }: Drawing,
): readonly SystemFaults[] {
  const generator = xoroshiro128plus(seed);
  const faults = knowledge.seenCalls.flatMap(({ point, kinds }) => kinds.map((kind) => ({ point, kind })));
  const drawn = new Map<string, SystemFaults>();
  for (let tries = count * TRIES; tries > 0 && drawn.size < count && faults.length > 0; tries--) {
    const size = uniformInt(generator, 1, Math.max(1, Math.min(most, faults.length)));
    const set = drawOne(knowledge, faults, size, (below) => uniformInt(generator, 0, below - 1));
    if (knowledge.runUnder(set) === undefined) drawn.set(faultsKey(set), set);
  }
  return [...drawn.values()];
}

/** At most so many faults, each of which may fire beside those before it. */
function drawOne(
  knowledge: Knowledge,
  faults: readonly SystemFault[],
  size: number,
  draw: (below: number) => number,
): SystemFaults {
  let set: SystemFaults = [];
  for (let tries = size * TRIES; tries > 0 && set.length < size; tries--) {
    const larger = withFault(set, faults[draw(faults.length)]);
    if (larger.length > set.length && knowledge.mayFire(larger) && !knowledge.map.hasBadWithin(larger))
      set = larger;
  }
  return set;
}
