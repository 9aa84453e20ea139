/**
 * Which smaller bounds can be decided where the ones that were asked for cannot: each is told only after it was tried. Fewer
 * faults in all come first, since they say most ("survives any two faults"), then earlier ends of finite failures, and a
 * shorter run last. All but the last admit nothing that the full bounds do not, so that what violates within them does.
 */
import { countFaultSets } from '../injector/counts.js';
import { boundOf, withinRun, type Bounds } from '../model/bounds.js';
import type { Budgets } from './guard/budgets.js';
import type { Coverage, DecidedBounds, Verdict } from './result.js';

/** What is known of smaller bounds. */
export interface Smaller<Conclusion> {
  readonly decided: readonly DecidedBounds[];
  /** What violates within some of them, and within the full bounds as well. */
  readonly violation: ViolatedWithin<Conclusion> | undefined;
}

/** What violates within smaller bounds. */
export interface ViolatedWithin<Conclusion> {
  readonly bounds: Bounds;
  readonly conclusion: Conclusion;
  /** Whether what has the fewest faults there has the fewest of all. */
  readonly isFewest: boolean;
}

/** Undefined where a check within these bounds passes its budget. */
export type DecideWithin<Conclusion> = (bounds: Bounds) => Promise<Conclusion | undefined>;

/** The most faults in all that are tried. */
const MOST_FAULTS = 4;

/** The most ends of finite failures that are tried, and the parts of EOT. */
const MOST_ENDS = 3;
const PARTS_OF_EOT = [3 / 4, 1 / 2] as const;

/** The work of one try, some seconds, and of all of them, a quarter of a minute; see `Search.work`. */
export const WORK_OF_TRY = 1_000_000;
export const WORK_OF_TRIES = 4_000_000;

/** What a check within smaller bounds may spend besides, most of all in memory. */
export function budgetsOfTry(budgets: Budgets): Budgets {
  const most: Partial<Budgets> = {
    circuitNodes: 500_000,
    diagramNodes: 2_000_000,
    tuples: 50_000,
    localStates: 10_000,
    decisionConflicts: 100_000,
    minimumConflicts: 20_000,
  };
  const least = Object.entries(most).map(([name, value]) => [
    name,
    Math.min(value, budgets[name as keyof Budgets]),
  ]);
  // It makes few, of which those before may have left none.
  return { ...budgets, ...(Object.fromEntries(least) as Partial<Budgets>), executions: Infinity };
}

/** @param largest the most faults of a fault set within the full bounds */
export async function smallerBounds<Conclusion extends { readonly verdict: Verdict }>(
  { bounds, largest }: { readonly bounds: Bounds; readonly largest: number },
  decide: DecideWithin<Conclusion>,
): Promise<Smaller<Conclusion>> {
  const decided: DecidedBounds[] = [];
  let violation: ViolatedWithin<Conclusion> | undefined;
  const told = (within: Bounds, verdict: Verdict): DecidedBounds[] =>
    verdict.kind === 'inconclusive' ? [] : [{ bounds: within, verdict: verdict.kind }];
  const attempt = async (within: Bounds, isFewest: boolean) => {
    const conclusion = await decide(within);
    if (conclusion?.verdict.kind === 'violated') violation = { bounds: within, conclusion, isFewest };
    return conclusion?.verdict;
  };

  let most: DecidedBounds[] = [];
  for (const within of fewerFaults(bounds, largest)) {
    const verdict = await attempt(within, true);
    if (violation !== undefined) return { decided, violation };
    if (verdict === undefined) break;
    most = told(within, verdict);
  }
  decided.push(...most);

  let latest: DecidedBounds[] = [];
  let [known, unknown] = [0, bounds.eff];
  for (let tries = 0; tries < MOST_ENDS && unknown - known > 1; tries++) {
    const eff = (known + unknown) >> 1;
    const within = { ...bounds, eff };
    const verdict = await attempt(within, false);
    if (violation !== undefined) return { decided, violation };
    if (verdict === undefined) unknown = eff;
    else [known, latest] = [eff, told(within, verdict)];
  }
  decided.push(...latest);

  if (decided.length === 0) {
    for (const within of shorterRuns(bounds)) {
      const verdict = (await decide(within))?.verdict;
      if (verdict === undefined) continue;
      decided.push(...told(within, verdict));
      break;
    }
  }
  return { decided, violation };
}

/** All fault sets of so few faults as were decided; undefined where none were. */
export function coveredBy(
  decided: readonly DecidedBounds[],
  { nodes, bounds }: { readonly nodes: number; readonly bounds: Bounds },
): Coverage | undefined {
  const most = decided
    .map((each) => each.bounds)
    .filter(({ eot, eff, faults }) => eot === bounds.eot && eff === bounds.eff && faults !== bounds.faults)
    .at(-1);
  if (most === undefined) return undefined;
  const total = countFaultSets(nodes, most);
  return { size: boundOf(most, 'faults'), examined: total, total };
}

function fewerFaults(bounds: Bounds, largest: number): readonly Bounds[] {
  const most = Math.min(MOST_FAULTS, largest - 1, boundOf(bounds, 'faults') - 1);
  return Array.from({ length: Math.max(0, most) }, (_, index) => ({ ...bounds, faults: index + 1 }));
}

function shorterRuns(bounds: Bounds): readonly Bounds[] {
  return PARTS_OF_EOT.map((part) => Math.floor(bounds.eot * part))
    .filter((eot) => eot >= 2)
    .map((eot) => withinRun(bounds, eot));
}
