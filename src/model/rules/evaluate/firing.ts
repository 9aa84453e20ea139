/** Why a fact holds in a run: the rule that fired, and the premises it fired on. */
import type { Rule } from '../program.js';
import type { Match } from './join.js';
import type { RelationStore } from './plan.js';
import type { RowId } from './tuples.js';
import type { ValueId } from './values.js';

/** One use of a rule: what it derived, and from what. */
export interface Firing {
  /** A rule with an aggregate fires once a tuple, on the premises of all the contributors of its group. */
  readonly rule: Rule;
  /** The rule's place in the program. */
  readonly ruleNumber: number;
  /** When it fired: a message holds later. */
  readonly time: number;
  readonly head: PresentPremise;
  readonly premises: readonly FiringPremise[];
  /** For a message between two nodes: the channel it went through. */
  readonly channel: { readonly from: string; readonly to: string } | undefined;
}

/** What a rule fired on. */
export type FiringPremise = PresentPremise | AbsentPremise;

/** A fact that held. */
export interface PresentPremise {
  readonly kind: 'present';
  readonly relation: RelationStore;
  readonly row: RowId;
  readonly time: number;
}

/** No tuple had these values in these columns. */
export interface AbsentPremise {
  readonly kind: 'absent';
  readonly relation: RelationStore;
  readonly columns: readonly number[];
  readonly key: readonly ValueId[];
  readonly time: number;
}

/** Told of each firing. */
export type FiringListener = (firing: Firing) => void;

/** The premises of a match, in the order its plan visits them; an absence from a time yet to come is none. */
export function premisesOf(match: Match): readonly FiringPremise[] {
  const premises: FiringPremise[] = [];
  for (const [depth, step] of match.plan.steps.entries()) {
    if (step.kind === 'filter') continue;
    const { relation, columns } = step.lookup;
    const time = step.lookup.time ?? match.time;
    if (step.kind === 'scan') premises.push({ kind: 'present', relation, row: match.rows[depth], time });
    else if (time <= match.time) {
      const key = step.lookup.key.map((source) => match.value(source));
      premises.push({ kind: 'absent', relation, columns, key, time });
    }
  }
  return premises;
}

/** The name of a premise within its evaluator. */
export function premiseKey(premise: FiringPremise): string {
  const { relation, time } = premise;
  if (premise.kind === 'present') return `${relation.name}#${premise.row}@${time}`;
  const pattern = premise.columns.map((column, i) => `${column}=${premise.key[i]}`);
  return `!${relation.name}#${pattern.join()}@${time}`;
}
