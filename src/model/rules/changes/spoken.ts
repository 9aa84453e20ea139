/**
 * What a rule could ask besides what it asks: whatever the program's own rules read or derive at a node. Where a column has
 * a variable that the rule has too, by the same name, the same is meant; of other columns the rule asks nothing.
 */
import { printPremise } from '../print.js';
import type { Aggregate, Atom, Head, Rule, Term } from '../program.js';
import { atomsOf, positivesOf } from '../walk.js';
import type { OwnRule } from './own-rules.js';
import { atomOf, namesOf, wildcard } from './parts.js';

/** The premises that a rule could have and has not, each once, in the order of the program. */
export function premisesFor({ rule, location }: OwnRule, rules: readonly OwnRule[]): readonly Atom[] {
  const { span } = rule;
  const known = boundBy(rule);
  const asked = new Set(atomsOf(rule).map((atom) => printPremise({ ...atom, negated: false })));
  const atoms = rules.flatMap(spokenIn).map(({ relation, terms: [, ...others] }) => {
    const terms = others.map((term): Term => (isKnown(term, known) ? term : wildcard(span)));
    return atomOf(relation, [location, ...terms], span);
  });
  return [...new Map(atoms.map((atom) => [printPremise(atom), atom]))]
    .filter(([text]) => !asked.has(text))
    .map(([, atom]) => atom);
}

/** The variables that its positive premises give values. */
export function boundBy(rule: Rule): ReadonlySet<string> {
  return namesOf(positivesOf(rule).flatMap(({ terms }) => terms));
}

/** What a rule says of its own node. */
function spokenIn({ rule }: OwnRule): readonly (Atom | Head)[] {
  return rule.timing === 'async' ? atomsOf(rule) : [...atomsOf(rule), rule.head];
}

function isKnown(term: Term | Aggregate, known: ReadonlySet<string>): term is Term {
  return term.kind === 'constant' || (term.kind === 'variable' && known.has(term.name));
}
