/** What is on its way to nodes, by when it may arrive. */
import type { Condition } from '../algebra.js';
import { inTime } from '../world.js';
import type { OutboxId } from './calls.js';

/** What one event may have made a node send: packets that exclude each other. */
export interface Mail {
  /** The place of the sender among the nodes. */
  readonly from: number;
  /** When it was sent. */
  readonly sent: number;
  /** By packet, the condition that it arrives. */
  readonly packets: ReadonlyMap<OutboxId, Condition>;
}

export class Mailboxes {
  /** By time, then by node. */
  private readonly boxes: (Mail[] | undefined)[][] = [];

  put(to: number, time: number, mail: Mail): void {
    ((this.boxes[time] ??= [])[to] ??= []).push(mail);
  }

  /**
   * Everything that may arrive at a node at a time, in the order in which it is handled: late mail after what arrives
   * in time, then by sender, by when it was sent, and as it was sent. It is not kept.
   */
  take(to: number, time: number): readonly Mail[] {
    const mail = this.boxes[time]?.[to] ?? [];
    delete this.boxes[time]?.[to];
    const late = ({ sent }: Mail) => Number(time > inTime(sent));
    return mail.sort((a, b) => late(a) - late(b) || a.from - b.from || a.sent - b.sent);
  }
}
