/** Types of columns and variables, as TypeScript declares them. */
import type { ColumnType, Value } from '../program.js';

/** What is of a type: a declared type, a variable, an expression. */
export interface Typed<Type extends ColumnType = ColumnType, Of extends Value = Value> {
  readonly type: Type;
  /** All that it may be; undefined where that is anything of the type. */
  readonly values: readonly Of[] | undefined;
}

/** What something of the type may be. */
export type ValuesOf<Of extends Typed> = NonNullable<Of['values']>[number];

/** The type of columns that name a node: one of these, or any where none are given. */
export function location(): Typed<'location', string>;
export function location<const Node extends string>(nodes: readonly Node[]): Typed<'location', Node>;
export function location(nodes?: readonly string[]): Typed<'location', string> {
  return { type: 'location', values: nodes };
}

/** The type of columns that hold any string. */
export const string: Typed<'string', string> = { type: 'string', values: undefined };

/** The type of columns that hold an integer of at most 2^53 - 1 in size. */
export const integer: Typed<'integer', number> = { type: 'integer', values: undefined };

/** The type of columns that hold one of a few strings, such as `oneOf('commit', 'abort')`. */
export function oneOf<const Of extends string>(...values: readonly Of[]): Typed<'string', Of> {
  return { type: 'string', values };
}
