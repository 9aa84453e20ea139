/** Bounds of what may fail, and how many fault sets are within them. */
import { faultKinds } from './faults.js';

/** The finite space of fault sets that a verdict speaks about. */
export interface Bounds {
  /** The last logical timestep, >= 1. */
  readonly eot: number;
  /** End of finite failures: an omission is admissible at a send time t with 1 <= t < eff. Less than `eot`. */
  readonly eff: number;
  /** The most nodes that may crash, at times t with 1 <= t < eot. */
  readonly crashes: number;
}

/** The longest run that is offered; it guards against slips of the keyboard, not against patience. */
export const LONGEST_EOT = 10_000;

/** As the literature writes them: EOT/EFF/crashes. */
export function formatBounds(bounds: Bounds): string {
  return `${bounds.eot}/${bounds.eff}/${bounds.crashes}`;
}

/** @throws RangeError where no run, or no fault set, is within the bounds as they are meant */
export function assertBounds(nodes: number, { eot, eff, crashes }: Bounds): void {
  const natural = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!natural(eot) || eot < 1 || eot > LONGEST_EOT)
    throw new RangeError(`EOT is ${eot}, and has to be an integer from 1 to ${LONGEST_EOT}`);
  if (!natural(eff) || eff >= eot)
    throw new RangeError(`EFF is ${eff}, and has to be from 0 to EOT - 1 = ${eot - 1}`);
  if (!natural(crashes) || crashes > nodes) {
    throw new RangeError(
      `the crashes are ${crashes}, and have to be from 0 to ${nodes}, the number of nodes`,
    );
  }
}

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

/**
 * The estimate that the literature publishes for the same space (Alvaro et al., "Lineage-driven Fault
 * Injection", 2015, Fig. 12 and 13): with L = 2^(nodes-1) ways to lose what a node sends at one time,
 * C(nodes, crashes) * (L^EFF)^(nodes-crashes) * (sum over k = 1..EOT+1 of L^min(EFF, k-1))^crashes.
 */
export function estimateFaultSets(nodes: number, bounds: Bounds): bigint {
  const { eot, eff, crashes } = bounds;
  const lossBits = nodes - 1;
  let crashing = 0n;
  for (let k = 1; k <= eot + 1; k++) crashing += 1n << BigInt(lossBits * Math.min(eff, k - 1));
  const lastingBits = BigInt(lossBits * eff * (nodes - crashes));
  return (binomials(nodes, crashes)[crashes] * crashing ** BigInt(crashes)) << lastingBits;
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

/** C(n, 0), C(n, 1), ... C(n, `most`): each from the one before it, since to begin anew takes the square of the time. */
function binomials(n: number, most: number): readonly bigint[] {
  const row = [1n];
  for (let k = 1; k <= most; k++) row.push(k > n ? 0n : (row[k - 1] * BigInt(n - k + 1)) / BigInt(k));
  return row;
}
