/** Random premises: atoms that open a rule, atoms that join or negate, comparisons. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { ComparisonOperator } from '../../src/model/rules/program.js';
import type { AtomChoice, ComparisonChoice, Slot } from './choices.js';
import { DATA_RELATIONS, KINDS, MOST_COLUMNS } from './vocabulary.js';
import { chance, chosen, optional, weighted } from './weights.js';

export type PremiseChoice = AtomChoice | ComparisonChoice;

/** `build.ts` keeps it within EOT. */
export const time: Arbitrary<number> = weighted(
  { arbitrary: fc.constant(1), weight: 6 },
  { arbitrary: fc.integer({ min: 1, max: 5 }), weight: 3 },
);

export const constantSlot: Arbitrary<Slot> = fc.record({ kind: fc.constant('constant'), index: fc.nat(3) });

export const arithmeticSlot: Arbitrary<Slot> = fc.record({
  kind: fc.constant('arithmetic'),
  index: fc.nat(2),
  operator: fc.constantFrom('+', '-', '*', '/'),
});

const wildcardSlot: Arbitrary<Slot> = fc.constant({ kind: 'wildcard' });

export function variableSlot(index: Arbitrary<number> = fc.nat(2)): Arbitrary<Slot> {
  return fc.record({ kind: fc.constant('variable'), index });
}

/** One slot for each column beside the location. */
export function slots(slot: (column: number) => Arbitrary<Slot>): Arbitrary<readonly Slot[]> {
  return fc.tuple(...Array.from({ length: MOST_COLUMNS }, (_, column) => slot(column)));
}

interface AtomWeights {
  readonly relation: Arbitrary<number>;
  readonly negated: number;
  readonly timed: number;
  readonly location: Arbitrary<Slot>;
  readonly slot: (column: number) => Arbitrary<Slot>;
}

/** @param weights in percent where they are numbers */
function atom({ relation, negated, timed, location, slot }: AtomWeights): Arbitrary<AtomChoice> {
  return fc.record({
    kind: fc.constant('atom'),
    relation,
    negated: chance(negated),
    time: optional(timed, time),
    location,
    slots: slots(slot),
  });
}

/** Distinct variables, so that the rule has something to work on. */
export function firstAtom(relation: Arbitrary<number>, timed: number): Arbitrary<AtomChoice> {
  const location = weighted(
    { arbitrary: variableSlot(fc.constant(0)), weight: 46 },
    { arbitrary: constantSlot, weight: 3 },
    { arbitrary: wildcardSlot, weight: 1 },
  );
  const slot = (column: number): Arbitrary<Slot> =>
    weighted(
      { arbitrary: variableSlot(fc.constant(column + 1)), weight: 28 },
      { arbitrary: wildcardSlot, weight: 1 },
      { arbitrary: constantSlot, weight: 1 },
    );
  return atom({ relation, negated: 0, timed, location, slot });
}

/** Mostly at the rule's own location. */
export function furtherAtom(relation: Arbitrary<number>, negated: number): Arbitrary<AtomChoice> {
  const location = weighted(
    { arbitrary: variableSlot(fc.constant(0)), weight: 12 },
    { arbitrary: variableSlot(), weight: 5 },
    { arbitrary: wildcardSlot, weight: 2 },
    { arbitrary: constantSlot, weight: 1 },
  );
  const slot = (column: number): Arbitrary<Slot> =>
    weighted(
      { arbitrary: variableSlot(fc.constant(column + 1)), weight: 8 },
      { arbitrary: variableSlot(), weight: 4 },
      { arbitrary: wildcardSlot, weight: 4 },
      { arbitrary: constantSlot, weight: 2 },
      { arbitrary: arithmeticSlot, weight: 2 },
    );
  return atom({ relation, negated, timed: 10, location, slot });
}

/** What other nodes have: somewhere, or at another variable location. */
export function remoteAtom(relation: Arbitrary<number>, negated: number): Arbitrary<AtomChoice> {
  const location = weighted(
    { arbitrary: variableSlot(fc.constant(1)), weight: 8 },
    { arbitrary: wildcardSlot, weight: 4 },
    { arbitrary: variableSlot(fc.constant(0)), weight: 1 },
    { arbitrary: constantSlot, weight: 1 },
  );
  const slot = (column: number): Arbitrary<Slot> =>
    weighted(
      { arbitrary: variableSlot(fc.constant(column + 1)), weight: 5 },
      { arbitrary: wildcardSlot, weight: 5 },
      { arbitrary: variableSlot(), weight: 1 },
    );
  return atom({ relation, negated, timed: 6, location, slot });
}

const CRASH_INDEX = DATA_RELATIONS.length + 1;

/** As specifications read it: mostly whether this node has crashed, at whatever time. */
export const crashAtom: Arbitrary<AtomChoice> = atom({
  relation: fc.constant(CRASH_INDEX),
  negated: 85,
  timed: 4,
  location: variableSlot(fc.constant(0)),
  slot: (column) =>
    column === 0
      ? variableSlot(chosen([0, 3], [1, 1]))
      : weighted({ arbitrary: wildcardSlot, weight: 3 }, { arbitrary: variableSlot(), weight: 1 }),
});

const FAULT_INDEX = DATA_RELATIONS.length + 2;

/** Data relations first, then `peer`, `crash` and `fault`. */
export const anyRelation: Arbitrary<number> = weighted(
  { arbitrary: fc.nat(DATA_RELATIONS.length - 1), weight: 18 },
  { arbitrary: fc.constant(DATA_RELATIONS.length), weight: 1 },
  { arbitrary: fc.constant(CRASH_INDEX), weight: 1 },
  { arbitrary: fc.constant(FAULT_INDEX), weight: 2 },
);

const OPERATORS: readonly ComparisonOperator[] = ['==', '!=', '<', '<=', '>', '>='];

export const comparison: Arbitrary<ComparisonChoice> = fc.record({
  kind: fc.constant('comparison'),
  of: fc.constantFrom(...KINDS),
  operator: fc.constantFrom(...OPERATORS),
  left: weighted({ arbitrary: variableSlot(), weight: 8 }, { arbitrary: arithmeticSlot, weight: 2 }),
  right: weighted(
    { arbitrary: constantSlot, weight: 4 },
    { arbitrary: variableSlot(), weight: 4 },
    { arbitrary: arithmeticSlot, weight: 3 },
  ),
});
