/** Slightly wrong versions of the library's own protocols. */
import { createHash } from 'node:crypto';
import type { Bounds } from '../../../src/injector/bounds.js';
import type { FaultSet } from '../../../src/injector/faults.js';
import type { SourceSpan } from '../../../src/model/diagnostics/source.js';
import type { Protocol } from '../../../src/model/protocol.js';
import { countFaultSets } from '../../judge/fault-sets.js';
import type { JudgedVerdict } from '../../judge/verdict.js';

/** A protocol of the library, and what is made of it. */
export interface Original {
  readonly label: string;
  readonly nodes: readonly string[];
  /** Within which the judge has the time to run every fault set. */
  readonly bounds: Bounds;
  /** Within which the library says that no fault set violates it; undefined where it says something else. */
  readonly certifiedWithin: Bounds | undefined;
  readonly protocol: Protocol;
  /** Every fault set within the bounds, run. */
  readonly judge: (protocol: Protocol) => JudgedVerdict;
  /** Whether a run under one fault set violates the specification, for the judge. */
  readonly violates: (protocol: Protocol, eot: number, faults: FaultSet) => boolean;
  /** All that happens in every run within the bounds, for the judge, as a digest. */
  readonly course: (protocol: Protocol) => string;
  readonly mutants: readonly Mutant[];
}

/** What mutants lack, in the order in which it is told. */
export const MUTATIONS = [
  'rules: a message that answers one',
  'rules: another message',
  'rules: what is kept for the next time',
  'rules: a conclusion',
  'rules: a premise',
  'rules: a premise that something is absent',
  'rules: a comparison',
  'handlers: sending a type of message',
  'handlers: heeding a type of message',
  'handlers: remembering what a type of message told',
  'handlers: ticks, or timers',
] as const;
export type MutationKind = (typeof MUTATIONS)[number];

export interface Mutant {
  readonly kind: MutationKind;
  /** What it lacks. */
  readonly lacks: string;
  readonly protocol: Protocol;
  /** Where it is wrong. */
  readonly faulty: readonly FaultyPlace[];
}

/** A place at which a protocol is wrong. */
export type FaultyPlace =
  | { readonly kind: 'rule'; readonly span: SourceSpan }
  /** By the name that reports give it, `onMessage.vote`. */
  | { readonly kind: 'handler'; readonly name: string };

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

/** @param runs all that happens in each, in the order of their fault sets */
export function digestOf(runs: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const run of runs) hash.update(`${JSON.stringify(run)}\n`);
  return hash.digest('hex');
}

function upTo(most: number): readonly number[] {
  return Array.from({ length: most + 1 }, (_, value) => value);
}
