/**
 * The weights of random programs. They make programs in which messages matter: data starts in the first
 * relations, rules carry it towards the last ones, `pre` reads early and `post` late.
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Timing } from '../../src/model/program.js';
import type {
  FactChoice,
  PostChoice,
  ProgramChoice,
  RelationChoice,
  RuleChoice,
  SizeChoice,
} from './choices.js';
import {
  anyRelation,
  arithmeticSlot,
  comparison,
  constantSlot,
  crashAtom,
  firstAtom,
  furtherAtom,
  remoteAtom,
  slots,
  time,
  variableSlot,
} from './premises.js';
import type { PremiseChoice } from './premises.js';
import { DATA_RELATIONS, MOST_COLUMNS } from './vocabulary.js';
import type { Kind } from './vocabulary.js';
import { chance, chosen, optional, weighted } from './weights.js';

interface RuleWeights {
  readonly timing: Arbitrary<Timing>;
  /** Percent of rules that join `peer(X, Y)`. */
  readonly linked: number;
  /** The data relation that the rule starts from. */
  readonly first: Arbitrary<number>;
  /** Percent of rules with an aggregate. */
  readonly aggregated: number;
  readonly others: Arbitrary<readonly PremiseChoice[]>;
}

function rule({ timing, linked, first, aggregated, others }: RuleWeights): Arbitrary<RuleChoice> {
  return fc.record({
    timing,
    linked: chance(linked),
    head: chosen([1, 8], [2, 3], [0, 2], [3, 2]),
    location: chosen([0, 8], [1, 2], [2, 1]),
    slots: slots((column) =>
      weighted(
        { arbitrary: variableSlot(fc.constant(column + 1)), weight: 12 },
        { arbitrary: variableSlot(), weight: 4 },
        { arbitrary: arithmeticSlot, weight: 3 },
        { arbitrary: constantSlot, weight: 1 },
      ),
    ),
    aggregate: optional(aggregated, fc.record({ column: fc.nat(MOST_COLUMNS - 1), pick: fc.nat(11) })),
    first: firstAtom(first),
    others,
  });
}

const opening = rule({
  timing: fc.constant('async'),
  linked: 95,
  first: fc.constant(0),
  aggregated: 2,
  others: optional(15, furtherAtom(anyRelation, 70)).map((other) => (other === undefined ? [] : [other])),
});

function protocolRule(): Arbitrary<RuleChoice> {
  const further = weighted<PremiseChoice>(
    { arbitrary: furtherAtom(anyRelation, 45), weight: 3 },
    { arbitrary: comparison, weight: 1 },
  );
  const shared = {
    first: chosen([1, 4], [0, 4], [2, 3], [3, 1]),
    others: fc.array(further, { maxLength: 2 }),
  };
  const send = rule({ ...shared, timing: fc.constant('async'), linked: 85, aggregated: 4 });
  const timing = chosen<Timing>(['deductive', 4], ['next', 1]);
  const local = rule({ ...shared, timing, linked: 8, aggregated: 25 });
  return weighted({ arbitrary: send, weight: 1 }, { arbitrary: local, weight: 1 });
}

function preRule(): Arbitrary<RuleChoice> {
  const other = weighted<PremiseChoice>(
    { arbitrary: crashAtom, weight: 5 },
    { arbitrary: remoteAtom(anyRelation, 20), weight: 4 },
    { arbitrary: comparison, weight: 1 },
  );
  return rule({
    timing: fc.constant('deductive'),
    linked: 5,
    first: chosen([0, 4], [1, 3], [2, 1], [3, 1]),
    aggregated: 6,
    others: fc.array(other, { maxLength: 2 }),
  });
}

function postRule(): Arbitrary<PostChoice> {
  const other = weighted<PremiseChoice>(
    { arbitrary: remoteAtom(chosen([1, 4], [2, 4], [3, 2], [0, 1]), 10), weight: 8 },
    { arbitrary: crashAtom, weight: 1 },
    { arbitrary: comparison, weight: 1 },
  );
  return fc.record({
    echoes: chance(70),
    rule: rule({
      timing: fc.constant('deductive'),
      linked: 10,
      first: chosen([1, 3], [2, 3], [3, 2], [0, 1]),
      aggregated: 6,
      others: fc.array(other, { maxLength: 2 }),
    }),
  });
}

/** Chosen so that there are at most about 1,300 admissible fault sets. */
const size: Arbitrary<SizeChoice> = fc
  .record({
    nodes: chosen([2, 2], [3, 3]),
    eot: fc.integer({ min: 3, max: 5 }),
    eff: chosen([2, 3], [3, 3], [1, 1]),
    crashes: chosen([1, 3], [0, 2], [2, 2]),
  })
  .map(({ nodes, eot, eff, crashes }) => {
    const within = nodes === 2 ? Math.min(eff, eot - 1) : Math.min(eff, 2);
    const most = nodes === 3 && within === 2 && eot > 3 ? Math.min(crashes, 1) : crashes;
    return { nodes, bounds: { eot, eff: within, crashes: most } };
  });

const kind: Arbitrary<Kind> = chosen<Kind>(['word', 4], ['small', 4], ['total', 2], ['node', 2]);

function relation(): Arbitrary<RelationChoice> {
  return fc.record({
    columns: optional(50, fc.array(kind, { maxLength: MOST_COLUMNS })),
    climbs: chance(50),
    frame: weighted<RelationChoice['frame']>(
      { arbitrary: fc.constant(undefined), weight: 2 },
      { arbitrary: fc.constant([]), weight: 6 },
      { arbitrary: fc.tuple(furtherAtom(anyRelation, 100)), weight: 2 },
    ),
  });
}

function fact(): Arbitrary<FactChoice> {
  return fc.record({
    relation: chosen([0, 6], [1, 2], [2, 1], [3, 1]),
    values: fc.tuple(...Array.from({ length: MOST_COLUMNS + 1 }, () => fc.nat(3))),
    time: weighted({ arbitrary: fc.constant(1), weight: 5 }, { arbitrary: time, weight: 1 }),
  });
}

export const programChoice: Arbitrary<ProgramChoice> = fc.record({
  size,
  selfLinks: chance(25),
  relations: fc.tuple(...DATA_RELATIONS.map(() => relation())),
  facts: fc.array(fact(), { minLength: 1, maxLength: 4, size: 'max' }),
  opening: optional(90, opening),
  rules: fc.array(protocolRule(), { maxLength: 6, size: 'max' }),
  specification: optional(40, fc.array(kind, { maxLength: 1 })),
  pre: fc.array(preRule(), { minLength: 1, maxLength: 2, size: 'max' }),
  post: fc.array(postRule(), { minLength: 1, maxLength: 3, size: 'max' }),
});
