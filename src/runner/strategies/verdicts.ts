/** Verdicts, from what a strategy found out. */
import type { FaultSet } from '../../injector/faults.js';
import type { Optimality } from '../../solver/least.js';
import type { Certified, Counterexample, Vacuous, Violated } from '../result.js';
import type { Search } from '../search.js';

export interface Found {
  readonly faults: FaultSet;
  /** `none`: nothing is known of smaller ones. */
  readonly optimality: Optimality | 'none';
}

/** @param found the least first */
export function violated(
  search: Search,
  found: readonly Found[],
  counted: Pick<Violated, 'remaining' | 'violating'>,
): Violated {
  const fewest = found[0].faults.length;
  const counterexamples = found.map(({ faults, optimality }) =>
    search.counterexample(faults, minimalityOf(optimality, faults.length === fewest)),
  );
  return { kind: 'violated', counterexamples, ...counted };
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

/** @param never whether `pre` can hold under no admissible fault set */
export function withoutViolation(search: Search, never: boolean): Certified | Vacuous {
  search.enter('replay');
  if (never) return { kind: 'vacuous', scope: 'always' };
  if (search.failureFree.pre.length === 0) return { kind: 'vacuous', scope: 'failure-free' };
  return { kind: 'certified' };
}
