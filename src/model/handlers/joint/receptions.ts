/** What a packet from the node whose turn it is does to each receiver: worked out once, and looked up then. */
import type { OutboxId } from '../calls.js';

/** What changes with what is sent to it: outlooks, or prospects, of a node, by numbers. */
export interface Receiver {
  /** @throws HandlerError */
  receive(number: number, from: number, packet: OutboxId): number;
}

const UNKNOWN = -1;

export class Reception {
  /** By what the receiver was before. */
  private known = new Int32Array(64).fill(UNKNOWN);

  constructor(
    readonly to: number,
    private readonly receiver: Receiver,
    private readonly from: number,
    private readonly packet: OutboxId,
  ) {}

  /** What becomes of it. @throws HandlerError */
  by(before: number): number {
    if (before < this.known.length && this.known[before] !== UNKNOWN) return this.known[before];
    const after = this.receiver.receive(before, this.from, this.packet);
    if (before >= this.known.length) this.enlarge(before);
    return (this.known[before] = after);
  }

  private enlarge(least: number): void {
    const larger = new Int32Array(2 * least).fill(UNKNOWN);
    larger.set(this.known);
    this.known = larger;
  }
}

/** Those of all packets from one node. */
export class Receptions {
  /** By receiver. */
  private readonly known: readonly Map<OutboxId, Reception>[];

  constructor(
    private readonly receivers: readonly Receiver[],
    private readonly from: number,
  ) {
    this.known = receivers.map(() => new Map<OutboxId, Reception>());
  }

  of(packet: OutboxId, to: number): Reception {
    const known = this.known[to].get(packet);
    if (known !== undefined) return known;
    const made = new Reception(to, this.receivers[to], this.from, packet);
    this.known[to].set(packet, made);
    return made;
  }
}
