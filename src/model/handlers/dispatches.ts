/**
 * What nodes send, on its way. Everything that one node sends to another at one timestep meets the same fate, so that messages
 * travel in packets: what one event made a state send to one destination. Packets of one event exclude each other, as the
 * states that send them do.
 */
import { FALSE, type Condition } from '../algebra.js';
import type { World } from '../world.js';
import { add, addPossible, type ByNumber } from './by-number.js';
import type { Calls } from './calls.js';
import type { HandlerRunOptions } from './evaluation.js';
import type { OutboxId, Sent } from './event-table.js';
import { Mailboxes, type Mail } from './mailboxes.js';

/** Between whom. */
export interface Correspondents {
  readonly calls: Calls;
  readonly nodes: readonly string[];
  readonly eot: number;
}

export class Dispatches {
  private readonly mailboxes = new Mailboxes();

  constructor(
    private readonly among: Correspondents,
    private readonly world: World,
    private readonly options: Pick<HandlerRunOptions, 'onSent'>,
  ) {}

  /** What may arrive at a node at a time, in the order in which it is handled; to be asked once. */
  take(node: number, time: number): readonly Mail[] {
    return this.mailboxes.take(node, time);
  }

  /** Puts what a node sends by one event into packets, by destination. */
  send(from: number, time: number, sent: ReadonlyMap<OutboxId, Condition>): void {
    const { calls, nodes, eot } = this.among;
    if (time >= eot || sent.size === 0) return;
    const packets = nodes.map((): ByNumber<OutboxId> => new Map());
    for (const [outbox, condition] of sent) {
      for (const to of nodes.keys()) {
        const messages = this.messages(to, outbox);
        if (messages.length === 0) continue;
        this.tell(from, to, time, messages);
        add(this.world.algebra, packets[to], calls.outboxId(messages), condition);
      }
    }
    for (const to of nodes.keys()) this.dispatch(from, to, time, packets[to]);
  }

  /** Tells what a node would have sent, and does not, since it stopped before. */
  keep(from: number, time: number, outbox: OutboxId): void {
    for (const to of this.among.nodes.keys()) {
      const messages = this.messages(to, outbox);
      if (messages.length > 0) this.tell(from, to, time, messages, { kept: true });
    }
  }

  /** What comes to a node that pauses waits for the next timestep. */
  keepWaiting(node: number, time: number, { packets, ...origin }: Mail): void {
    const { algebra } = this.world;
    const pauses = this.world.pauses(this.among.nodes[node], time);
    if (pauses === FALSE) return;
    const waiting: ByNumber<OutboxId> = new Map();
    for (const [packet, arrives] of packets)
      addPossible(algebra, waiting, packet, algebra.and(arrives, pauses));
    if (waiting.size > 0) this.mailboxes.put(node, time + 1, { came: time, ...origin, packets: waiting });
  }

  private messages(to: number, outbox: OutboxId): readonly Sent[] {
    return this.among.calls.outbox(outbox).filter((message) => message.to === to);
  }

  private tell(
    from: number,
    to: number,
    time: number,
    messages: readonly Sent[],
    kept: { readonly kept?: true } = {},
  ): void {
    this.options.onSent?.({ from, to, time, messages: messages.map(({ event }) => event), ...kept });
  }

  /** At each time at which it may arrive. */
  private dispatch(from: number, to: number, sent: number, packets: ByNumber<OutboxId>): void {
    const { algebra } = this.world;
    const { nodes, eot } = this.among;
    if (packets.size === 0) return;
    for (const { time, condition: arrives } of this.world.deliveries(nodes[from], nodes[to], sent)) {
      if (time > eot) continue;
      const arriving: ByNumber<OutboxId> = new Map();
      for (const [packet, condition] of packets)
        addPossible(algebra, arriving, packet, algebra.and(condition, arrives));
      if (arriving.size > 0) this.mailboxes.put(to, time, { from, sent, packets: arriving });
    }
  }
}
