/** A program as source text. Written apart from the program's own printer, so that each can judge the other. */
import type { Atom, Clause, Head, Premise, Program, Term, Value } from '../../src/model/rules/program.js';

/** Strings are free of quotes, backslashes and line ends. */
export function printText({ clauses, durable = [] }: Program): string {
  const kept = durable.map(({ relation }) => relation).join(', ');
  return (
    (kept && `// ldfi: durable ${kept}\n`) + clauses.map((clause) => `${printClause(clause)}\n`).join('')
  );
}

function printClause(clause: Clause): string {
  if (clause.kind === 'fact') {
    const values = clause.terms.map((term) => printValue(term.value));
    return `${clause.relation}(${values.join(', ')})@${clause.time};`;
  }
  const timing = clause.timing === 'deductive' ? '' : `@${clause.timing}`;
  return `${printHead(clause.head)}${timing} :- ${clause.body.map(printPremise).join(', ')};`;
}

function printHead(head: Head): string {
  const terms = head.terms.map((term) =>
    term.kind === 'aggregate' ? `${term.function}<${term.variable.name}>` : printTerm(term),
  );
  return `${head.relation}(${terms.join(', ')})`;
}

function printPremise(premise: Premise): string {
  if (premise.kind === 'atom') return printAtom(premise);
  return `${printTerm(premise.left)} ${premise.operator} ${printTerm(premise.right)}`;
}

function printAtom(atom: Atom): string {
  const negation = atom.negated ? 'notin ' : '';
  const time = atom.time === undefined ? '' : `@${atom.time}`;
  return `${negation}${atom.relation}(${atom.terms.map(printTerm).join(', ')})${time}`;
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case 'variable':
      return term.name;
    case 'wildcard':
      return '_';
    case 'constant':
      return printValue(term.value);
    case 'arithmetic':
      return `${printOperand(term.left)} ${term.operator} ${printOperand(term.right)}`;
  }
}

function printOperand(term: Term): string {
  return term.kind === 'arithmetic' ? `(${printTerm(term)})` : printTerm(term);
}

function printValue(value: Value): string {
  return typeof value === 'number' ? `${value}` : `"${value}"`;
}
