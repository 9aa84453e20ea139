/** Which relations a relation depends on within one timestep: the graph that strata are made of. */
import type { Atom, Program, Rule } from '../program.js';
import { atomsOf, isAggregating, rulesOf } from '../walk.js';

/** From the head of a deductive rule to one of its premises that a deductive rule derives too. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** A dependency that is not monotone orders its relations strictly. */
  readonly manner: 'positive' | 'notin' | 'aggregate';
  readonly rule: Rule;
  readonly premise: Atom;
}

export interface Dependencies {
  /** The relations that deductive rules derive, in order of first appearance. */
  readonly relations: readonly string[];
  /** In program order. Those whose premise has an absolute time count at that time only. */
  readonly edges: readonly Dependency[];
}

export function dependenciesOf(program: Program): Dependencies {
  const rules = rulesOf(program).filter(({ timing }) => timing === 'deductive');
  const relations = new Set(rules.map(({ head }) => head.relation));
  const edges = rules.flatMap((rule) =>
    atomsOf(rule)
      .filter(({ relation }) => relations.has(relation))
      .map((premise) => dependency(rule, premise)),
  );
  return { relations: [...relations], edges };
}

function dependency(rule: Rule, premise: Atom): Dependency {
  const manner = premise.negated ? 'notin' : isAggregating(rule) ? 'aggregate' : 'positive';
  return { from: rule.head.relation, to: premise.relation, manner, rule, premise };
}

/** Those that count at a time; undefined stands for the times that no premise names. */
export function edgesAt({ edges }: Dependencies, time: number | undefined): readonly Dependency[] {
  return edges.filter(({ premise }) => premise.time === undefined || premise.time === time);
}

/** The absolute times that premises name, ascending. */
export function namedTimes({ edges }: Dependencies): readonly number[] {
  const times = edges.flatMap(({ premise }) => (premise.time === undefined ? [] : [premise.time]));
  return [...new Set(times)].sort((a, b) => a - b);
}

/** Edges as lists of successors, by the index of relations. */
export function successorsOf(
  relations: readonly string[],
  edges: readonly Dependency[],
): readonly (readonly number[])[] {
  const indices = new Map(relations.map((relation, index) => [relation, index]));
  const successors = relations.map(() => new Set<number>());
  for (const { from, to } of edges) successors[indices.get(from)!].add(indices.get(to)!);
  return successors.map((each) => [...each]);
}
