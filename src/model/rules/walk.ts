/** Walks of a program: its facts and rules, and every place in them where a relation or a variable stands. */
import type {
  Aggregate,
  Arithmetic,
  Atom,
  Clause,
  Constant,
  Fact,
  Premise,
  Program,
  Rule,
  Term,
  Variable,
  Wildcard,
} from './program.js';
import type { SourceSpan } from '../diagnostics/source.js';

/** A relation with its columns, in a fact, a head or a premise. */
export interface Use {
  readonly relation: string;
  readonly terms: readonly (Term | Aggregate)[];
  readonly role: 'fact' | 'head' | 'premise';
  readonly span: SourceSpan;
}

/** In the order of the text. */
export function usesOf(clause: Clause): readonly Use[] {
  if (clause.kind === 'fact') return [use(clause, 'fact')];
  return [use(clause.head, 'head'), ...atomsOf(clause).map((atom) => use(atom, 'premise'))];
}

function use({ relation, terms, span }: Omit<Use, 'role'>, role: Use['role']): Use {
  return { relation, terms, role, span };
}

export function factsOf(program: Program): readonly Fact[] {
  return program.clauses.filter((clause) => clause.kind === 'fact');
}

export function rulesOf(program: Program): readonly Rule[] {
  return program.clauses.filter((clause) => clause.kind === 'rule');
}

export function atomsOf(rule: Rule): readonly Atom[] {
  return rule.body.filter((premise) => premise.kind === 'atom');
}

/** Its premises that have to hold, in the order of the text. */
export function positivesOf(rule: Rule): readonly Atom[] {
  return rule.body.filter(isPositive);
}

export function isPositive(premise: Premise): premise is Atom {
  return premise.kind === 'atom' && !premise.negated;
}

export function isAggregating({ head }: Rule): boolean {
  return head.terms.some(({ kind }) => kind === 'aggregate');
}

/** The variables and wildcards in a term, in the order of the text. */
export function leavesOf(term: Term | Aggregate): readonly (Variable | Wildcard)[] {
  switch (term.kind) {
    case 'variable':
    case 'wildcard':
      return [term];
    case 'constant':
      return [];
    case 'aggregate':
      return [term.variable];
    case 'arithmetic':
      return [...leavesOf(term.left), ...leavesOf(term.right)];
  }
}

/** Every constant that is written, in the order of the text, but for those within arithmetic, which are integers. */
export function constantsOf(program: Program): readonly Constant[] {
  return program.clauses.flatMap((clause) => {
    const terms =
      clause.kind === 'fact' ? clause.terms : [...clause.head.terms, ...clause.body.flatMap(termsOf)];
    return terms.filter((term) => term.kind === 'constant');
  });
}

/** The outermost arithmetic of a rule, in the order of the text. */
export function expressionsOf(rule: Rule): readonly Arithmetic[] {
  const terms = [rule.head.terms, ...rule.body.map(termsOf)].flat();
  return terms.filter((term) => term.kind === 'arithmetic');
}

export function termsOf(premise: Premise): readonly Term[] {
  return premise.kind === 'atom' ? premise.terms : [premise.left, premise.right];
}
