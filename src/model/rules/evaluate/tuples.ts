/**
 * The distinct tuples of one relation, over all times and runs, in columns of value ids. A tuple's row
 * number is its identity: frames that persist a fact copy one integer, and indexes are built once.
 */
import type { ValueId } from './values.js';

export type RowId = number;

/** No row: the end of a chain, or a tuple never seen. */
export const NONE: RowId = -1;

export class Tuples {
  readonly columns: Int32Array[];
  private readonly all: Index;
  private readonly indexes = new Map<string, Index>();
  private count = 0;

  constructor(readonly arity: number) {
    this.columns = Array.from({ length: arity }, () => new Int32Array(16));
    this.all = new Index(
      this,
      Array.from({ length: arity }, (_, column) => column),
    );
  }

  get size(): number {
    return this.count;
  }

  /** The row of a tuple given by value ids, or NONE. */
  find(tuple: ArrayLike<ValueId>): RowId {
    for (let row = this.all.first(tuple); row !== NONE; row = this.all.next(row)) {
      if (this.all.matches(row, tuple)) return row;
    }
    return NONE;
  }

  /** The row of a tuple, added where it is new. */
  intern(tuple: ArrayLike<ValueId>): RowId {
    const known = this.find(tuple);
    if (known !== NONE) return known;
    const row = this.count;
    if (row === this.columns[0]?.length) this.grow();
    for (let column = 0; column < this.arity; column++) this.columns[column][row] = tuple[column];
    this.count++;
    this.all.add(row);
    return row;
  }

  /** Whether a row has these values in these columns. */
  matches(row: RowId, columns: readonly number[], key: ArrayLike<ValueId>): boolean {
    for (let i = 0; i < columns.length; i++) if (this.columns[columns[i]][row] !== key[i]) return false;
    return true;
  }

  /** The index on these columns, in ascending order. Ask it to `catchUp` before a search. */
  indexOn(columns: readonly number[]): Index {
    const name = columns.join();
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const index = new Index(this, columns);
    this.indexes.set(name, index);
    return index;
  }

  private grow(): void {
    for (let column = 0; column < this.arity; column++) {
      const larger = new Int32Array(this.columns[column].length * 2);
      larger.set(this.columns[column]);
      this.columns[column] = larger;
    }
  }
}

/** A chained hash index: rows whose key columns hash alike are linked, the latest first. */
export class Index {
  private buckets = new Int32Array(16).fill(NONE);
  private links = new Int32Array(16);
  private count = 0;

  constructor(
    private readonly tuples: Tuples,
    private readonly key: readonly number[],
  ) {}

  /** The first row that may match; `key` holds the values of the key columns, in their order. */
  first(key: ArrayLike<ValueId>): RowId {
    return this.buckets[hashKey(key, this.key.length) & (this.buckets.length - 1)];
  }

  next(row: RowId): RowId {
    return this.links[row];
  }

  matches(row: RowId, key: ArrayLike<ValueId>): boolean {
    return this.tuples.matches(row, this.key, key);
  }

  /** Takes in the rows that were added to the relation since. */
  catchUp(): void {
    while (this.count < this.tuples.size) this.add(this.count);
  }

  /** Rows are added in order. */
  add(row: RowId): void {
    if (row === this.links.length) {
      const larger = new Int32Array(row * 2);
      larger.set(this.links);
      this.links = larger;
    }
    this.count = row + 1;
    if (this.count * 2 > this.buckets.length) this.rehash();
    else this.link(row);
  }

  private rehash(): void {
    this.buckets = new Int32Array(this.buckets.length * 2).fill(NONE);
    for (let row = 0; row < this.count; row++) this.link(row);
  }

  private link(row: RowId): void {
    const { columns } = this.tuples;
    let hash = SEED;
    for (const column of this.key) hash = combine(hash, columns[column][row]);
    const slot = finish(hash) & (this.buckets.length - 1);
    this.links[row] = this.buckets[slot];
    this.buckets[slot] = row;
  }
}

const SEED = 0x811c9dc5 | 0;

function hashKey(key: ArrayLike<ValueId>, length: number): number {
  let hash = SEED;
  for (let i = 0; i < length; i++) hash = combine(hash, key[i]);
  return finish(hash);
}

function combine(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
}

function finish(hash: number): number {
  return hash ^ (hash >>> 15);
}
