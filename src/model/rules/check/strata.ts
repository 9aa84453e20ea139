/** The order of derivation within one timestep: every relation after those that it depends on. */
import type { Program, Rule, Stratum } from '../program.js';
import { dependenciesOf, edgesAt, namedTimes, successorsOf } from './dependencies.js';
import type { Dependencies } from './dependencies.js';
import { groupBy } from '../../group.js';
import { components } from './scc.js';
import { rulesOf } from '../walk.js';

/**
 * For a program in which no negation or aggregation is part of a cycle. Strata hold the relations that
 * deductive rules derive, and no others; their order depends on the program text alone.
 */
export function stratify(program: Program): (time: number) => readonly Stratum[] {
  const dependencies = dependenciesOf(program);
  const named = new Set(namedTimes(dependencies));
  const deductive = rulesOf(program).filter(({ timing }) => timing === 'deductive');
  const rules = groupBy(
    deductive.map((rule, index) => ({ rule, index })),
    ({ rule }) => rule.head.relation,
  );
  const known = new Map<number | undefined, readonly Stratum[]>();
  return (time) => {
    const key = named.has(time) ? time : undefined;
    const strata = known.get(key) ?? strataOf(dependencies, rules, key);
    known.set(key, strata);
    return strata;
  };
}

type RulesByHead = ReadonlyMap<string, readonly { readonly rule: Rule; readonly index: number }[]>;

function strataOf(
  dependencies: Dependencies,
  rules: RulesByHead,
  time: number | undefined,
): readonly Stratum[] {
  const { relations } = dependencies;
  const edges = edgesAt(dependencies, time);
  const reading = new Set(edges.filter(({ from, to }) => from === to).map(({ from }) => from));
  return components(successorsOf(relations, edges)).map((component) => {
    const members = component.map((index) => relations[index]);
    const own = members.flatMap((relation) => rules.get(relation) ?? []).sort((a, b) => a.index - b.index);
    return {
      relations: members,
      recursive: members.length > 1 || reading.has(members[0]),
      rules: own.map(({ rule }) => rule),
    };
  });
}
