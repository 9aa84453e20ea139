/**
 * Rules as join plans expect them. Expressions are taken out of positive premises, so that there are only
 * variables, constants and wildcards there: `p(X, Y + 1)` becomes `p(X, V), V == Y + 1`. The location of a
 * message's rule gets a name where it is a wildcard, since it says which channel is used. No source text can
 * write the new names.
 */
import type { Atom, Comparison, Premise, Rule, Term, Variable } from '../program.js';
import { positivesOf } from '../walk.js';

export function normalize(rule: Rule): Rule {
  return withNamedLocation(withoutNestedExpressions(rule));
}

function withNamedLocation(rule: Rule): Rule {
  const [located] = positivesOf(rule);
  const [location, ...others] = located.terms;
  if (rule.timing !== 'async' || location.kind !== 'wildcard') return rule;
  const named: Atom = {
    ...located,
    terms: [{ kind: 'variable', name: '#location', span: location.span }, ...others],
  };
  return { ...rule, body: rule.body.map((premise) => (premise === located ? named : premise)) };
}

function withoutNestedExpressions(rule: Rule): Rule {
  let fresh = 0;
  const body = rule.body.flatMap((premise): readonly Premise[] => {
    if (premise.kind === 'comparison' || premise.negated) return [premise];
    const equalities: Comparison[] = [];
    const terms = premise.terms.map((term): Term => {
      if (term.kind !== 'arithmetic') return term;
      const variable: Variable = { kind: 'variable', name: `#${fresh++}`, span: term.span };
      equalities.push({ kind: 'comparison', operator: '==', left: variable, right: term, span: term.span });
      return variable;
    });
    const atom: Atom = { ...premise, terms };
    return [atom, ...equalities];
  });
  return { ...rule, body };
}
