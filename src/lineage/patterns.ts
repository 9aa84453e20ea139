/** Facts of which only some columns are known, and how a rule carries that knowledge from head to body. */
import { compareValues } from '../model/evaluate/arithmetic.js';
import type { AbsentPremise } from '../model/evaluate/firing.js';
import type { Evaluator } from '../model/evaluate/evaluator.js';
import type { Aggregate, Atom, Rule, Term, Value } from '../model/program.js';

/** Any fact with these values in these columns, at a time. */
export type Pattern = AbsentPremise;

/** What is known of a rule's variables. */
export type Bindings = ReadonlyMap<string, Value>;

/** What a head that matches a pattern says of the rule's variables; undefined where the rule cannot make one. */
export function bindHead(rule: Rule, pattern: Pattern, evaluator: Evaluator): Bindings | undefined {
  const bindings = new Map<string, Value>();
  for (const [i, column] of pattern.columns.entries()) {
    const value = evaluator.values.value(pattern.key[i]);
    if (!bindTerm(rule.head.terms[column], value, bindings)) return undefined;
  }
  const impossible = rule.body.some((premise) => {
    if (premise.kind !== 'comparison') return false;
    const left = valueOf(premise.left, bindings);
    const right = valueOf(premise.right, bindings);
    return left !== undefined && right !== undefined && !compareValues(premise.operator, left, right);
  });
  return impossible ? undefined : bindings;
}

/** The facts that a premise can meet under these bindings. */
export function patternOf(atom: Atom, bindings: Bindings, time: number, evaluator: Evaluator): Pattern {
  const known = atom.terms.flatMap((term, column) => {
    const value = valueOf(term, bindings);
    return value === undefined ? [] : [{ column, value: evaluator.values.id(value) }];
  });
  return {
    kind: 'absent',
    relation: evaluator.relation(atom.relation),
    columns: known.map(({ column }) => column),
    key: known.map(({ value }) => value),
    time,
  };
}

/** @returns whether the term can have the value */
function bindTerm(term: Term | Aggregate, value: Value, bindings: Map<string, Value>): boolean {
  switch (term.kind) {
    case 'constant':
      return term.value === value;
    case 'variable': {
      const known = bindings.get(term.name);
      bindings.set(term.name, value);
      return known === undefined || known === value;
    }
    case 'arithmetic': {
      const offset = offsetOf(term);
      return offset === undefined || bindTerm(term.left, (value as number) - offset, bindings);
    }
    case 'wildcard':
    case 'aggregate':
      return true;
  }
}

/** What the term adds to its left side, where that is a constant. */
function offsetOf(term: Term & { kind: 'arithmetic' }): number | undefined {
  if (term.right.kind !== 'constant') return undefined;
  const right = term.right.value as number;
  if (term.operator === '+') return right;
  return term.operator === '-' ? -right : undefined;
}

/** Undefined where it is not known, or takes arithmetic to know. */
function valueOf(term: Term, bindings: Bindings): Value | undefined {
  if (term.kind === 'constant') return term.value;
  return term.kind === 'variable' ? bindings.get(term.name) : undefined;
}
