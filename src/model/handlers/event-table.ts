/** Events of nodes, and what they send, by number: each distinct one is kept once. */
import type { RunEvent } from './invoke.js';
import type { Canonical } from './plain.js';
import type { MessageLike } from './protocol.js';

/** Names an event of a run; equal events have equal numbers. */
export type EventId = number;
/** Names a sequence of sends; 0 is the empty one. */
export type OutboxId = number;

export const NOTHING_SENT: OutboxId = 0;

/** A message on its way. */
export interface Sent {
  /** The place of the destination among the nodes. */
  readonly to: number;
  /** The event of its arrival. */
  readonly event: EventId;
}

export class EventTable {
  readonly events: readonly RunEvent[];
  private readonly ownEvents: RunEvent[] = [];
  private readonly eventNumbers = new Map<string, EventId>();
  private readonly outboxes: (readonly Sent[])[] = [[]];
  private readonly outboxNumbers = new Map<string, OutboxId>([['', NOTHING_SENT]]);

  constructor(private readonly nodes: readonly string[]) {
    this.events = this.ownEvents;
  }

  /** The message of the event of its arrival. */
  messageOf(id: EventId): MessageLike {
    const event = this.events[id];
    if (event.kind !== 'message') throw new Error('only messages are sent');
    return event.message;
  }

  /** The event of a start, a tick or a timer. */
  eventId(event: Exclude<RunEvent, { kind: 'message' }>): EventId {
    return this.interned(event.kind === 'timer' ? `timer ${event.name}` : event.kind, event);
  }

  /** @param from the place of the sender among the nodes */
  sent(from: number, to: string, { value, text }: Canonical): Sent {
    const event: RunEvent = { kind: 'message', from: this.nodes[from], message: value as MessageLike };
    return { to: this.nodes.indexOf(to), event: this.interned(`message ${from} ${text}`, event) };
  }

  outbox(id: OutboxId): readonly Sent[] {
    return this.outboxes[id];
  }

  outboxId(sent: readonly Sent[]): OutboxId {
    const text = sent.map(({ to, event }) => `${to}:${event}`).join(' ');
    let id = this.outboxNumbers.get(text);
    if (id === undefined) {
      id = this.outboxes.push(sent) - 1;
      this.outboxNumbers.set(text, id);
    }
    return id;
  }

  /** What was sent, and then what was sent after that. */
  joined(first: OutboxId, second: OutboxId): OutboxId {
    if (first === NOTHING_SENT) return second;
    if (second === NOTHING_SENT) return first;
    return this.outboxId([...this.outboxes[first], ...this.outboxes[second]]);
  }

  private interned(text: string, event: RunEvent): EventId {
    let id = this.eventNumbers.get(text);
    if (id === undefined) {
      id = this.ownEvents.push(event) - 1;
      this.eventNumbers.set(text, id);
    }
    return id;
  }
}
