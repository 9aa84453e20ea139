/** Verdicts, from what a strategy found out. */
import type { FaultSet } from '../../injector/faults.js';
import { formatSchedule } from '../../injector/schedule.js';
import { askedIn, type Outcome } from '../../injector/run.js';
import type { Optimality } from '../../solver/least.js';
import type {
  AskedProperty,
  Certified,
  Counterexample,
  PropertyAsked,
  Vacuous,
  Violated,
} from '../result.js';
import type { Asking } from '../requests.js';
import type { Search } from '../search.js';
import { Undecided } from '../guard/undecided.js';

export interface Found {
  readonly faults: FaultSet;
  /** `none`: nothing is known of smaller ones. */
  readonly optimality: Optimality | 'none';
}

/**
 * @param found the least first
 * @throws Undecided when none of them violates when it is repeated, as a running system may have it
 */
export function* violated(
  search: Search,
  found: readonly Found[],
  counted: Pick<Violated, 'remaining' | 'violating'>,
): Asking<Violated> {
  const fewest = found[0].faults.length;
  const counterexamples: Counterexample[] = [];
  for (const { faults, optimality } of found) {
    const minimality = minimalityOf(optimality, faults.length === fewest);
    const counterexample = yield* search.counterexample(faults, minimality);
    if (counterexample !== undefined) counterexamples.push(counterexample);
  }
  if (counterexamples.length === 0) throw new Undecided(unstable(found[0].faults));
  return { kind: 'violated', counterexamples, ...counted };
}

function unstable(faults: FaultSet): string {
  const under = faults.length === 0 ? 'no fault' : `\`${formatSchedule(faults)}\``;
  return `the run under ${under} is unstable: it violated the specification, and did not when it was repeated`;
}

function minimalityOf(optimality: Found['optimality'], isFewest: boolean): Counterexample['minimality'] {
  switch (optimality) {
    case 'least':
    case 'fewest':
      return isFewest ? 'minimum' : 'minimal';
    case 'minimal':
      return 'minimal';
    case 'none':
      return 'unproven';
  }
}

/**
 * A property that no run is asked says nothing, whatever the others say. Where only runs with faults are asked, that may
 * be its purpose, such as what holds after a crash; but something has to be asked of the run without faults.
 *
 * @param askedUnder a fault set under which a property is asked, though not without faults; undefined where there is none
 * @throws Error when it is not asked under that either: the caller's reasoning is at fault
 */
export function* withoutViolation(
  search: Search,
  askedUnder: (property: string) => FaultSet | undefined,
): Asking<Certified | Vacuous> {
  search.enter('replay');
  const { subject } = search;
  const withoutFaults = askedIn(yield* search.run([]));
  const properties: PropertyAsked[] = [];
  for (const name of subject.properties) {
    const isAskedWithoutFaults = withoutFaults.has(name);
    const under = isAskedWithoutFaults ? [] : askedUnder(name);
    if (!isAskedWithoutFaults && under !== undefined && subject.isRepeatable)
      assertAsked(name, under, yield* search.run(under));
    properties.push({ name, under });
  }
  if (properties.length === 0 || !properties.every(isAsked))
    return { kind: 'vacuous', scope: 'always', properties };
  if (withoutFaults.size === 0) return { kind: 'vacuous', scope: 'failure-free', properties };
  return { kind: 'certified', properties };
}

function assertAsked(name: string, under: FaultSet, outcome: Outcome): void {
  if (!askedIn(outcome).has(name))
    throw new Error(`\`${name}\` was found to be asked under {${formatSchedule(under)}}, and is not`);
}

function isAsked(property: PropertyAsked): property is AskedProperty {
  return property.under !== undefined;
}

/** Of the runs that a strategy makes, the least under which each property is asked. */
export class AskedUnder {
  private readonly known = new Map<string, FaultSet>();

  constructor(private readonly search: Search) {}

  /** Takes in the outcome of a run. */
  add(faults: FaultSet, outcome: Outcome): void {
    const { space } = this.search;
    for (const property of askedIn(outcome)) {
      const least = this.known.get(property);
      if (least === undefined || space.compare(faults, least) < 0) this.known.set(property, faults);
    }
  }

  readonly under = (property: string): FaultSet | undefined => this.known.get(property);
}
