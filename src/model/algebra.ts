/**
 * What evaluation asks of conditions, so that one evaluator serves a concrete run (conditions are the
 * constants true and false), and the run over all fault sets (conditions are boolean functions of faults).
 */

/** A handle that only its own algebra can read. Equal handles mean equal conditions, not the reverse. */
export type Condition = number;

/** In every algebra, so that tables of conditions start out empty. */
export const FALSE: Condition = 0;
export const TRUE: Condition = 1;

/** What evaluation does with conditions, whatever they are represented by. */
export interface Algebra {
  and(a: Condition, b: Condition): Condition;
  or(a: Condition, b: Condition): Condition;
  not(a: Condition): Condition;
  /** Whether it can hold under no admissible fault set. May answer false where that is not known cheaply. */
  isFalse(a: Condition): boolean;
  /** Whether it holds under some admissible fault set; exact, and so possibly the price of a solver call. */
  isPossible(a: Condition): boolean;
  /** The same where it is known without a search; undefined elsewhere. */
  isKnownPossible(a: Condition): boolean | undefined;
  /** Whether `b` holds wherever `a` does; exact, as `isPossible` is. */
  implies(a: Condition, b: Condition): boolean;
}

/** What conditions are made of. */
export type Connectives = Pick<Algebra, 'and' | 'or' | 'not'>;

/** The algebra of one run: a fact holds or it does not. */
export const booleans: Algebra = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  not: (a) => a ^ 1,
  isFalse: (a) => a === FALSE,
  isPossible: (a) => a === TRUE,
  isKnownPossible: (a) => a === TRUE,
  implies: (a, b) => a <= b,
};
