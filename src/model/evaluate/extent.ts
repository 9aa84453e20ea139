/** The facts of one relation at one logical timestep: which rows hold, and under which condition. */
import { FALSE, type Algebra, type Condition } from '../algebra.js';
import type { RowId, Tuples } from './tuples.js';

export class Extent {
  private conditions = new Int32Array(16);
  private rowIds = new Int32Array(16);
  private count = 0;

  constructor(readonly tuples: Tuples) {}

  /** The rows that hold under some condition, in the order derived; valid up to `size`. */
  get rows(): Int32Array {
    return this.rowIds;
  }

  get size(): number {
    return this.count;
  }

  /** FALSE for a row that is not here. */
  condition(row: RowId): Condition {
    return row < this.conditions.length ? this.conditions[row] : FALSE;
  }

  /** Sets what a row, new or not, holds under. */
  set(row: RowId, condition: Condition): void {
    if (row >= this.conditions.length) this.conditions = enlarge(this.conditions, row + 1);
    if (this.conditions[row] === FALSE) this.append(row);
    this.conditions[row] = condition;
  }

  /** Adds one more way for a row to hold. */
  add(row: RowId, condition: Condition, algebra: Algebra): void {
    const known = this.condition(row);
    this.set(row, known === FALSE ? condition : algebra.or(known, condition));
  }

  /** Adds one more way to hold for each row of another. */
  addAll(other: Extent, algebra: Algebra): void {
    for (const row of other.rows.subarray(0, other.size)) this.add(row, other.condition(row), algebra);
  }

  copy(): Extent {
    const copy = new Extent(this.tuples);
    copy.conditions = this.conditions.slice();
    copy.rowIds = this.rowIds.slice();
    copy.count = this.count;
    return copy;
  }

  /** Drops the rows that can hold under no admissible fault set. */
  prune(algebra: Algebra): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const row = this.rowIds[i];
      if (algebra.isFalse(this.conditions[row])) this.conditions[row] = FALSE;
      else this.rowIds[kept++] = row;
    }
    this.count = kept;
  }

  private append(row: RowId): void {
    if (this.count === this.rowIds.length) this.rowIds = enlarge(this.rowIds, this.count + 1);
    this.rowIds[this.count++] = row;
  }
}

function enlarge(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
