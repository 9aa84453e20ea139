/** What stands in columns and comparisons: variables, constants, and arithmetic over them. */
import { TERM_LIMIT } from '../dedalus/terms.js';
import { printTerm } from '../print.js';
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { ArithmeticOperator, ColumnType, ComparisonOperator, Term, Value } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { checkName } from './names.js';
import { checkOperand, readOperand } from './operands.js';
import type { Drafted } from './operands.js';
import { callerSpan } from '../../diagnostics/place.js';
import { integer, string } from './types.js';
import type { Typed, ValuesOf } from './types.js';
import type { WrittenPremise } from './written.js';

/** Something with a value, which is a constant or an expression. */
export type Operand<Type extends ColumnType = ColumnType, Of extends Value = Value> =
  | Of
  | Expression<Type, Of>;

/** Something whose value is found when a rule fires. */
export interface Expression<Type extends ColumnType = ColumnType, Of extends Value = Value> extends Typed<
  Type,
  Of
> {
  is(other: Operand<Type, Of>): WrittenPremise;
  isNot(other: Operand<Type, Of>): WrittenPremise;
  /** Integers compare by size, strings by code units. */
  isBelow(other: Operand<Type, Of>): WrittenPremise;
  isAtMost(other: Operand<Type, Of>): WrittenPremise;
  isAbove(other: Operand<Type, Of>): WrittenPremise;
  isAtLeast(other: Operand<Type, Of>): WrittenPremise;
}

/** An integer, which can be computed with. */
export interface IntegerExpression extends Expression<'integer', number> {
  plus(other: Operand<'integer', number>): IntegerExpression;
  minus(other: Operand<'integer', number>): IntegerExpression;
  times(other: Operand<'integer', number>): IntegerExpression;
  /** Truncates toward zero. */
  dividedBy(other: Operand<'integer', number>): IntegerExpression;
}

/** What is calculated with a type: only integers can be. */
export type ExpressionOf<Of extends Typed> =
  Of extends Typed<infer Type, infer Values>
    ? Type extends 'integer'
      ? IntegerExpression
      : Expression<Type, Values>
    : never;

/** A variable of rules: in one rule, it stands for one value. */
export type VariableOf<Of extends Typed> = ExpressionOf<Of> & { readonly variable: string };

/** An expression of whatever type; what it can do beyond that is for its type to tell. */
class Draft<Type extends ColumnType, Of extends Value> implements Expression<Type, Of>, Drafted {
  constructor(
    readonly type: Type,
    readonly values: readonly Of[] | undefined,
    readonly term: (span: SourceSpan) => Term,
    readonly problems: readonly Diagnostic[] = [],
    readonly size = 0,
  ) {}

  is(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('==', other);
  }

  isNot(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('!=', other);
  }

  isBelow(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('<', other);
  }

  isAtMost(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('<=', other);
  }

  isAbove(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('>', other);
  }

  isAtLeast(other: Operand<Type, Of>): WrittenPremise {
    return this.compared('>=', other);
  }

  plus(other: Operand<'integer', number>): IntegerExpression {
    return this.computed('+', other);
  }

  minus(other: Operand<'integer', number>): IntegerExpression {
    return this.computed('-', other);
  }

  times(other: Operand<'integer', number>): IntegerExpression {
    return this.computed('*', other);
  }

  dividedBy(other: Operand<'integer', number>): IntegerExpression {
    return this.computed('/', other);
  }

  private compared(operator: ComparisonOperator, other: unknown): WrittenPremise {
    const span = callerSpan();
    const left = this.term(span);
    const right = readOperand(other, span);
    const problems = [
      ...this.problems,
      ...right.problems,
      ...checkOperand(right, this, printTerm(left), span),
    ];
    return { premise: { node: { kind: 'comparison', operator, left, right: right.term, span }, problems } };
  }

  private computed(operator: ArithmeticOperator, other: unknown): IntegerExpression {
    const span = callerSpan();
    const operands = [readOperand(this, span), readOperand(other, span)];
    const place = `an operand of \`${operator}\``;
    const size = operands[0].size + operands[1].size + 1;
    const problems = [
      ...operands.flatMap((operand) => [...operand.problems, ...checkOperand(operand, integer, place, span)]),
      ...(size > TERM_LIMIT ? [tooLarge(span)] : []),
    ];
    const [{ term: left }, { term: right }] = operands;
    return new Draft<'integer', number>(
      'integer',
      undefined,
      () => ({ kind: 'arithmetic', operator, left, right, span }),
      problems,
      size,
    );
  }
}

function tooLarge(span: SourceSpan): Diagnostic {
  return diagnostic('DED109', `an expression has more than ${TERM_LIMIT} operators`, {
    span,
    hint: 'derive a part of it by a relation of its own',
  });
}

class VariableDraft extends Draft<ColumnType, Value> {
  constructor(
    { type, values }: Typed,
    readonly variable: string,
    problems: readonly Diagnostic[],
  ) {
    super(type, values, (span) => ({ kind: 'variable', name: variable, span }), problems);
  }
}

/**
 * Declares variables with their types. They may be used in any rule, and stand for another value in each.
 *
 * @example
 * const { node, ballot } = variables({ node: location(['a', 'b']), ballot: integer });
 */
export function variables<const Types extends Readonly<Record<string, Typed>>>(
  types: Types,
): { readonly [Name in keyof Types]: VariableOf<Types[Name]> } {
  const made = Object.entries(types).map(([name, type]) => [
    name,
    new VariableDraft(type, name, checkName(name, 'variable')),
  ]);
  return Object.fromEntries(made) as { readonly [Name in keyof Types]: VariableOf<Types[Name]> };
}

/**
 * A constant that comparisons and arithmetic can start from: `value(0).minus(balance)`.
 *
 * @param type for one that is not just a string or an integer: `value('a', node).isNot(other)`
 */
export function value(constant: number): IntegerExpression;
export function value(constant: string): Expression<'string', string>;
export function value<Of extends Typed>(constant: ValuesOf<Of>, type: Of): ExpressionOf<Of>;
export function value(constant: unknown, type?: Typed): unknown {
  const span = callerSpan();
  const operand = readOperand(constant, span);
  const expected = type ?? (typeof constant === 'number' ? integer : string);
  const problems = [...operand.problems, ...checkOperand(operand, expected, 'its type', span)];
  return new Draft(expected.type, expected.values, (used) => ({ ...operand.term, span: used }), problems);
}
