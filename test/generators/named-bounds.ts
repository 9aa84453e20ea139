/** Random bounds of the kinds of faults that are off by default, few enough together to try every fault set. */
import fc from 'fast-check';
import type { Bounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../judge/fault-sets.js';
import { weighted } from './weights.js';

/** Where there are crashes in it, these in place of others. */
export type Named = Omit<Bounds, 'eot' | 'eff' | 'crashes'> & { readonly crashes?: number };

/** Mostly nobody: what is reliable takes faults away. */
export const someReliable: fc.Arbitrary<NonNullable<Named['reliable']>> = fc.constantFrom(
  {},
  {},
  { nodes: ['a'] },
  { nodes: ['b'] },
  { links: ['a->b'] },
  { nodes: ['c'], links: ['b->a', 'c->a'] },
);

/** Of those, what is among some nodes. */
export function reliableAmong(
  nodes: readonly string[],
  { nodes: sound = [], links = [] }: NonNullable<Named['reliable']>,
): NonNullable<Named['reliable']> {
  const isThere = (name: string) => nodes.includes(name);
  return {
    nodes: sound.filter(isThere),
    links: links.filter((link) => link.split('->').every(isThere)),
  };
}

/** One kind alone. */
const lone: fc.Arbitrary<Named> = fc
  .constantFrom<Named>(
    { restarts: 1 },
    { restarts: 2 },
    { pauses: 1 },
    { partitions: 1 },
    { delays: 2, longestDelay: 2 },
    { duplicates: 2 },
    { named: { u: 2 } },
  )
  .map((one) => ({ omissions: 0, crashes: 0, ...one }));

/** In almost half of all cases none are given. */
export const namedBounds: fc.Arbitrary<Named> = weighted<Named>(
  { arbitrary: fc.constant({}), weight: 5 },
  { arbitrary: lone, weight: 1 },
  {
    arbitrary: fc.record(
      {
        omissions: fc.nat(2),
        restarts: fc.nat(2),
        pauses: fc.nat(2),
        partitions: fc.nat(1),
        partitionsBefore: fc.integer({ min: 2, max: 6 }),
        delays: fc.nat(2),
        duplicates: fc.nat(2),
        longestDelay: fc.integer({ min: 1, max: 2 }),
        crashesBefore: fc.integer({ min: 1, max: 4 }),
        withinStep: fc.nat(2),
        faults: fc.nat(3),
        reliable: someReliable,
        named: fc.record({ u: fc.nat(2), v: fc.nat(1) }, { requiredKeys: [], noNullPrototype: true }),
      },
      { requiredKeys: [] },
    ),
    weight: 5,
  },
);

/** Of more fault sets nobody runs them all. */
export const MOST_FAULT_SETS = 1_300n;

/** The bounds together, with fewer of what there are most of where they would be too many. */
export function togetherWith(named: Named, bounds: Bounds, nodes: readonly string[]): Bounds {
  const { eot } = bounds;
  const longestDelay = Math.min(named.longestDelay ?? 1, Math.max(1, eot - 2));
  const wide = {
    ...bounds,
    ...named,
    longestDelay,
    ...(named.reliable !== undefined && { reliable: reliableAmong(nodes, named.reliable) }),
    ...(named.partitionsBefore !== undefined && {
      partitionsBefore: Math.min(named.partitionsBefore, eot),
    }),
    ...(named.crashesBefore !== undefined && { crashesBefore: Math.min(named.crashesBefore, eot) }),
  };
  const narrower: readonly Partial<Bounds>[] = [
    {},
    { omissions: 2 },
    { omissions: 1 },
    { omissions: 1, crashes: Math.min(1, wide.crashes) },
    { omissions: 1, crashes: Math.min(1, wide.crashes), ...oneOfEach(named) },
    { omissions: 0, crashes: 0, ...oneOfEach(named) },
    { omissions: 0, crashes: 0, ...oneOfEach(named), delays: 0 },
    { omissions: 0, crashes: 0, ...oneOfEach(named), delays: 0, duplicates: 0 },
    { omissions: 0, crashes: 0, ...oneOfEach(named), delays: 0, duplicates: 0, restarts: 0 },
    {
      omissions: 0,
      crashes: 0,
      delays: 0,
      duplicates: 0,
      restarts: 0,
      pauses: 0,
      partitions: 0,
      named: named.named ?? {},
    },
  ];
  const all = narrower.map((each): Bounds => ({ ...wide, ...each }));
  return Object.keys(named).length === 0
    ? bounds
    : (all.find((each) => countFaultSets(nodes.length, each) <= MOST_FAULT_SETS) ?? bounds);
}

/** Of each kind that is on, one. */
function oneOfEach({ restarts = 0, pauses = 0, delays = 0, duplicates = 0, named = {} }: Named): Named {
  return {
    named: Object.fromEntries(Object.entries(named).map(([name, most]) => [name, Math.min(1, most)])),
    restarts: Math.min(1, restarts),
    pauses: Math.min(1, pauses),
    delays: Math.min(1, delays),
    duplicates: Math.min(1, duplicates),
  };
}
