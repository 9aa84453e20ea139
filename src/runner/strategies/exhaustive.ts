/** Run every admissible fault set, smaller ones first: the plainest way to be right. */
import { faultSetsOfSize } from '../../injector/enumerate.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import type { Steps } from '../../model/steps.js';
import type { Verdict } from '../result.js';
import type { Conclusion, Search } from '../search.js';
import { Asking, violated, withoutViolation } from './verdicts.js';

/** @throws Undecided when it passes its budget of executions */
export function* exhaustive(search: Search): Steps<Conclusion> {
  return { verdict: yield* tryAll(search), representation: 'replays', confirmed: false };
}

function* tryAll(search: Search): Steps<Verdict> {
  search.enter('search');
  const { wanted } = search.options;
  const minimal: FaultSet[] = [];
  const asking = new Asking(search);
  for (let size = 0; size <= search.space.largest; size++) {
    const violating: FaultSet[] = [];
    for (const faults of faultSetsOfSize(search.space, size)) {
      if (minimal.some((found) => search.space.isWithin(found, faults))) continue;
      yield;
      const outcome = search.run(faults);
      asking.add(faults, outcome);
      if (!isViolated(outcome)) continue;
      violating.push(faults);
      search.note(faults);
    }
    search.cover(size);
    minimal.push(...leastFirst(search, violating));
    // All others are greater than the empty fault set.
    if (minimal.length >= wanted || minimal[0]?.length === 0) break;
  }
  if (minimal.length === 0) return withoutViolation(search, asking.under);
  const found = minimal.slice(0, wanted).map((faults) => ({ faults, optimality: 'least' as const }));
  const remaining = minimal.length > wanted ? 'some' : minimal.length < wanted ? 'none' : 'unknown';
  return violated(search, found, { remaining, violating: undefined });
}

/** Those with none of the others within. Of as many faults, one is within another where its crashes are later. */
function leastFirst({ space }: Search, faultSets: readonly FaultSet[]): readonly FaultSet[] {
  const minimal: FaultSet[] = [];
  for (const faults of [...faultSets].sort((a, b) => space.compare(a, b))) {
    if (!minimal.some((found) => space.isWithin(found, faults))) minimal.push(faults);
  }
  return minimal;
}
