/** Which values of observations occur in some run, at the times at which properties look at nodes. */

/** A value without parts. */
export type ObservedValue = null | boolean | number | string;

/** One field of what is observed of some nodes. */
export interface ObservedField {
  /** That of the nodes; absent where there are no roles. */
  readonly role?: string;
  /** Absent where what is observed is no object. */
  readonly field?: string;
  /** How many values it has. */
  readonly count: number;
  /** These, in a fixed order; absent where they are many, or have parts. */
  readonly values?: readonly ObservedValue[];
}

/** What is observed of nodes. */
export interface Observed {
  readonly fields: readonly ObservedField[];
  /**
   * Words that handlers and properties speak of as values, and that nothing observed ever is: where a state has a word for
   * what a node is, those for what no node ever was. In order; as far as they stand in the functions themselves.
   */
  readonly unseen: readonly string[];
}
