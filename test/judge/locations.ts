/** Which columns hold nodes: the ends of messages, and whatever is the same as those. */
import type { Aggregate, Program, Rule, Term } from '../../src/model/rules/program.js';

/** Whether a column of a relation, from 0, holds nodes. */
export function locationColumns(program: Program): (relation: string, column: number) => boolean {
  const rules = program.clauses.filter((clause) => clause.kind === 'rule');
  const places = new Set(['crash 0', 'crash 1']);
  if (!derives(program, 'restarted')) places.add('restarted 0');
  if (!derives(program, 'fault')) places.add('fault 0');
  // What is held against each other holds the same. Of all times that is read only where there is both.
  const pairs = [['pre', 'post']];
  if (derives(program, 'always') && derives(program, 'alwaysPost')) pairs.push(['always', 'alwaysPost']);
  for (const rule of rules) {
    if (rule.timing !== 'async') continue;
    places.add(`${rule.head.relation} 0`);
    const sender = rule.body.find((premise) => premise.kind === 'atom' && !premise.negated);
    if (sender?.kind === 'atom') places.add(`${sender.relation} 0`);
  }
  for (let size = 0; size < places.size;) {
    size = places.size;
    for (const rule of rules) spread(rule, places);
    for (const place of [...places]) {
      const [relation, column] = place.split(' ');
      for (const pair of pairs)
        if (pair.includes(relation)) for (const each of pair) places.add(`${each} ${column}`);
    }
  }
  return (relation, column) => places.has(`${relation} ${column}`);
}

function derives(program: Program, relation: string): boolean {
  return program.clauses.some((clause) =>
    clause.kind === 'fact' ? clause.relation === relation : clause.head.relation === relation,
  );
}

/** A variable that holds a node somewhere does so everywhere in its rule. */
function spread(rule: Rule, places: Set<string>): void {
  const uses = [rule.head, ...rule.body.filter((premise) => premise.kind === 'atom')];
  const nodes = new Set<string>();
  for (const { relation, terms } of uses)
    terms.forEach((term, column) => {
      const name = nameOf(term);
      if (name !== undefined && places.has(`${relation} ${column}`)) nodes.add(name);
    });
  for (const premise of rule.body) {
    if (premise.kind !== 'comparison') continue;
    const sides = [premise.left, premise.right].map(nameOf);
    if (sides.some((side) => side !== undefined && nodes.has(side)))
      for (const side of sides) if (side !== undefined) nodes.add(side);
  }
  for (const { relation, terms } of uses)
    terms.forEach((term, column) => {
      if (nodes.has(nameOf(term) ?? '')) places.add(`${relation} ${column}`);
    });
}

/** Of the greatest and the least the type is that of all. */
function nameOf(term: Term | Aggregate): string | undefined {
  if (term.kind === 'aggregate')
    return term.function === 'min' || term.function === 'max' ? term.variable.name : undefined;
  return term.kind === 'variable' ? term.name : undefined;
}
