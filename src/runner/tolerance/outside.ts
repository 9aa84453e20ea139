/**
 * What lies just outside of bounds within which nothing violates: each bound wider by one, in turn, and each of those who
 * are taken to be reliable left out. A certificate says nothing of that; this says how near it is to its edge, in every direction.
 */
import { misfits, type Bounds } from '../../injector/bounds.js';
import { countFaultEvents, countFaultSets, MOST_FAULT_EVENTS } from '../../injector/counts.js';
import type { FaultSet } from '../../injector/faults.js';
import { ALL_BOUND_NAMES, authorsBounds, boundOf } from '../../model/bounds.js';
import { withoutDefaults } from '../../model/text/bounds.js';
import type { Verdict } from '../result.js';
import type { CheckWithin } from './frontier.js';

/** Bounds of which one is wider by one, and what a check within them came to. */
export interface Widening {
  readonly bounds: Bounds;
  readonly found:
    | { readonly kind: 'tolerated' }
    /** By the least fault set. */
    | { readonly kind: 'violated'; readonly faults: FaultSet }
    /** One sentence. */
    | { readonly kind: 'undecided'; readonly reason: string };
}

/** In the order of bounds; those are left out that admit no more than before. */
export async function widenings(
  nodes: number,
  bounds: Bounds,
  check: CheckWithin,
): Promise<readonly Widening[]> {
  const found: Widening[] = [];
  const all = widerByOne(nodes, bounds);
  for (const [index, wider] of all.entries()) {
    const verdict = (await check(wider, { number: index + 1, of: all.length }))?.verdict;
    if (verdict === undefined) continue;
    found.push({ bounds: wider, found: outcomeOf(verdict) });
  }
  return found;
}

/** All bounds that are wider by one in one respect, and admit more, but not more than a check tells apart. */
export function widerByOne(nodes: number, bounds: Bounds): readonly Bounds[] {
  const before = countFaultSets(nodes, bounds);
  const wider = ALL_BOUND_NAMES.map((name): Bounds => {
    const value =
      name === 'eot' || name === 'eff' || name === 'crashes' ? bounds[name] : boundOf(bounds, name);
    return { ...bounds, [name]: value + 1 };
  });
  const authors = authorsBounds(bounds).map(([name, most]): Bounds => ({
    ...bounds,
    named: { ...bounds.named, [name]: most + 1 },
  }));
  return [...wider, ...authors, ...trustingLess(bounds)].filter(
    (wider) =>
      wider.eff < wider.eot &&
      wider.crashes <= nodes &&
      misfits(wider).length === 0 &&
      countFaultEvents(nodes, wider) <= MOST_FAULT_EVENTS &&
      (wider.eot > bounds.eot || countFaultSets(nodes, wider) > before),
  );
}

/** Without one of those that are taken to be reliable, each in turn. */
function trustingLess({ reliable = {}, ...others }: Bounds): readonly Bounds[] {
  const { nodes = [], links = [] } = reliable;
  return [
    ...nodes.map((node) => ({ nodes: nodes.filter((each) => each !== node), links })),
    ...links.map((link) => ({ nodes, links: links.filter((each) => each !== link) })),
  ].map((fewer) => withoutDefaults({ ...others, reliable: fewer }));
}

function outcomeOf(verdict: Verdict): Widening['found'] {
  switch (verdict.kind) {
    case 'violated':
      return { kind: 'violated', faults: verdict.counterexamples[0].faults };
    case 'inconclusive':
      return { kind: 'undecided', reason: verdict.reason };
    case 'certified':
    case 'vacuous':
      return { kind: 'tolerated' };
  }
}
