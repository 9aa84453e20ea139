/** All admissible fault sets, and random ones: for baselines that try them one by one. */
import type { FaultSpace } from './fault-space.js';
import type { Fault, FaultSet } from './faults.js';
import { compareFaults } from './faults.js';

/** The admissible fault sets of exactly so many faults, each once. */
export function* faultSetsOfSize(space: FaultSpace, size: number): Iterable<FaultSet> {
  const { events, bounds } = space;
  function* choose(from: number, chosen: readonly Fault[], down: ReadonlySet<string>): Iterable<FaultSet> {
    if (chosen.length === size) {
      yield chosen;
      return;
    }
    for (let next = from; next <= events.length - (size - chosen.length); next++) {
      const event = events[next];
      if (event.kind === 'omission') yield* choose(next + 1, [...chosen, event], down);
      else if (!down.has(event.node) && down.size < bounds.crashes) {
        yield* choose(next + 1, [...chosen, event], new Set([...down, event.node]));
      }
    }
  }
  yield* choose(0, [], new Set());
}

/**
 * One admissible fault set: each omission happens with even odds; of the ways to crash, each is as likely.
 * @param random uniform in [0, 1)
 */
export function randomFaultSet(space: FaultSpace, random: () => number): FaultSet {
  const faults: Fault[] = space.events.filter((event) => event.kind === 'omission' && random() < 0.5);
  const { eot, crashes } = space.bounds;
  const standing = [...space.nodes];
  for (let left = randomCrashes(standing.length, crashes, eot - 1, random); left > 0; left--) {
    const [node] = standing.splice(Math.floor(random() * standing.length), 1);
    faults.push({ kind: 'crash', node, time: 1 + Math.floor(random() * (eot - 1)) });
  }
  return faults.sort(compareFaults);
}

/** How many nodes crash, in proportion to the ways that so many can: C(nodes, k) * times^k. */
function randomCrashes(nodes: number, most: number, times: number, random: () => number): number {
  const ways = [1];
  for (let k = 1; k <= Math.min(nodes, most); k++) ways.push((ways[k - 1] * (nodes - k + 1) * times) / k);
  let left = random() * ways.reduce((total, some) => total + some, 0);
  const crashed = ways.findIndex((some) => (left -= some) < 0);
  return Math.max(0, crashed);
}
