/** How many faults, and how many fault sets, are within bounds. */
import { binomials } from './binomials.js';
import type { Bounds } from './bounds.js';
import { faultKinds } from './faults.js';

/**
 * The most single faults that a check tells apart. Each takes memory before anything is run; and fault sets among
 * more are counted by numbers of a hundred thousand digits.
 */
export const MOST_FAULT_EVENTS = 500_000;

/** How many single faults are within the bounds: omissions, and crashes of each node at each time. */
export function countFaultEvents(nodes: number, bounds: Bounds): number {
  return faultKinds.reduce((sum, kind) => sum + kind.countEvents(nodes, bounds), 0);
}

/** How many fault sets are admissible: any omissions, with any choice of crashing nodes and their times. */
export function countFaultSets(nodes: number, bounds: Bounds): bigint {
  const crashSets = crashChoices(nodes, bounds, bounds.crashes).reduce((total, some) => total + some, 0n);
  return crashSets << BigInt(countOmissions(nodes, bounds));
}

/** How many admissible fault sets have exactly, or at most, so many faults: `counts[size]` for exactly `size`. */
export function countFaultSetsBySize(nodes: number, bounds: Bounds, largest: number): readonly bigint[] {
  const omissionSets = binomials(countOmissions(nodes, bounds), largest);
  const crashSets = crashChoices(nodes, bounds, Math.min(largest, bounds.crashes));
  return Array.from({ length: largest + 1 }, (_, size) =>
    crashSets
      .slice(0, size + 1)
      .reduce((total, some, crashed) => total + some * omissionSets[size - crashed], 0n),
  );
}

function countOmissions(nodes: number, { eff }: Pick<Bounds, 'eff'>): number {
  return nodes * (nodes - 1) * Math.max(0, eff - 1);
}

/** The ways for exactly 0, 1, ... `most` nodes to crash, each at one of the times 1..EOT-1. */
function crashChoices(nodes: number, { eot }: Bounds, most: number): readonly bigint[] {
  let times = 1n;
  return binomials(nodes, most).map((choices, crashed) => {
    if (crashed > 0) times *= BigInt(eot - 1);
    return choices * times;
  });
}
