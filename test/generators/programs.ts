/**
 * The weights of random programs. They make programs in which messages matter: data starts in the first
 * relations, rules carry it towards the last ones, `pre` reads early and `post` late.
 */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Timing } from '../../src/model/rules/program.js';
import type {
  AtomChoice,
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
import { PROGRAM_NODES } from './build.js';
import { namedBounds, togetherWith } from './named-bounds.js';

interface RuleWeights {
  readonly timing: Arbitrary<Timing>;
  /** Percent of rules that join `peer(X, Y)`. */
  readonly linked: number;
  /** How many relations after its first one its head is. */
  readonly head: Arbitrary<number>;
  readonly first: Arbitrary<AtomChoice>;
  /** Percent of rules with an aggregate. */
  readonly aggregated: number;
  readonly others: Arbitrary<readonly PremiseChoice[]>;
}

function rule({ timing, linked, head, first, aggregated, others }: RuleWeights): Arbitrary<RuleChoice> {
  return fc.record({
    timing,
    linked: chance(linked),
    head,
    location: chosen([0, 10], [1, 1], [2, 1]),
    slots: slots((column) =>
      weighted(
        { arbitrary: variableSlot(fc.constant(column + 1)), weight: 20 },
        { arbitrary: variableSlot(), weight: 4 },
        { arbitrary: arithmeticSlot, weight: 3 },
        { arbitrary: constantSlot, weight: 1 },
      ),
    ),
    aggregate: optional(aggregated, fc.record({ column: fc.nat(MOST_COLUMNS - 1), pick: fc.nat(11) })),
    first,
    others,
    checksFirst: chance(8),
  });
}

/** A message that mostly carries what a relation has on to the next one. */
function hop(from: number): Arbitrary<RuleChoice> {
  return rule({
    timing: fc.constant('async'),
    linked: 95,
    head: chosen([1, 5], [2, 1]),
    first: firstAtom(fc.constant(from), 2),
    aggregated: 2,
    others: optional(15, furtherAtom(anyRelation, 70)).map((other) => (other === undefined ? [] : [other])),
  });
}

function protocolRule(): Arbitrary<RuleChoice> {
  const further = weighted<PremiseChoice>(
    { arbitrary: furtherAtom(anyRelation, 45), weight: 3 },
    { arbitrary: comparison, weight: 1 },
  );
  const shared = {
    head: chosen([1, 8], [2, 3], [0, 2], [3, 2]),
    first: firstAtom(chosen([1, 4], [0, 4], [2, 3], [3, 1]), 3),
    others: fc.array(further, { maxLength: 2 }),
  };
  const send = rule({ ...shared, timing: fc.constant('async'), linked: 85, aggregated: 6 });
  const timing = chosen<Timing>(['deductive', 4], ['next', 1]);
  const local = rule({ ...shared, timing, linked: 8, aggregated: 45 });
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
    linked: 40,
    head: fc.constant(0),
    first: weighted(
      { arbitrary: firstAtom(fc.constant(0), 20), weight: 5 },
      { arbitrary: firstAtom(chosen([1, 4], [2, 2]), 10), weight: 5 },
    ),
    aggregated: 12,
    others: weighted<readonly PremiseChoice[]>(
      { arbitrary: fc.constant([]), weight: 6 },
      { arbitrary: fc.array(other, { minLength: 1, maxLength: 2 }), weight: 4 },
    ),
  });
}

/** Mostly what some node should have heard by then. */
function postRule(): Arbitrary<PostChoice> {
  const heard = chosen([1, 7], [2, 2], [0, 1]);
  const further = weighted<PremiseChoice>(
    { arbitrary: remoteAtom(heard, 30), weight: 5 },
    { arbitrary: crashAtom, weight: 2 },
    { arbitrary: comparison, weight: 1 },
  );
  return fc.record({
    echoes: chance(88),
    rule: rule({
      timing: fc.constant('deductive'),
      linked: 10,
      head: fc.constant(0),
      first: firstAtom(heard, 4),
      aggregated: 12,
      others: fc
        .tuple(optional(95, remoteAtom(heard, 10)), optional(20, further))
        .map((premises) => premises.filter((premise) => premise !== undefined)),
    }),
  });
}

/** Chosen so that there are at most about 1,300 admissible fault sets. */
const size: Arbitrary<SizeChoice> = fc
  .record({
    nodes: chosen([2, 2], [3, 3]),
    eot: fc.integer({ min: 3, max: 5 }),
    eff: chosen([2, 3], [3, 3], [1, 1]),
    crashes: chosen([1, 4], [0, 2], [2, 2]),
    named: namedBounds,
  })
  .map(({ nodes, eot, eff, crashes, named }) => {
    const within = nodes === 2 ? Math.min(eff, eot - 1) : Math.min(eff, 2);
    const most = nodes === 3 && within === 2 && eot > 3 ? Math.min(crashes, 1) : crashes;
    // Without a fault there is nothing to test.
    const least = within === 1 ? 1 : 0;
    const bounds = { eot, eff: within, crashes: Math.max(most, least) };
    return { nodes, bounds: togetherWith(named, bounds, PROGRAM_NODES.slice(0, nodes)) };
  });

const kind: Arbitrary<Kind> = chosen<Kind>(['word', 4], ['small', 6], ['total', 4], ['node', 2]);

/** What the protocol starts with often does not last: then each message has one chance. */
function relation(name: string): Arbitrary<RelationChoice> {
  const fleeting = name === DATA_RELATIONS[0] ? 12 : 4;
  return fc.record({
    columns: optional(50, fc.array(kind, { maxLength: MOST_COLUMNS })),
    climbs: chance(50),
    frame: weighted<RelationChoice['frame']>(
      { arbitrary: fc.constant(undefined), weight: fleeting },
      { arbitrary: fc.constant([]), weight: 11 },
      { arbitrary: fc.tuple(furtherAtom(anyRelation, 100)), weight: 3 },
    ),
    durable: chance(30),
  });
}

function fact(): Arbitrary<FactChoice> {
  return fc.record({
    relation: chosen([0, 6], [1, 2], [2, 1], [3, 1]),
    values: fc.tuple(...Array.from({ length: MOST_COLUMNS + 1 }, () => fc.nat(3))),
    time: weighted({ arbitrary: fc.constant(1), weight: 5 }, { arbitrary: time, weight: 1 }),
  });
}

/** One, and up to two more, each `percent` of the time. */
function several<T>(rule: () => Arbitrary<T>, percent: number): Arbitrary<readonly T[]> {
  return fc
    .tuple(rule(), optional(percent, rule()), optional(percent, rule()))
    .map((rules) => rules.filter((one) => one !== undefined));
}

const seed: Arbitrary<FactChoice> = fact().map((choice) => ({ ...choice, relation: 0, time: 1 }));

/** All but the size. */
const parts = {
  selfLinks: chance(25),
  relations: fc.tuple(...DATA_RELATIONS.map(relation)),
  facts: fc.array(fact(), { maxLength: 3, size: 'max' }),
  seed: optional(95, seed),
  hops: fc.tuple(optional(92, hop(0)), optional(50, hop(1))),
  rules: fc.array(protocolRule(), { maxLength: 6, size: 'max' }),
  specification: optional(40, fc.array(kind, { maxLength: 1 })),
  locationLast: chance(30),
  pre: several(preRule, 20),
  post: several(postRule, 25),
};

export const programChoice: Arbitrary<ProgramChoice> = fc.record({ size, ...parts });

export function programChoiceOf(sizes: Arbitrary<SizeChoice>): Arbitrary<ProgramChoice> {
  return fc.record({ size: sizes, ...parts });
}
