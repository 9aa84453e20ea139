/**
 * Programs to Dedalus. Reading what was printed gives the same program but for its spans; parentheses stand
 * only where the tree needs them.
 */
import { compareStrings } from '../order.js';
import type {
  Aggregate,
  Arithmetic,
  Clause,
  DurableRelation,
  Fact,
  Head,
  Premise,
  Program,
  Rule,
  Term,
  Timing,
  Tuple,
  Value,
} from './program.js';
import { quote } from '../text/quote.js';

/** Columns of text beyond which the body of a rule is broken into lines where nobody says. */
const WIDTH = 100;

/** One clause after another, each on lines of its own; ends in a line break unless there are none. */
export function printProgram({ clauses, durable = [] }: Program): string {
  const header = durable.length === 0 ? [] : [printDurable(durable)];
  return [...header, ...clauses.map((clause) => printClause(clause))].map((lines) => `${lines}\n`).join('');
}

/** `// ldfi: durable log, term`, sorted: their order says nothing. */
function printDurable(durable: readonly DurableRelation[]): string {
  const relations = durable.map(({ relation }) => relation).sort(compareStrings);
  return `// ldfi: durable ${relations.join(', ')}`;
}

/** Without a line break at the end. @param width columns beyond which the body of a rule is broken into lines */
export function printClause(clause: Clause, width = WIDTH): string {
  return clause.kind === 'fact' ? printFact(clause) : printRule(clause, width);
}

/** `log("a", 1)@3;` */
export function printFact({ relation, terms, time }: Fact): string {
  const tuple = terms.map(({ value }) => value);
  return `${printTuple(relation, tuple)}@${time};`;
}

/** On one line, or with each premise on its own where that is too long. */
export function printRule({ head, timing, body }: Rule, width = WIDTH): string {
  const start = `${printHead(head)}${printTiming(timing)} :-`;
  const premises = body.map(printPremise);
  const line = `${start} ${premises.join(', ')};`;
  return line.length <= width ? line : `${start}\n    ${premises.join(',\n    ')};`;
}

export function printHead({ relation, terms }: Head): string {
  return `${relation}(${terms.map(printHeadTerm).join(', ')})`;
}

/** `@next`, `@async` or nothing. */
export function printTiming(timing: Timing): string {
  return timing === 'deductive' ? '' : `@${timing}`;
}

export function printPremise(premise: Premise): string {
  if (premise.kind === 'comparison')
    return `${printTerm(premise.left)} ${premise.operator} ${printTerm(premise.right)}`;
  const { relation, terms, negated, time } = premise;
  const columns = terms.map(printTerm).join(', ');
  return `${negated ? 'notin ' : ''}${relation}(${columns})${time === undefined ? '' : `@${time}`}`;
}

/** `log("a", 1)` */
export function printTuple(relation: string, tuple: Tuple): string {
  return `${relation}(${tuple.map(printValue).join(', ')})`;
}

/** A string in quotes, an integer without. */
export function printValue(value: Value): string {
  return typeof value === 'number' ? String(value) : quote(value);
}

export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'variable':
      return term.name;
    case 'wildcard':
      return '_';
    case 'constant':
      return printValue(term.value);
    case 'arithmetic':
      return printArithmetic(term);
  }
}

export function printHeadTerm(term: Term | Aggregate): string {
  return term.kind === 'aggregate' ? `${term.function}<${term.variable.name}>` : printTerm(term);
}

/** Operators associate to the left, so that a right operand of the same precedence needs parentheses. */
function printArithmetic({ operator, left, right }: Arithmetic): string {
  const own = precedence(operator);
  const operand = (term: Term, least: number): string =>
    term.kind === 'arithmetic' && precedence(term.operator) < least
      ? `(${printTerm(term)})`
      : printTerm(term);
  return `${operand(left, own)} ${operator} ${operand(right, own + 1)}`;
}

function precedence(operator: Arithmetic['operator']): number {
  return operator === '*' || operator === '/' ? 2 : 1;
}
