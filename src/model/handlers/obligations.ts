/** What a property that leads to something is owed as time goes on, under which conditions. */
import { FALSE, type Algebra, type Condition } from '../algebra.js';

export class Obligations {
  /** By the time at which `when` held: under which it did, and `then` has not held since. */
  private readonly open = new Map<number, Condition>();

  /** @param within how many timesteps later `then` has to have held */
  constructor(
    private readonly within: number,
    private readonly algebra: Algebra,
  ) {}

  /** `when` holds at a time under a condition. */
  begin(time: number, condition: Condition): void {
    if (condition !== FALSE) this.open.set(time, condition);
  }

  /** Under which anything is owed. */
  get owed(): Condition {
    return [...this.open.values()].reduce((any, each) => this.algebra.or(any, each), FALSE);
  }

  /** Under which it is owed at a time at the latest. */
  dueAt(time: number): Condition {
    return this.open.get(time - this.within) ?? FALSE;
  }

  /** Where `then` does not hold at a time, what was owed still is, but for what was due. */
  goOn(time: number, unfulfilled: Condition): void {
    this.open.delete(time - this.within);
    for (const [since, owed] of this.open) this.open.set(since, this.algebra.and(owed, unfulfilled));
  }
}
