/** Admissible fault sets to try a certificate on. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { countFaultSets } from '../../injector/counts.js';
import { faultSetsOfSize, randomFaultSet } from '../../injector/enumerate.js';
import type { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';

/**
 * Distinct admissible fault sets, the empty one first: all of them where there are at most `count`, and else nearly
 * `count`, of few faults as often as of many. Most fault sets have about half of all omissions, under which
 * most protocols do nothing at all.
 */
export function sampleOf(space: FaultSpace, count: number, seed: number): readonly FaultSet[] {
  if (countFaultSets(space.nodes.length, space.bounds) <= BigInt(count)) return allOf(space);
  const generator = xoroshiro128plus(seed);
  const random = () => uniformFloat64(generator);
  const sample = new Map<string, FaultSet>([[formatSchedule([]), []]]);
  for (let drawn = 1; drawn < count; drawn++) {
    const share = random();
    const faults = randomFaultSet(space, random).filter(() => random() < share);
    sample.set(formatSchedule(faults), faults);
  }
  return [...sample.values()];
}

function allOf(space: FaultSpace): readonly FaultSet[] {
  const sizes = Array.from({ length: space.largest + 1 }, (_, size) => size);
  return sizes.flatMap((size) => [...faultSetsOfSize(space, size)]);
}
