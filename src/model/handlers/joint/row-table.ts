/** Distinct rows of integers, numbered as they come: JavaScript's own maps would make a text of each. */

const EMPTY = -1;

/** Places for rows in an empty table, of which half are used at most. */
const FEWEST_SLOTS = 64;

export class RowTable {
  /** How many rows there are. */
  size = 0;
  private rows: Int32Array<ArrayBuffer>;
  /** By hash, with open addressing; at most half full. */
  private slots = new Int32Array(FEWEST_SLOTS).fill(EMPTY);
  /** What `slots` is the beginning of. */
  private memory = this.slots;
  private readonly few = new Int32Array(4);

  constructor(readonly width: number) {
    this.rows = new Int32Array(16 * width);
  }

  /** Forgets all rows, and keeps the memory that they took. */
  clear(): void {
    this.size = 0;
    this.slots = this.memory.subarray(0, FEWEST_SLOTS).fill(EMPTY);
  }

  /** The number of a row, which is the next one where there was none that is equal. */
  place(row: Int32Array): number {
    let slot = this.slotOf(row);
    for (let known = this.slots[slot]; known !== EMPTY; known = this.slots[slot]) {
      if (this.isAt(known, row)) return known;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.size;
    this.append(row);
    if (2 * this.size > this.slots.length) this.rehash();
    return this.size - 1;
  }

  /** The number of a row of up to four integers. */
  placeOf(first: number, second: number, third = 0, fourth = 0): number {
    const { few } = this;
    few[0] = first;
    few[1] = second;
    few[2] = third;
    few[3] = fourth;
    return this.place(few);
  }

  /** Writes a row into another. */
  read(number: number, into: Int32Array): void {
    const from = number * this.width;
    for (let column = 0; column < this.width; column++) into[column] = this.rows[from + column];
  }

  /** One integer of a row. */
  at(number: number, column: number): number {
    return this.rows[number * this.width + column];
  }

  private append(row: Int32Array): void {
    const from = this.size * this.width;
    if (from + this.width > this.rows.length) {
      const larger = new Int32Array(2 * this.rows.length);
      larger.set(this.rows);
      this.rows = larger;
    }
    for (let column = 0; column < this.width; column++) this.rows[from + column] = row[column];
    this.size++;
  }

  private isAt(number: number, row: Int32Array): boolean {
    const from = number * this.width;
    for (let column = 0; column < this.width; column++)
      if (this.rows[from + column] !== row[column]) return false;
    return true;
  }

  private rehash(): void {
    const slots = 4 * this.slots.length;
    if (slots > this.memory.length) this.memory = new Int32Array(slots);
    this.slots = this.memory.subarray(0, slots).fill(EMPTY);
    const row = new Int32Array(this.width);
    for (let number = 0; number < this.size; number++) {
      this.read(number, row);
      let slot = this.slotOf(row);
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number;
    }
  }

  private slotOf(row: Int32Array): number {
    let hash = 0;
    for (let column = 0; column < this.width; column++) {
      hash = Math.imul(hash ^ row[column], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & (this.slots.length - 1);
  }
}
