/** The facts of one relation at one logical timestep: which rows hold, and under which condition. */
import { FALSE, type Algebra, type Condition } from '../../algebra.js';
import type { RowId, Tuples } from './tuples.js';

export class Extent {
  private conditions: Condition[] = [];
  private held: RowId[] = [];

  constructor(readonly tuples: Tuples) {}

  /** The rows that hold under some condition, in the order derived. */
  get rows(): readonly RowId[] {
    return this.held;
  }

  /** FALSE for a row that is not here. */
  condition(row: RowId): Condition {
    return row < this.conditions.length ? this.conditions[row] : FALSE;
  }

  /** Sets what a row, new or not, holds under. */
  set(row: RowId, condition: Condition): void {
    // Without holes, which would make it a table of a slower kind.
    while (row >= this.conditions.length) this.conditions.push(FALSE);
    if (this.conditions[row] === FALSE) this.held.push(row);
    this.conditions[row] = condition;
  }

  /** Adds one more way for a row to hold. */
  add(row: RowId, condition: Condition, algebra: Algebra): void {
    const known = this.condition(row);
    this.set(row, known === FALSE ? condition : algebra.or(known, condition));
  }

  /** Adds one more way to hold for each row of another. */
  addAll(other: Extent, algebra: Algebra): void {
    for (const row of other.rows) this.add(row, other.condition(row), algebra);
  }

  copy(): Extent {
    const copy = new Extent(this.tuples);
    copy.conditions = this.conditions.slice();
    copy.held = this.held.slice();
    return copy;
  }

  /** Drops the rows that can hold under no admissible fault set. */
  prune(algebra: Algebra): void {
    let kept = 0;
    for (const row of this.held) {
      if (algebra.isFalse(this.conditions[row])) this.conditions[row] = FALSE;
      else this.held[kept++] = row;
    }
    this.held.length = kept;
  }
}
