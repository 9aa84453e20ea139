/** Run every admissible fault set, smaller ones first: the plainest way to be right. */
import { faultSetsOfSize } from '../../injector/enumerate.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import type { Verdict } from '../result.js';
import type { Asking } from '../requests.js';
import type { Conclusion, Search } from '../search.js';
import { AskedUnder, violated, withoutViolation } from './verdicts.js';

/** @throws Undecided when it passes its budget of executions */
export function* exhaustive(search: Search): Asking<Conclusion> {
  return { verdict: yield* tryAll(search), representation: 'replays', confirmed: false };
}

function* tryAll(search: Search): Asking<Verdict> {
  search.enter('search');
  const { wanted } = search.options;
  const minimal: FaultSet[] = [];
  const asking = new AskedUnder(search);
  for (let size = 0; size <= search.space.largest; size++) {
    const violating: FaultSet[] = [];
    yield* search.firstUnder(
      without(search, minimal, faultSetsOfSize(search.space, size)),
      (faults, outcome) => {
        asking.add(faults, outcome);
        if (isViolated(outcome)) {
          violating.push(faults);
          search.note(faults);
        }
        return false;
      },
    );
    search.cover(size);
    minimal.push(...leastFirst(search, violating));
    // All others are greater than the empty fault set.
    if (minimal.length >= wanted || minimal[0]?.length === 0) break;
  }
  if (minimal.length === 0) return yield* withoutViolation(search, asking.under);
  const found = minimal.slice(0, wanted).map((faults) => ({ faults, optimality: 'least' as const }));
  const remaining = minimal.length > wanted ? 'some' : minimal.length < wanted ? 'none' : 'unknown';
  return yield* violated(search, found, { remaining, violating: undefined });
}

/** Those within which none of others is. */
function* without(
  { space }: Search,
  others: readonly FaultSet[],
  faultSets: Iterable<FaultSet>,
): Generator<FaultSet> {
  for (const faults of faultSets) if (!others.some((found) => space.isWithin(found, faults))) yield faults;
}

/** Those with none of the others within. Of as many faults, one is within another where its crashes are later. */
function leastFirst({ space }: Search, faultSets: readonly FaultSet[]): readonly FaultSet[] {
  const minimal: FaultSet[] = [];
  for (const faults of [...faultSets].sort((a, b) => space.compare(a, b))) {
    if (!minimal.some((found) => space.isWithin(found, faults))) minimal.push(faults);
  }
  return minimal;
}
