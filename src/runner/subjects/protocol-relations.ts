/**
 * Which relations of a program are its protocol's: what is given, sent or carried to the next timestep, and
 * what that is derived from. The others serve the specification alone; they see the run from outside
 * (`crash` holds from the start), so that a difference in them does not show where a run went another way.
 */
import { groupBy } from '../../model/group.js';
import { atomsOf, factsOf, rulesOf } from '../../model/rules/walk.js';
import { propertiesOf } from '../../model/rules/specification.js';
import { CRASH, type Program } from '../../model/rules/program.js';

export function protocolRelations(program: Program): ReadonlySet<string> {
  const rules = rulesOf(program);
  const byHead = groupBy(rules, ({ head }) => head.relation);
  const specified = propertiesOf(program).flatMap(({ name, kept }) => [name, kept]);
  const outside = new Set([...specified, 'pre', 'post', CRASH]);
  const protocol = new Set<string>();
  const pending = [
    ...factsOf(program).map(({ relation }) => relation),
    ...rules.filter(({ timing }) => timing !== 'deductive').map(({ head }) => head.relation),
  ];
  for (let relation = pending.pop(); relation !== undefined; relation = pending.pop()) {
    if (outside.has(relation) || protocol.has(relation)) continue;
    protocol.add(relation);
    for (const rule of byHead.get(relation) ?? [])
      pending.push(...atomsOf(rule).map((atom) => atom.relation));
  }
  return protocol;
}
