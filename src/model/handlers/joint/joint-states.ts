/** States of all nodes together, each with the fault sets that lead to it. */
import { RowTable } from './row-table.js';
import type { FaultTrail, StepFault } from './step-faults.js';

/** How one comes to a state. It is made once for each state, and not for each way. */
export interface JointArrival {
  /** By how many fault sets. */
  ways: bigint;
  /** How many faults the smallest of them has, and which. */
  fewest: number;
  trail: FaultTrail | undefined;
}

/** More of the way to a state. */
export interface Stretch {
  /** By how many sets of faults. */
  readonly ways: bigint;
  /** What happens by the smallest of them, and how many faults begin by that. */
  readonly faults: readonly StepFault[];
  readonly cost: number;
}

export class JointStates {
  private readonly rows: RowTable;
  private readonly arrivals: JointArrival[] = [];

  constructor(width: number) {
    this.rows = new RowTable(width);
  }

  get size(): number {
    return this.rows.size;
  }

  read(number: number, into: Int32Array): void {
    this.rows.read(number, into);
  }

  arrivalAt(number: number): Readonly<JointArrival> {
    return this.arrivals[number];
  }

  /** One comes to a state from another. */
  add(row: Int32Array, before: Readonly<JointArrival>, { ways: more, faults, cost }: Stretch): void {
    const number = this.rows.place(row);
    const ways = more === 1n ? before.ways : before.ways * more;
    const fewest = before.fewest + cost;
    if (number === this.arrivals.length) {
      this.arrivals.push({ ways, fewest, trail: continued(before.trail, faults) });
      return;
    }
    const known = this.arrivals[number];
    known.ways += ways;
    if (fewest >= known.fewest) return;
    known.fewest = fewest;
    known.trail = continued(before.trail, faults);
  }
}

function continued(trail: FaultTrail | undefined, faults: readonly StepFault[]): FaultTrail | undefined {
  return faults.reduce<FaultTrail | undefined>((before, fault) => ({ fault, before }), trail);
}
