/**
 * In which order messages leave a node that stops in the midst of a timestep. Rules send all at once: there is an order only
 * where one is made. It is that of the text, in which messages of the relation come first that a rule sends first, and of one
 * relation those whose values come first. To let any choice of messages leave was considered: those are omissions, one for
 * each.
 */
import { compareTuples } from './order.js';
import type { Rule, Tuple } from './program.js';

/** A message to another node, as it takes its turn. */
export interface Departing {
  readonly relation: string;
  readonly tuple: Tuple;
}

/** The places of the relations of messages. */
export function departurePlaces(rules: readonly Rule[]): ReadonlyMap<string, number> {
  const relations = rules.filter(({ timing }) => timing === 'async').map(({ head }) => head.relation);
  return new Map([...new Set(relations)].map((relation, place) => [relation, place]));
}

export function departureOrder(rules: readonly Rule[]): (a: Departing, b: Departing) => number {
  const places = departurePlaces(rules);
  return (a, b) => places.get(a.relation)! - places.get(b.relation)! || compareTuples(a.tuple, b.tuple);
}
