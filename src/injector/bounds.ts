/** Bounds of what may fail, and how the literature estimates what is within them. */
import { power } from './polynomials.js';

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
  return ((power([1n, 1n], nodes, crashes)[crashes] ?? 0n) * crashing ** BigInt(crashes)) << lastingBits;
}
