/** Run random admissible fault sets: what most tools do, and the baseline that lineage is measured against. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { randomFaultSet } from '../../injector/enumerate.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import type { Steps } from '../../model/steps.js';
import type { Conclusion, Search } from '../search.js';
import { Undecided } from '../guard/undecided.js';
import { violated } from './verdicts.js';

/** Smaller fault sets that are tried, all of them, before a counterexample is called minimal. */
const MOST_WITHIN = 1_024;

/** @throws Undecided when it passes its budget of executions, as it does where nothing violates */
export function* random(search: Search): Steps<Conclusion> {
  search.enter('search');
  const first = yield* firstViolation(search);
  search.enter('minimize');
  const reduced = yield* reduce(search, first);
  const few = search.space.countWithin(reduced) <= MOST_WITHIN;
  const found = few
    ? ({ faults: leastWithin(search, reduced), optimality: 'minimal' } as const)
    : ({ faults: reduced, optimality: 'none' } as const);
  const verdict = violated(search, [found], { remaining: 'unknown', violating: undefined });
  return { verdict, representation: 'replays', confirmed: false };
}

/**
 * Draws random fault sets, the empty one first, until one violates the specification.
 * @throws Undecided
 */
export function* firstViolation(search: Search): Steps<FaultSet> {
  const { seed, budgets } = search.options;
  const generator = xoroshiro128plus(seed);
  let faults: FaultSet = [];
  for (let drawn = 0; drawn < budgets.executions; drawn++) {
    if (violates(search, faults)) return faults;
    yield;
    faults = randomFaultSet(search.space, () => uniformFloat64(generator));
  }
  throw new Undecided(`none of ${budgets.executions} random fault sets violates the specification`);
}

/** Takes the first smaller step that still violates, for as long as there is one. */
function* reduce(search: Search, faults: FaultSet): Steps<FaultSet> {
  let reduced = faults;
  for (let next: FaultSet | undefined = faults; next !== undefined;) {
    reduced = next;
    yield;
    next = search.space.stepsDown(reduced).find((step) => violates(search, step));
  }
  return reduced;
}

/** The least of the fault sets within the given one that violates; it has no smaller one that does. */
function leastWithin(search: Search, faults: FaultSet): FaultSet {
  const { space } = search;
  const within = [...space.within(faults)].sort((a, b) => space.compare(a, b));
  return within.find((candidate) => violates(search, candidate))!;
}

function violates(search: Search, faults: FaultSet): boolean {
  if (!isViolated(search.run(faults))) return false;
  search.note(faults);
  return true;
}
