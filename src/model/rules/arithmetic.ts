/** Arithmetic and comparison on values. */
import type { ArithmeticOperator, ComparisonOperator, Value } from './program.js';

/** The exact integer result; undefined for a division by zero. Division truncates toward zero. */
export function applyOperator(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right + 0;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right) + 0;
  }
}

/** Integers by size, strings by code units; both sides are of one type. */
export function compareValues(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
