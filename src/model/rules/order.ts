/** The fixed order in which output lists tuples. */
import { compareStrings } from '../order.js';
import type { Tuple, Value } from './program.js';

/** Integers by size and before strings. */
export function orderValues(a: Value, b: Value): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : compareStrings(a, b);
}

/** Column by column, shorter tuples first where one begins with the other. */
export function compareTuples(a: Tuple, b: Tuple): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = orderValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
