/** Everything that a rule computes or asks the absence of must be bound by a positive atom. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Aggregate, Program, Rule, Term, Variable, Wildcard } from '../program.js';
import { suggest } from '../../text/suggest.js';
import { isPositive, leavesOf, rulesOf, termsOf } from '../walk.js';

/** A variable or wildcard in a place that takes a value and gives none, and what that place is called. */
interface Demand {
  readonly leaf: Variable | Wildcard;
  readonly place: string;
}

export function checkBinding(program: Program): readonly Diagnostic[] {
  return rulesOf(program).flatMap(checkRule);
}

function checkRule(rule: Rule): readonly Diagnostic[] {
  if (!rule.body.some(isPositive)) {
    const message = 'this rule has no positive atom, so it has no location';
    const hint = 'add an atom that holds where and when the rule is to fire';
    return [
      diagnostic('DED304', message, { span: rule.head.span, expected: 'an atom without `notin`', hint }),
    ];
  }
  const bound = boundVariables(rule);
  const reported = new Set<string>();
  return [
    ...wildcardsInHead(rule),
    ...demandsOf(rule).flatMap((demand) => unmet(demand, rule, bound, reported)),
  ];
}

/** The variables that stand as a whole column of a positive atom. */
function boundVariables(rule: Rule): ReadonlySet<string> {
  const columns = rule.body.filter(isPositive).flatMap(({ terms }) => terms);
  return new Set(columns.flatMap((term) => (term.kind === 'variable' ? [term.name] : [])));
}

function wildcardsInHead({ head }: Rule): readonly Diagnostic[] {
  return head.terms
    .filter(({ kind }) => kind === 'wildcard')
    .map(({ span }) =>
      diagnostic('DED302', '`_` cannot stand in a head', {
        span,
        expected: 'a variable that the body binds, a constant or an aggregate',
      }),
    );
}

/** In the order of the text. */
function demandsOf({ head, body }: Rule): readonly Demand[] {
  return [
    ...head.terms.flatMap((term) => (term.kind === 'wildcard' ? [] : demands(term, placeInHead(term)))),
    ...body.flatMap((premise) => {
      if (premise.kind === 'comparison')
        return termsOf(premise).flatMap((term) => demands(term, 'a comparison'));
      return premise.terms.flatMap((term) => {
        if (term.kind === 'arithmetic') return demands(term, 'an expression');
        return premise.negated && term.kind === 'variable' ? demands(term, '`notin`') : [];
      });
    }),
  ];
}

function placeInHead(term: Term | Aggregate): string {
  if (term.kind === 'arithmetic') return 'an expression';
  return term.kind === 'aggregate' ? 'an aggregate' : 'the head';
}

function demands(term: Term | Aggregate, place: string): readonly Demand[] {
  return leavesOf(term).map((leaf) => ({ leaf, place }));
}

function unmet(
  { leaf, place }: Demand,
  rule: Rule,
  bound: ReadonlySet<string>,
  reported: Set<string>,
): readonly Diagnostic[] {
  if (leaf.kind === 'wildcard') {
    const expected = 'a variable that the body binds, or a constant';
    return [diagnostic('DED303', `\`_\` has no value for ${place}`, { span: leaf.span, expected })];
  }
  const { name, span } = leaf;
  if (bound.has(name) || reported.has(name)) return [];
  reported.add(name);
  return [
    diagnostic('DED301', `${name}, in ${place}, is bound by no positive atom`, {
      span,
      expected: `a positive atom with ${name} as a column`,
      hint: hintFor(leaf, place, rule, bound),
    }),
  ];
}

function hintFor(
  { name, span }: Variable,
  place: string,
  rule: Rule,
  bound: ReadonlySet<string>,
): string | undefined {
  const near = suggest(name, bound);
  if (near !== undefined) return near;
  const typescript = span.source.language === 'typescript';
  const tested = rule.body.some(
    (premise) =>
      premise.kind === 'comparison' &&
      premise.operator === '==' &&
      termsOf(premise).some((term) => term.kind === 'variable' && term.name === name),
  );
  if (tested) return `\`${typescript ? 'is' : '=='}\` compares; it binds nothing`;
  if (place === '`notin`') return typescript ? 'leave the column out for "any"' : 'write `_` for "any"';
  if (typescript) return undefined;
  return /^[a-z]/.test(name) ? `a bare name is a variable; the string is written "${name}"` : undefined;
}
