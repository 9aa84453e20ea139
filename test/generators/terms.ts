/** Terms of random programs: each choice becomes a term of the wanted kind, out of what is bound. */
import type {
  Aggregate,
  AggregateFunction,
  Arithmetic,
  ArithmeticOperator,
  Constant,
  Term,
  Variable,
  Value,
  Wildcard,
} from '../../src/model/rules/program.js';
import type { SourceSpan } from '../../src/model/diagnostics/source.js';
import type { Slot } from './choices.js';
import { KINDS, constantValue, variableName } from './vocabulary.js';
import type { Kind } from './vocabulary.js';

/** Generated trees come from no text. */
export const NOWHERE: SourceSpan = { source: { name: 'generated', text: '' }, start: 0, end: 0 };

/** The variables that a rule's positive atoms bind, in order of binding. */
export type Scope = ReadonlyMap<Kind, readonly string[]>;

export const WILDCARD: Wildcard = { kind: 'wildcard', span: NOWHERE };

export function variable(name: string): Variable {
  return { kind: 'variable', name, span: NOWHERE };
}

export function constant(value: Value): Constant {
  return { kind: 'constant', value, span: NOWHERE };
}

function arithmetic(operator: ArithmeticOperator, left: Term, right: Term): Arithmetic {
  return { kind: 'arithmetic', operator, left, right, span: NOWHERE };
}

/** The variable that the index names, or else some variable of the kind, if one is bound. */
export function boundVariable(scope: Scope, kind: Kind, index: number): Variable | undefined {
  const names = scope.get(kind) ?? [];
  if (names.length === 0) return undefined;
  const name = variableName(kind, index);
  return variable(names.includes(name) ? name : names[index % names.length]);
}

/** A term with a value: what is not bound, and a wildcard, become a constant. */
export function valueTerm(slot: Slot, kind: Kind, scope: Scope, nodes: readonly string[]): Term {
  const index = slot.kind === 'wildcard' ? 0 : slot.index;
  const instead = constant(constantValue(kind, index, nodes));
  switch (slot.kind) {
    case 'variable':
      return boundVariable(scope, kind, index) ?? instead;
    case 'arithmetic':
      return (
        arithmeticTerm(slot.operator, kind, index, scope) ?? boundVariable(scope, kind, index) ?? instead
      );
    case 'constant':
    case 'wildcard':
      return instead;
  }
}

/**
 * Small integers change by a step, so that they stay small; products of two are totals. Divisors are constants.
 */
function arithmeticTerm(
  operator: ArithmeticOperator,
  kind: Kind,
  index: number,
  scope: Scope,
): Arithmetic | undefined {
  const operand = boundVariable(scope, 'small', index);
  if (operand === undefined || (kind !== 'small' && kind !== 'total')) return undefined;
  const step = constant(operator === '+' || operator === '-' ? 1 : 2);
  if (kind === 'small') return arithmetic(operator, operand, step);
  const other = boundVariable(scope, 'small', index + 1) ?? operand;
  if (operator === '*') return arithmetic('*', operand, other);
  return arithmetic(operator, arithmetic('-', other, operand), step);
}

/**
 * An aggregate whose values fit a column of this kind, if the body binds something to range over. Few columns
 * can hold a sum or a count, so those that can do.
 */
export function aggregateTerm(pick: number, kind: Kind, scope: Scope): Aggregate | undefined {
  const candidates = kind === 'total' ? totals(scope) : extremes(kind, scope);
  return candidates.length === 0 ? undefined : candidates[pick % candidates.length];
}

function totals(scope: Scope): readonly Aggregate[] {
  // Which variable is counted makes no difference.
  const counted = KINDS.flatMap((of) => aggregatesOver(['count'], of, scope)).slice(0, 1);
  return [...aggregatesOver(['sum'], 'small', scope), ...counted];
}

function extremes(kind: Kind, scope: Scope): readonly Aggregate[] {
  return aggregatesOver(kind === 'small' ? ['avg', 'max', 'min'] : ['max', 'min'], kind, scope);
}

function aggregatesOver(
  functions: readonly AggregateFunction[],
  kind: Kind,
  scope: Scope,
): readonly Aggregate[] {
  return (scope.get(kind) ?? []).flatMap((name) =>
    functions.map((of): Aggregate => ({
      kind: 'aggregate',
      function: of,
      variable: variable(name),
      span: NOWHERE,
    })),
  );
}
