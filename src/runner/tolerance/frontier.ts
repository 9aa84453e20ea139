/**
 * What a protocol tolerates: for each number of crashes, until when messages may be lost. More may fail within wider
 * bounds and nothing else changes, so that what is violated stays so; between the widest bounds that are tolerated and
 * the narrowest that are not, bisection finds the edge.
 */
import type { Bounds } from '../../injector/bounds.js';
import type { FaultSet } from '../../injector/faults.js';
import type { CheckResult } from '../result.js';

/** What is tolerated with so many crashes. */
export interface FrontierRow {
  readonly crashes: number;
  /** The widest EFF within which nothing violates; undefined where not even without omissions. */
  readonly tolerated: number | undefined;
  /** Whether some property is never asked there, so that tolerating says little. */
  readonly isVacuous: boolean;
  /** The narrowest EFF that is violated, and the least fault set; undefined where none is known. */
  readonly broken: Edge | undefined;
  /** The narrowest EFF of which a check came to no verdict; undefined where all did. */
  readonly undecided: number | undefined;
}

/** Where tolerance ends. */
export interface Edge {
  readonly eff: number;
  readonly faults: FaultSet;
}

/** What is looked at. */
export interface FrontierLimits {
  /** What stays as it is: the last timestep, and bounds of other kinds. */
  readonly bounds: Bounds;
  /** The widest. */
  readonly eff: number;
  readonly crashes: number;
}

/**
 * Undefined where a check could not be run at all.
 *
 * @param place which check it is of how many, from 1, where that is known
 */
export type CheckWithin = (bounds: Bounds, place?: PlaceOfCheck) => Promise<CheckResult | undefined>;

/** Which check it is of how many. */
export interface PlaceOfCheck {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** The rows from no crash on. The first that not even without omissions is tolerated is the last: all behind it are as bad. */
export async function* frontier(
  { bounds, eff: widest, crashes: most }: FrontierLimits,
  check: CheckWithin,
): AsyncGenerator<FrontierRow> {
  let reach = widest;
  let known: Edge | undefined;
  for (let crashes = 0; crashes <= most; crashes++) {
    const row = await rowOf({ ...bounds, crashes }, { narrowest: Math.min(1, widest), reach }, check);
    if (row === undefined) return;
    // What breaks it with fewer crashes breaks it with more.
    const broken = row.broken ?? (row.undecided === undefined ? known : undefined);
    yield { ...row, broken };
    if (row.tolerated === undefined) return;
    known = broken ?? known;
    reach = broken === undefined ? reach : broken.eff - 1;
  }
}

async function rowOf(
  bounds: Bounds,
  { narrowest, reach }: { readonly narrowest: number; readonly reach: number },
  check: CheckWithin,
): Promise<FrontierRow | undefined> {
  let tolerated = narrowest - 1;
  let isVacuous = false;
  let beyond = reach + 1;
  let broken: Edge | undefined;
  // What is tolerated all the way is known by one check.
  for (let eff = reach; tolerated < beyond - 1; eff = (tolerated + beyond) >> 1) {
    const verdict = (await check({ ...bounds, eff }))?.verdict;
    switch (verdict?.kind) {
      case undefined:
        return undefined;
      case 'violated':
        beyond = eff;
        broken = { eff, faults: verdict.counterexamples[0].faults };
        break;
      case 'inconclusive':
        beyond = eff;
        broken = undefined;
        break;
      case 'certified':
      case 'vacuous':
        tolerated = eff;
        isVacuous = verdict.kind === 'vacuous';
    }
  }
  return {
    crashes: bounds.crashes,
    tolerated: tolerated < narrowest ? undefined : tolerated,
    isVacuous,
    broken,
    undecided: beyond <= reach && broken === undefined ? beyond : undefined,
  };
}
