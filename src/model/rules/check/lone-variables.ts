/**
 * A variable that stands in one `notin` and nowhere else is `_` there, as the published dialect takes it. It is
 * told of, for it may as well be the slip of somebody who meant another one.
 */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Premise, Program, Rule, Term, Variable } from '../program.js';
import { groupBy } from '../../group.js';
import { suggest } from '../../text/suggest.js';
import { isPositive, leavesOf, termsOf } from '../walk.js';

/** The program with wildcards for such variables, and a warning of each. */
export function withoutLoneVariables(program: Program): {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
} {
  const lone = program.clauses.flatMap((clause) => (clause.kind === 'rule' ? loneVariables(clause) : []));
  if (lone.length === 0) return { program, diagnostics: [] };
  const replaced = new Set<Term>(lone.map(({ variable }) => variable));
  const clauses = program.clauses.map((clause) => {
    if (clause.kind === 'fact') return clause;
    return { ...clause, body: clause.body.map((premise) => withWildcards(premise, replaced)) };
  });
  return { program: { ...program, clauses }, diagnostics: lone.map(loneVariable) };
}

interface LoneVariable {
  readonly variable: Variable;
  readonly rule: Rule;
}

/** Those that are a whole column of a `notin`, and stand nowhere else in their rule. */
function loneVariables(rule: Rule): readonly LoneVariable[] {
  const leaves = [...rule.head.terms, ...rule.body.flatMap(termsOf)].flatMap(leavesOf);
  const variables = leaves.filter((leaf) => leaf.kind === 'variable');
  const places = groupBy(variables, ({ name }) => name);
  const negated = rule.body.flatMap((premise) =>
    premise.kind === 'atom' && premise.negated ? premise.terms : [],
  );
  return negated.flatMap((term) =>
    term.kind === 'variable' && places.get(term.name)!.length === 1 ? [{ variable: term, rule }] : [],
  );
}

function withWildcards(premise: Premise, replaced: ReadonlySet<Term>): Premise {
  if (premise.kind !== 'atom' || !premise.terms.some((term) => replaced.has(term))) return premise;
  const terms = premise.terms.map((term): Term =>
    replaced.has(term) ? { kind: 'wildcard', span: term.span } : term,
  );
  return { ...premise, terms };
}

function loneVariable({ variable: { name, span }, rule }: LoneVariable): Diagnostic {
  const wildcard = span.source.language === 'typescript' ? 'leave the column out' : 'write `_`';
  const bound = rule.body
    .filter(isPositive)
    .flatMap(termsOf)
    .flatMap((term) => (term.kind === 'variable' ? [term.name] : []));
  const near = suggest(name, bound);
  return diagnostic('DED305', `${name} stands in this \`notin\` alone, where it means "any"`, {
    span,
    hint: near === undefined ? `${wildcard} for "any"` : `${near} Otherwise ${wildcard} for "any"`,
  });
}
