/**
 * Which relations can still matter to the goals at each timestep: the goals are read at EOT alone, so a
 * specification's helper relations need not be derived before, nor anything that no message, frame or
 * absolute-time premise carries on.
 */
import type { CheckedProgram, Rule } from '../program.js';

/** Relations to derive at times 1..eot, by time; undefined `goals` means all relations always matter. */
export function relevantRelations(
  checked: CheckedProgram,
  eot: number,
  goals: readonly string[] | undefined,
): readonly ReadonlySet<string>[] {
  const all = new Set(checked.relations.keys());
  if (goals === undefined) return Array.from({ length: eot + 1 }, () => all);
  const rules = checked.program.clauses.filter((clause) => clause.kind === 'rule');
  const needed = Array.from({ length: eot + 1 }, () => new Set<string>());
  for (const goal of goals) needed[eot].add(goal);
  for (let time = eot; time >= 1; time--) {
    close(rules, needed, time);
    if (time === 1) break;
    for (const rule of rules) {
      if (rule.timing !== 'deductive' && needed[time].has(rule.head.relation))
        readBody(rule, needed, time - 1);
    }
  }
  return needed;
}

/** Takes in what the needed relations are derived from at the same time, to the fixpoint. */
function close(rules: readonly Rule[], needed: readonly Set<string>[], time: number): void {
  for (let size = -1; size !== needed[time].size;) {
    size = needed[time].size;
    for (const rule of rules) {
      if (rule.timing === 'deductive' && needed[time].has(rule.head.relation)) readBody(rule, needed, time);
    }
  }
}

function readBody(rule: Rule, needed: readonly Set<string>[], time: number): void {
  for (const premise of rule.body) {
    if (premise.kind !== 'atom') continue;
    const at = premise.time ?? time;
    if (at <= time) needed[at].add(premise.relation);
  }
}
