/**
 * Slightly wrong versions of a program: each lacks one rule or one premise, as a protocol does whose author
 * forgot it. What is left is still bound and still has a specification, so that it can be checked.
 */
import type { Clause, Premise, Program, Rule, Term } from '../../src/model/rules/program.js';

export interface Mutation {
  /** What is missing; `premise` counts from 0. */
  readonly dropped: { readonly rule: Rule; readonly premise: number | undefined };
  readonly program: Program;
}

/** In program order; for each rule first the rule itself, then its premises. */
export function mutationsOf(program: Program): readonly Mutation[] {
  return program.clauses.flatMap((clause, index) => {
    if (clause.kind !== 'rule') return [];
    const without = program.clauses.toSpliced(index, 1);
    const whole = isChecked(without)
      ? [{ dropped: { rule: clause, premise: undefined }, program: { clauses: without } }]
      : [];
    const partial = clause.body.flatMap((_, premise): Mutation[] => {
      const body = clause.body.toSpliced(premise, 1);
      if (!isBound(clause, body)) return [];
      return [
        {
          dropped: { rule: clause, premise },
          program: { clauses: program.clauses.with(index, { ...clause, body }) },
        },
      ];
    });
    return [...whole, ...partial];
  });
}

function isChecked(clauses: readonly Clause[]): boolean {
  return ['pre', 'post'].every((name) =>
    clauses.some((clause) => (clause.kind === 'rule' ? clause.head.relation : clause.relation) === name),
  );
}

/** Whether positive atoms bind every variable that the rule needs. */
function isBound(rule: Rule, body: readonly Premise[]): boolean {
  const atoms = body.filter((premise) => premise.kind === 'atom').filter((atom) => !atom.negated);
  const bound = new Set(
    atoms.flatMap(({ terms }) => terms.flatMap((term) => (term.kind === 'variable' ? [term.name] : []))),
  );
  const terms = rule.head.terms.map((term) => (term.kind === 'aggregate' ? term.variable : term));
  const needed = [...terms, ...body.flatMap(termsOf)].flatMap(variablesOf);
  return atoms.length > 0 && needed.every((name) => bound.has(name));
}

function termsOf(premise: Premise): readonly Term[] {
  return premise.kind === 'atom' ? premise.terms : [premise.left, premise.right];
}

function variablesOf(term: Term): readonly string[] {
  switch (term.kind) {
    case 'variable':
      return [term.name];
    case 'arithmetic':
      return [...variablesOf(term.left), ...variablesOf(term.right)];
    case 'constant':
    case 'wildcard':
      return [];
  }
}
