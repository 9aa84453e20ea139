/** Aggregates, for columns of heads: they range over the distinct bindings of all the body's variables. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Aggregate, AggregateFunction, ColumnType, Value } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { countElements, type AnyElementTest, type ElementTest } from '../../quantifiers.js';
import { article, describe } from './operands.js';
import { callerSpan } from '../../diagnostics/place.js';
import { integer } from './types.js';
import type { Typed } from './types.js';
import { isObject } from './written.js';

/** What stands for an aggregate's value. */
export interface Aggregated<Type extends ColumnType = ColumnType, Of extends Value = Value> extends Typed<
  Type,
  Of
> {
  readonly aggregate: AggregateFunction;
}

/** The variable that an aggregate ranges over. */
export type Counted<Type extends ColumnType = ColumnType, Of extends Value = Value> = Typed<Type, Of> & {
  readonly variable: string;
};

/** In the head of a rule, how many distinct bindings there are. */
export function count(variable: Counted): Aggregated<'integer', number>;
/**
 * In a handler, how many elements of a set, a map, an array or an object satisfy a predicate. Of the state that is one
 * question, whatever is in it: n elements have n + 1 answers, where a loop over them tells 2^n sets apart.
 *
 * @example `if (count(state.votes, (vote) => vote === 'yes') > nodes.length / 2) state.committed = true;`
 * @param predicate looks, and does nothing else; it may be asked of elements that could be there and are not
 */
export function count<Container extends object>(
  elements: Container,
  predicate: ElementTest<Container>,
): number;
export function count(over: object, predicate?: unknown): Aggregated<'integer', number> | number {
  return predicate === undefined
    ? new AggregateDraft(integer, 'count', over)
    : countElements(over, predicate as AnyElementTest);
}

/** The sum of the distinct bindings. */
export function sum(variable: Counted<'integer', number>): Aggregated<'integer', number> {
  return new AggregateDraft(integer, 'sum', variable);
}

/** Truncates toward zero. */
export function avg(variable: Counted<'integer', number>): Aggregated<'integer', number> {
  return new AggregateDraft(integer, 'avg', variable);
}

/** Of integers the least, of strings the first by code units. */
export function min<Type extends ColumnType, Of extends Value>(
  variable: Counted<Type, Of>,
): Aggregated<Type, Of> {
  return new AggregateDraft(variable, 'min', variable);
}

/** Of integers the greatest, of strings the last by code units. */
export function max<Type extends ColumnType, Of extends Value>(
  variable: Counted<Type, Of>,
): Aggregated<Type, Of> {
  return new AggregateDraft(variable, 'max', variable);
}

export class AggregateDraft<Type extends ColumnType, Of extends Value> implements Aggregated<Type, Of> {
  readonly type: Type;
  readonly values: readonly Of[] | undefined;
  readonly problems: readonly Diagnostic[];
  private readonly variable: string;

  constructor(
    result: Typed<Type, Of>,
    readonly aggregate: AggregateFunction,
    over: unknown,
  ) {
    const known = isVariable(over);
    this.variable = known ? over.variable : '';
    this.type = known ? result.type : ('integer' as Type);
    this.values = known ? result.values : undefined;
    this.problems = known ? checkNumber(aggregate, over) : [notOverVariable(aggregate, over)];
  }

  /** @param span where it is used */
  term(span: SourceSpan): Aggregate {
    const variable = { kind: 'variable', name: this.variable, span } as const;
    return { kind: 'aggregate', function: this.aggregate, variable, span };
  }
}

function isVariable(over: unknown): over is Counted {
  return isObject(over) && 'variable' in over;
}

function checkNumber(aggregate: AggregateFunction, { variable, type }: Counted): readonly Diagnostic[] {
  if ((aggregate !== 'sum' && aggregate !== 'avg') || type === 'integer') return [];
  const message = `${variable} is ${article(type)}, but the argument of ${aggregate} is an integer`;
  return [diagnostic('DED202', message, { span: callerSpan(), expected: 'an integer' })];
}

function notOverVariable(aggregate: AggregateFunction, over: unknown): Diagnostic {
  return diagnostic('DED114', `${aggregate} ranges over a variable, not over ${describe(over)}`, {
    span: callerSpan(),
    expected: 'a variable that the body binds',
  });
}
