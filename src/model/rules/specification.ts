/**
 * What specifications are read by: a run violates one where a tuple is in the first relation of a pair and not in the
 * second. `always` and `alwaysPost` are read at every time, and only where a program derives both: programs of others may
 * have a relation of either name for something else.
 */
import type { Program } from './program.js';
import { usesOf } from './walk.js';

/** A pair of relations, by the first of which it is called. */
export interface RuleProperty {
  readonly name: RulePropertyName;
  /** What has to hold where that does. */
  readonly kept: string;
  /** Whether it is read at every time, and not at EOT alone. */
  readonly always: boolean;
}

export type RulePropertyName = 'pre' | 'always';

export const AT_THE_END: RuleProperty = { name: 'pre', kept: 'post', always: false };
export const ALL_THE_TIME: RuleProperty = { name: 'always', kept: 'alwaysPost', always: true };

/** The properties of a program, one at least where its specification is in order. */
export function propertiesOf(program: Pick<Program, 'clauses'>): readonly RuleProperty[] {
  const derived = derivedRelations(program);
  return [AT_THE_END, ALL_THE_TIME].filter(({ name, kept }) => derived.has(name) && derived.has(kept));
}

function derivedRelations(program: Pick<Program, 'clauses'>): ReadonlySet<string> {
  const uses = program.clauses.flatMap(usesOf);
  return new Set(uses.flatMap(({ relation, role }) => (role === 'premise' ? [] : [relation])));
}

/** The pair that a property of this name is. */
export function propertyNamed(name: RulePropertyName): RuleProperty {
  return name === 'pre' ? AT_THE_END : ALL_THE_TIME;
}

/** Which facts specifications read: at EOT, and at every time. */
export function goalsOfProperties(properties: readonly RuleProperty[]): {
  readonly goals: readonly string[];
  readonly everyTime: readonly string[];
} {
  const relationsOf = (always: boolean) =>
    properties.filter((each) => each.always === always).flatMap(({ name, kept }) => [name, kept]);
  return { goals: relationsOf(false), everyTime: relationsOf(true) };
}

/** The times at which a property is read. */
export function timesOfProperty({ always }: RuleProperty, eot: number): readonly number[] {
  return always ? Array.from({ length: eot }, (_, index) => index + 1) : [eot];
}
