/** How many fault sets lead through some states, each in as many ways as faults may go on after it. */
import { factorOf, Naturals } from './naturals.js';
import type { JointStates } from './joint-states.js';
import type { Downtime } from './step-faults.js';

const ONCE = factorOf(1n);

export class Tally {
  private readonly sums: Naturals;
  private readonly places = new Map<string, number>();
  private readonly downtimes: Downtime[] = [];

  /** @param most fault sets that there are */
  constructor(most: bigint) {
    this.sums = new Naturals(most);
  }

  add(states: JointStates, number: number, downtime: Downtime): void {
    const name = `${downtime.stopped} ${downtime.out} ${downtime.outages}`;
    let place = this.places.get(name);
    if (place === undefined) {
      this.places.set(name, (place = this.downtimes.push(downtime) - 1));
      this.sums.set(place, 0);
    }
    this.sums.addProduct(place, states.ways, number, ONCE);
  }

  /** @param waysAfter in how many ways faults may go on */
  total(waysAfter: (downtime: Downtime) => bigint): bigint {
    return this.downtimes.reduce(
      (sum, downtime, place) => sum + this.sums.get(place) * waysAfter(downtime),
      0n,
    );
  }
}
