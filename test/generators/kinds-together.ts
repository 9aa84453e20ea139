/**
 * Bounds that admit each kind of faults alone, any two of them, and several together, each about as often: few faults of
 * each, so that every fault set can be tried.
 */
import fc from 'fast-check';
import type { Bounds } from '../../src/injector/bounds.js';
import { countFaultSets } from '../judge/fault-sets.js';
import { MOST_FAULT_SETS, reliableAmong, someReliable } from './named-bounds.js';
import { chance, chosen, optional } from './weights.js';

/** What a kind takes of the bounds. */
const OF_KIND = {
  omission: { omissions: 2 },
  crash: { crashes: 1 },
  'crash within a timestep': { crashes: 1, withinStep: 1 },
  outage: { restarts: 1 },
  partition: { partitions: 1 },
  delay: { delays: 1, longestDelay: 2 },
  duplicate: { duplicates: 1, longestDelay: 2 },
  pause: { pauses: 1 },
  named: { named: { u: 1 } },
} as const satisfies Readonly<Record<string, Partial<Bounds>>>;

type Kind = keyof typeof OF_KIND;

const ALL = (Object.keys(OF_KIND) as Kind[]).filter((kind) => kind !== 'crash within a timestep');

/** Three and more. */
const SEVERAL: readonly (readonly Kind[])[] = [
  ['omission', 'crash', 'outage'],
  ['omission', 'delay', 'duplicate'],
  ['crash within a timestep', 'omission', 'partition'],
  ['outage', 'partition', 'delay'],
  ['outage', 'duplicate', 'named'],
  ['pause', 'delay', 'named'],
  ['pause', 'partition', 'crash'],
  ['crash', 'outage', 'pause', 'named'],
  ['omission', 'partition', 'delay', 'duplicate'],
  ALL,
];

const WITHIN: Kind = 'crash within a timestep';
const ALONE = [...ALL, WITHIN].map((kind) => [kind]);
const PAIRS = ALL.flatMap((one, index) => ALL.slice(index + 1).map((other) => [one, other]));

/** By what their bounds are of. */
export const KINDS_TOGETHER: readonly (readonly Kind[])[] = [...ALONE, ...PAIRS, ...SEVERAL];

interface Drawn {
  readonly kinds: readonly Kind[];
  readonly from: number;
  readonly fewer: boolean;
  readonly lasts: boolean;
  readonly reliable: NonNullable<Bounds['reliable']> | undefined;
}

/** From many fault sets to few. Pauses want an EFF of 3. */
const SIZES: readonly { readonly count: number; readonly eot: number; readonly eff: number }[] = [
  { count: 3, eot: 5, eff: 3 },
  { count: 2, eot: 6, eff: 4 },
  { count: 2, eot: 5, eff: 4 },
  { count: 2, eot: 5, eff: 3 },
  { count: 2, eot: 4, eff: 3 },
];

/** Nodes are counted; of the names given, the first are meant. */
export interface TogetherSize {
  readonly count: number;
  readonly bounds: Bounds;
}

/** @param names of nodes, of which there may be the first two or all three */
export function kindsTogether(names: readonly string[]): fc.Arbitrary<TogetherSize> {
  return fc
    .record({
      kinds: fc.constantFrom(...KINDS_TOGETHER),
      from: chosen([0, 1], [1, 1], [2, 2], [3, 2]),
      fewer: chance(30),
      lasts: chance(30),
      reliable: optional(15, someReliable),
    })
    .map((drawn) => largestFrom(drawn, names));
}

/** The first that can be tried, the fewest of the sizes if none; then with fewer faults together. */
function largestFrom({ kinds, from, fewer, lasts, reliable }: Drawn, names: readonly string[]): TogetherSize {
  const sizes = SIZES.slice(from);
  const limits = [...(fewer || kinds.length > 3 ? [] : [undefined]), 2, 1];
  const all = limits.flatMap((faults) =>
    sizes.map(({ count, eot, eff }): TogetherSize => {
      const sound = reliable && reliableAmong(names.slice(0, count), reliable);
      const limited = { ...(faults !== undefined && { faults }), ...(sound && { reliable: sound }) };
      const ever = lasts && kinds.includes('partition') && { partitionsBefore: eot };
      const none: Bounds = { eot, eff, crashes: 0, omissions: 0, ...ever };
      const bounds = kinds.reduce<Bounds>((all, kind) => ({ ...all, ...OF_KIND[kind] }), none);
      return { count, bounds: { ...bounds, ...limited } };
    }),
  );
  return all.find(({ count, bounds }) => countFaultSets(count, bounds) <= MOST_FAULT_SETS) ?? all.at(-1)!;
}
