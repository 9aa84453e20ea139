/** What is on its way to nodes, by when it may arrive. */
import type { Condition } from '../algebra.js';
import { inTime } from '../world.js';
import type { OutboxId } from './calls.js';

/** Where something comes from. */
export interface Origin {
  /** The place of the sender among the nodes. */
  readonly from: number;
  /** When it was sent. */
  readonly sent: number;
  /** When it came, where the node paused then and it waited. Default: when it is handled. */
  readonly came?: number;
}

/** What one event may have made a node send: packets that exclude each other. */
export interface Mail extends Origin {
  /** By packet, the condition that it arrives. */
  readonly packets: ReadonlyMap<OutboxId, Condition>;
}

export class Mailboxes<Kind extends Origin = Mail> {
  /** By time, then by node. */
  private readonly boxes: (Kind[] | undefined)[][] = [];

  put(to: number, time: number, mail: Kind): void {
    ((this.boxes[time] ??= [])[to] ??= []).push(mail);
  }

  /**
   * Everything that may arrive at a node at a time, in the order in which it is handled: that of {@link compareOrigins},
   * and as it was sent. It is not kept.
   */
  take(to: number, time: number): readonly Kind[] {
    const box = this.boxes[time] ?? [];
    const mail = box[to] ?? [];
    box[to] = undefined;
    return mail.sort(compareOrigins(time));
  }
}

/** Of what is handled at a time: as it came; then in time before late, by sender, and by when it was sent. */
export function compareOrigins(time: number): (a: Origin, b: Origin) => number {
  const came = (origin: Origin) => origin.came ?? time;
  const late = (origin: Origin) => Number(came(origin) > inTime(origin.sent));
  return (a, b) => came(a) - came(b) || late(a) - late(b) || a.from - b.from || a.sent - b.sent;
}
