/** Random boolean expressions, and their truth tables: what every representation of conditions is tested against. */
import fc from 'fast-check';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import type { InputAlgebra } from '../../src/injector/fault-space.js';
import type { SampleInputs } from '../../src/lineage/samples.js';

export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'input'; readonly number: number }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

/** Inputs of every expression: 0 to 4. */
export const INPUTS = 5;

/** What can make conditions of inputs. */
export type Builder = Pick<InputAlgebra, 'input' | 'and' | 'or' | 'not'>;

/** Which inputs are true. */
export type Assignment = ReadonlySet<number>;

export const assignments: readonly Assignment[] = Array.from(
  { length: 2 ** INPUTS },
  (_, bits) =>
    new Set(Array.from({ length: INPUTS }, (_, i) => i).filter((input) => ((bits >> input) & 1) === 1)),
);

/** Samples that are these assignments. */
export function samplesOf(some: readonly Assignment[]): SampleInputs {
  const words = Math.ceil(some.length / 32);
  const bits = Array.from({ length: 32 * words }, (_, number) => some[number % some.length]);
  const word = (input: number, from: number) =>
    bits.slice(from, from + 32).reduce((value, one, bit) => value | (Number(one.has(input)) << bit), 0);
  return { words, of: (input) => Array.from({ length: words }, (_, i) => word(input, 32 * i)) };
}

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 7, depthSize: 'large', withCrossShrink: true },
    {
      arbitrary: fc.record({ kind: fc.constant('input'), number: fc.nat(INPUTS - 1) }),
      weight: 8,
    },
    { arbitrary: fc.record({ kind: fc.constant('constant'), value: fc.boolean() }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant('not'), of: tie('any') }), weight: 6 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('and', 'or'),
        left: tie('any'),
        right: tie('any'),
      }),
      weight: 14,
    },
  ),
})).any;

export function build(from: Expression, builder: Builder): Condition {
  switch (from.kind) {
    case 'constant':
      return from.value ? TRUE : FALSE;
    case 'input':
      return builder.input(from.number);
    case 'not':
      return builder.not(build(from.of, builder));
    case 'and':
      return builder.and(build(from.left, builder), build(from.right, builder));
    case 'or':
      return builder.or(build(from.left, builder), build(from.right, builder));
  }
}

export function holds(of: Expression, assignment: Assignment): boolean {
  switch (of.kind) {
    case 'constant':
      return of.value;
    case 'input':
      return assignment.has(of.number);
    case 'not':
      return !holds(of.of, assignment);
    case 'and':
      return holds(of.left, assignment) && holds(of.right, assignment);
    case 'or':
      return holds(of.left, assignment) || holds(of.right, assignment);
  }
}

/** The assignments under which something holds, as a text of ones and zeros. */
export function table(isTrue: (assignment: Assignment) => boolean): string {
  return assignments.map((assignment) => (isTrue(assignment) ? '1' : '0')).join('');
}

export function tableOf(of: Expression): string {
  return table((assignment) => holds(of, assignment));
}
