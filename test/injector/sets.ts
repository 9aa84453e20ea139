/** Random bounds, and random fault sets within them. */
import fc from 'fast-check';
import type { Bounds } from '../../src/injector/bounds.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { reliableAmong, someReliable, type Named } from '../generators/named-bounds.js';
import { admissibleFaultSets, countFaultSets } from '../judge/fault-sets.js';

export interface Room {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
}

/** Bounds within which there are few enough fault sets to try all, down to none but the empty one. */
export const room: fc.Arbitrary<Room> = fc
  .record({
    nodes: fc.constantFrom(['a'], ['b', 'a'], ['a', 'b', 'c']),
    eot: fc.integer({ min: 1, max: 5 }),
    eff: fc.nat(4),
    crashes: fc.nat(3),
    named: fc.record(
      {
        omissions: fc.nat(3),
        restarts: fc.nat(2),
        pauses: fc.nat(2),
        partitions: fc.nat(1),
        partitionsBefore: fc.integer({ min: 1, max: 5 }),
        delays: fc.nat(2),
        duplicates: fc.nat(2),
        longestDelay: fc.integer({ min: 1, max: 3 }),
        crashesBefore: fc.integer({ min: 1, max: 4 }),
        withinStep: fc.nat(2),
        faults: fc.nat(3),
        reliable: someReliable,
        named: fc.record({ u: fc.nat(2), 'v-1': fc.nat(2) }, { requiredKeys: [], noNullPrototype: true }),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ nodes, eot, eff, crashes, named }) => ({
    nodes,
    bounds: {
      eot,
      eff: Math.min(eff, eot - 1),
      crashes: Math.min(crashes, nodes.length),
      ...within(named, eot),
      ...(named.reliable !== undefined && { reliable: reliableAmong(nodes, named.reliable) }),
    },
  }))
  .filter(({ nodes, bounds: { faults = Infinity, ...bounds } }) => {
    // Few sets of very many faults take as long as many sets.
    const all = countFaultSets(nodes.length, bounds);
    return (
      all <= (faults === Infinity ? 3_000n : 6_000n) &&
      countFaultSets(nodes.length, { ...bounds, faults }) <= 3_000n
    );
  });

/** Nothing is late past EOT. */
function within(named: Named, eot: number): Named {
  const { longestDelay, crashesBefore, partitionsBefore } = named;
  return {
    ...named,
    ...(longestDelay !== undefined && { longestDelay: Math.max(1, Math.min(longestDelay, eot - 2)) }),
    ...(partitionsBefore !== undefined && { partitionsBefore: Math.min(partitionsBefore, eot) }),
    ...(crashesBefore !== undefined && { crashesBefore: Math.min(crashesBefore, eot) }),
  };
}

/** All fault sets within bounds, the space of them, and some of them. */
export interface Occupied extends Room {
  readonly space: FaultSpace;
  readonly all: readonly FaultSet[];
  readonly some: readonly FaultSet[];
}

export function occupied(least: number, most: number): fc.Arbitrary<Occupied> {
  return room.chain(({ nodes, bounds }) => {
    const all = [...admissibleFaultSets(nodes, bounds)];
    const space = new FaultSpace(nodes, bounds);
    return fc
      .array(fc.constantFrom(...all), { minLength: least, maxLength: most })
      .map((some) => ({ nodes, bounds, space, all, some }));
  });
}

export function keyOf(faults: FaultSet): string {
  return JSON.stringify(faults);
}
