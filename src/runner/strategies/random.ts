/** Run random admissible fault sets: what most tools do, and the baseline that lineage is measured against. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { randomFaultSet } from '../../injector/enumerate.js';
import { faultSetsWithin, stepsDown } from '../../injector/smaller.js';
import type { FaultSet } from '../../injector/faults.js';
import { isViolated } from '../../injector/run.js';
import type { Asking } from '../requests.js';
import type { Conclusion, Search } from '../search.js';
import { Undecided } from '../guard/undecided.js';
import { violated } from './verdicts.js';

/** Smaller fault sets that are tried, all of them, before a counterexample is called minimal. */
const MOST_WITHIN = 1_024;

/** @throws Undecided when it passes its budget of executions, as it does where nothing violates */
export function* random(search: Search): Asking<Conclusion> {
  search.enter('search');
  const violating = yield* firstViolation(search);
  search.enter('minimize');
  const reduced = yield* reduce(search, violating);
  const within = first(MOST_WITHIN + 1, faultSetsWithin(search.space, reduced));
  const found =
    within.length <= MOST_WITHIN
      ? ({ faults: yield* leastWithin(search, reduced, within), optimality: 'minimal' } as const)
      : ({ faults: reduced, optimality: 'none' } as const);
  const verdict = yield* violated(search, [found], { remaining: 'unknown', violating: undefined });
  return { verdict, representation: 'replays', confirmed: false };
}

/**
 * Draws random fault sets, the empty one first, until one violates the specification.
 * @throws Undecided
 */
export function* firstViolation(search: Search): Asking<FaultSet> {
  const first = yield* firstViolating(search, drawn(search));
  if (first !== undefined) return first;
  throw new Undecided(`none of ${drawsOf(search)} random fault sets violates the specification`);
}

function drawsOf({ options: { draws, budgets } }: Search): number {
  return draws ?? budgets.executions;
}

function* drawn(search: Search): Generator<FaultSet> {
  const { options, space } = search;
  const generator = xoroshiro128plus(options.seed);
  let faults: FaultSet = [];
  for (let count = 0; count < drawsOf(search); count++) {
    yield faults;
    faults = randomFaultSet(space, () => uniformFloat64(generator));
  }
}

/** Takes the first smaller step that still violates, for as long as there is one. */
function* reduce(search: Search, faults: FaultSet): Asking<FaultSet> {
  let reduced = faults;
  for (let next: FaultSet | undefined = faults; next !== undefined;) {
    reduced = next;
    next = yield* firstViolating(search, stepsDown(search.space, reduced));
  }
  return reduced;
}

/**
 * The least of the fault sets within the given one that violates; it has no smaller one that does.
 *
 * @param within all of them
 */
function* leastWithin(search: Search, faults: FaultSet, within: readonly FaultSet[]): Asking<FaultSet> {
  const { space } = search;
  const inOrder = within.toSorted((a, b) => space.compare(a, b));
  // The given one does, unless its run is unstable.
  return (yield* firstViolating(search, inOrder)) ?? faults;
}

/** As many items as there are, at most so many. */
function first<Item>(most: number, items: Iterable<Item>): readonly Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === most) break;
    taken.push(item);
  }
  return taken;
}

function* firstViolating(search: Search, faultSets: Iterable<FaultSet>): Asking<FaultSet | undefined> {
  const first = yield* search.firstUnder(faultSets, (_, outcome) => isViolated(outcome));
  if (first !== undefined) search.note(first);
  return first;
}
