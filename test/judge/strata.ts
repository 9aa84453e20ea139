/**
 * The order of derivation within one timestep, found the naive way: raise the level of each head above what
 * it negates or aggregates until nothing changes. No graph, no components, so that nothing is shared with
 * the checker under test.
 */
import type { Head, Program, Rule } from '../../src/model/rules/program.js';

export class UnstratifiedError extends Error {
  override readonly name = 'UnstratifiedError';
}

/**
 * The deductive rules by level, lowest first. A rule's premises are of its own level or lower; those that it
 * negates or aggregates over are strictly lower.
 *
 * @throws UnstratifiedError when a cycle within timestep `time` passes through negation or aggregation.
 */
export function strataAt(program: Program, time: number): readonly (readonly Rule[])[] {
  const rules = program.clauses.filter((clause) => clause.kind === 'rule' && clause.timing === 'deductive');
  const levels = levelsOf(rules as Rule[], time);
  const strata: Rule[][] = [];
  for (const rule of rules as Rule[]) (strata[levels.get(rule.head.relation)!] ??= []).push(rule);
  return Array.from(strata, (stratum: Rule[] | undefined) => stratum ?? []);
}

export function isAggregated(head: Head): boolean {
  return head.terms.some((term) => term.kind === 'aggregate');
}

/** Without a cycle through negation no level can exceed the number of relations. */
function levelsOf(rules: readonly Rule[], time: number): ReadonlyMap<string, number> {
  const levels = new Map(rules.map((rule) => [rule.head.relation, 0]));
  for (let changed = true; changed;) {
    changed = false;
    for (const rule of rules) {
      const relation = rule.head.relation;
      const level = Math.max(levels.get(relation)!, lowestLevel(rule, time, levels));
      if (level > levels.size)
        throw new UnstratifiedError(`${relation} depends on its own absence at time ${time}`);
      if (level > levels.get(relation)!) {
        levels.set(relation, level);
        changed = true;
      }
    }
  }
  return levels;
}

function lowestLevel(rule: Rule, time: number, levels: ReadonlyMap<string, number>): number {
  let lowest = 0;
  for (const premise of rule.body) {
    if (premise.kind !== 'atom' || (premise.time ?? time) !== time) continue;
    const strictly = premise.negated || isAggregated(rule.head);
    // A relation that no deductive rule derives is complete before the first level.
    const level = levels.get(premise.relation);
    if (level !== undefined) lowest = Math.max(lowest, level + (strictly ? 1 : 0));
  }
  return lowest;
}
