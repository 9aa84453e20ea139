/** Slightly wrong versions of the library's own protocols. */
import { formatBounds, type Bounds } from '../../../src/injector/bounds.js';
import type { Protocol } from '../../../src/runner/subjects/subject.js';
import { countFaultSets } from '../../judge/fault-sets.js';
import type { JudgedVerdict } from '../../judge/verdict.js';

/** A protocol of the library, and what is made of it. */
export interface Original {
  readonly label: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly protocol: Protocol;
  /** Every fault set within the bounds, run. */
  readonly judge: (protocol: Protocol) => JudgedVerdict;
  readonly mutants: readonly Mutant[];
}

export interface Mutant {
  /** What it lacks. */
  readonly lacks: string;
  readonly protocol: Protocol;
}

/** Of fewer fault sets than these, a verdict says little. */
const FEWEST = 10;
/** Fault sets that are tried where there are else too few. */
const STRETCH = 4_200;

/**
 * Bounds within some that a scenario has, of as many fault sets as the judge has the time for.
 *
 * @returns undefined where those are too few
 */
export function affordable(nodes: number, rows: readonly Bounds[], most: number): Bounds | undefined {
  const within = rows.flatMap(({ eot, eff, crashes }) =>
    upTo(eff).flatMap((e) => upTo(crashes).map((c): Bounds => ({ eot, eff: e, crashes: c }))),
  );
  const sizes = within.map((bounds) => ({ bounds, size: Number(countFaultSets(nodes, bounds)) }));
  // The shorter run costs less.
  sizes.sort((a, b) => b.size - a.size || a.bounds.eot - b.bounds.eot || a.bounds.eff - b.bounds.eff);
  const found = [most, STRETCH].map((limit) => sizes.find(({ size }) => size <= limit));
  return found.find((each) => each !== undefined && each.size >= FEWEST)?.bounds;
}

export function labelOf(name: string, bounds: Bounds): string {
  return `${name} ${formatBounds(bounds)}`;
}

function upTo(most: number): readonly number[] {
  return Array.from({ length: most + 1 }, (_, value) => value);
}
