/**
 * What may happen at all: the algebra (Kleene's) in which a fact always holds, never does, or depends on the
 * faults. One run in it derives all that any admissible run can, and more: it does not know what never goes
 * together.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../model/algebra.js';

/** Depends on the faults. */
export const MAYBE: Condition = 2;

/** Raised where more may happen than is worth looking at. */
export class TooManyPossibilities extends Error {
  override readonly name = 'TooManyPossibilities';
}

/** @param limit of conjunctions, of which a run makes one a premise @throws TooManyPossibilities beyond it */
export function possibilities(limit: number): Algebra {
  let left = limit;
  return {
    and: (a, b) => {
      if (left-- === 0) throw new TooManyPossibilities(`more than ${limit} premises may hold`);
      if (a === FALSE || b === FALSE) return FALSE;
      return a === TRUE ? b : b === TRUE ? a : MAYBE;
    },
    or: (a, b) => {
      if (a === TRUE || b === TRUE) return TRUE;
      return a === FALSE ? b : b === FALSE ? a : MAYBE;
    },
    not: (a) => (a === MAYBE ? MAYBE : a ^ 1),
    isFalse: (a) => a === FALSE,
    isPossible: (a) => a !== FALSE,
    isKnownPossible: (a) => a !== FALSE,
    implies: (a, b) => a === FALSE || b === TRUE || a === b,
  };
}
