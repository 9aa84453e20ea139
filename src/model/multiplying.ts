/** What there is so much of that a check over all fault sets passes its budget. */

export type Multiplying = MultiplyingStates | MultiplyingTuples;

/** Of handlers: the node that is in more local states than any other. */
export interface MultiplyingStates {
  readonly kind: 'states';
  readonly node: string;
  /** The distinct ones, in all runs. */
  readonly states: number;
  /** The field of its states that has the most values; absent where states have no fields, or each has one value. */
  readonly field?: { readonly name: string; readonly values: number };
}

/** Of rules: the relation that has more tuples than any other. */
export interface MultiplyingTuples {
  readonly kind: 'tuples';
  readonly relation: string;
  /** The distinct ones, at any time. */
  readonly tuples: number;
}
