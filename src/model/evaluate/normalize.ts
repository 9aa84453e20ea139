/**
 * Takes expressions out of positive premises, so that a join plan meets only variables, constants and
 * wildcards there: `p(X, Y + 1)` becomes `p(X, V), V == Y + 1`.
 */
import type { Atom, Comparison, Premise, Rule, Term, Variable } from '../program.js';

export function withoutNestedExpressions(rule: Rule): Rule {
  let fresh = 0;
  const body = rule.body.flatMap((premise): readonly Premise[] => {
    if (premise.kind === 'comparison' || premise.negated) return [premise];
    const equalities: Comparison[] = [];
    const terms = premise.terms.map((term): Term => {
      if (term.kind !== 'arithmetic') return term;
      // No source text can write this name.
      const variable: Variable = { kind: 'variable', name: `#${fresh++}`, span: term.span };
      equalities.push({ kind: 'comparison', operator: '==', left: variable, right: term, span: term.span });
      return variable;
    });
    const atom: Atom = { ...premise, terms };
    return [atom, ...equalities];
  });
  return { ...rule, body };
}
