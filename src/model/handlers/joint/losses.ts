/** From whom all that was sent to a node at one time is lost, by numbers. */
import { RowTable } from './row-table.js';

/** Names senders; equal ones have equal numbers. */
export type LossesId = number;

export const NOTHING_LOST: LossesId = 0;

export class Losses {
  /** One more sender, after others. */
  private readonly table = new RowTable(2);
  private readonly senders: (readonly number[])[] = [[]];

  /** @returns the senders, in the order in which they were added */
  get(id: LossesId): readonly number[] {
    return this.senders[id];
  }

  with(before: LossesId, sender: number): LossesId {
    const id = 1 + this.table.placeOf(before, sender);
    this.senders[id] ??= [...this.senders[before], sender];
    return id;
  }

  /** The first where they are as many. */
  fewer(one: LossesId, other: LossesId): LossesId {
    return this.senders[one].length <= this.senders[other].length ? one : other;
  }
}
