/** Pieces that changes of programs are put together from. What is new stands where the clause stood that it is for. */
import type { SourceSpan } from '../../diagnostics/source.js';
import type { Aggregate, Atom, Head, Premise, Program, Rule, Term, Timing, Variable } from '../program.js';
import { leavesOf, usesOf } from '../walk.js';

export function atomOf(relation: string, terms: readonly Term[], span: SourceSpan): Atom {
  return { kind: 'atom', relation, terms, negated: false, time: undefined, span };
}

export function notin(atom: Atom): Atom {
  return { ...atom, negated: true };
}

export function ruleOf(
  relation: string,
  terms: readonly Term[],
  timing: Timing,
  body: readonly Premise[],
  span: SourceSpan,
): Rule {
  const head: Head = { relation, terms, span };
  return { kind: 'rule', head, timing, body, span };
}

export function wildcard(span: SourceSpan): Term {
  return { kind: 'wildcard', span };
}

export function integerTerm(value: number, span: SourceSpan): Term {
  return { kind: 'constant', value, span };
}

/** The variables of terms, each once, in their order. */
export function variablesOf(terms: readonly (Term | Aggregate)[]): readonly Variable[] {
  const variables = terms.flatMap(leavesOf).filter((leaf) => leaf.kind === 'variable');
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}

export function namesOf(terms: readonly (Term | Aggregate)[]): ReadonlySet<string> {
  return new Set(variablesOf(terms).map(({ name }) => name));
}

/** A name that no relation of the program has. */
export function freshRelation(program: Program, wanted: string): string {
  const taken = new Set(program.clauses.flatMap(usesOf).map(({ relation }) => relation));
  return fresh(wanted, taken);
}

/** A variable that a rule does not have. */
export function freshVariable(taken: ReadonlySet<string>, wanted: string, span: SourceSpan): Variable {
  return { kind: 'variable', name: fresh(wanted, taken), span };
}

function fresh(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}
