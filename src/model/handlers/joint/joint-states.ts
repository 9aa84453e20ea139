/** States of all nodes together, each with the fault sets that lead to it. */
import { Naturals, type Factor } from './naturals.js';
import { RowTable } from './row-table.js';
import { NO_FAULTS_YET, type TrailId, type Trails } from './trails.js';
import type { StepFault } from './step-faults.js';

/** More of the way to a state. */
export interface Stretch {
  /** By how many sets of faults. */
  readonly factor: Factor;
  /** What happens by the smallest of them, and how many faults begin by that. */
  readonly faults: readonly StepFault[];
  readonly cost: number;
}

export class JointStates {
  /** By how many fault sets one comes to each. */
  readonly ways: Naturals;
  private readonly rows: RowTable;
  /** How many faults the smallest of them has, and which. */
  private readonly fewest: number[] = [];
  private readonly trails: TrailId[] = [];

  /** @param most fault sets that there are */
  constructor(width: number, most: bigint) {
    this.rows = new RowTable(width);
    this.ways = new Naturals(most);
  }

  get size(): number {
    return this.rows.size;
  }

  /** Forgets all states, and keeps the memory that they took. */
  clear(): void {
    this.rows.clear();
  }

  read(number: number, into: Int32Array): void {
    this.rows.read(number, into);
  }

  fewestAt(number: number): number {
    return this.fewest[number];
  }

  trailAt(number: number): TrailId {
    return this.trails[number];
  }

  /** The one that all begins in. */
  begin(row: Int32Array): void {
    const number = this.rows.place(row);
    this.ways.set(number, 1);
    this.fewest[number] = 0;
    this.trails[number] = NO_FAULTS_YET;
  }

  /** One comes to a state from another. */
  add(
    row: Int32Array,
    states: JointStates,
    before: number,
    { factor, faults, cost }: Stretch,
    trails: Trails,
  ): void {
    const known = this.rows.size;
    const number = this.rows.place(row);
    const fewest = states.fewest[before] + cost;
    if (number === known) this.ways.set(number, 0);
    this.ways.addProduct(number, states.ways, before, factor);
    if (number < known && fewest >= this.fewest[number]) return;
    this.fewest[number] = fewest;
    this.trails[number] = trails.after(states.trails[before], faults);
  }
}
