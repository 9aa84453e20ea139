/**
 * The causal past of a violation by handlers: the messages that the states which the property looked at rest on.
 * Handlers are functions of their input, so that a message which changed no state, and made its receiver send
 * nothing of which that can be said again, might as well not have come. Handlers are not looked into here: what of
 * a state a handler reads does not say what it would have done had it read otherwise.
 */
import type { Calls, EventId } from '../../model/handlers/calls.js';
import type { Packet, Step } from '../../model/handlers/evaluation.js';

/** A message on its way, by places among the nodes. */
type Sending = Omit<Packet, 'messages'> & { readonly event: EventId };

export class HandlerPast {
  private readonly sendings = new Set<string>();

  /**
   * @param steps of a concrete run, in the order taken
   * @param until when the property looked at the states; 0 where none is violated
   */
  constructor(
    steps: readonly Step[],
    until: number,
    private readonly calls: Calls,
  ) {
    for (const step of steps.toReversed()) if (step.time <= until) this.take(step);
  }

  has(sending: Sending): boolean {
    return this.sendings.has(nameOf(sending));
  }

  /** What comes later must have been taken before. */
  private take({ node, time, cause, before }: Step): void {
    if (cause.kind === 'event') return;
    let local = before;
    for (const { event } of this.calls.outbox(cause.packet)) {
      const effect = this.calls.apply(node, local, event, time);
      const sent = this.calls.outbox(effect.outbox);
      if (effect.local !== local || sent.some((message) => this.has({ from: node, time, ...message })))
        this.sendings.add(nameOf({ from: cause.from, to: node, time: cause.sent, event }));
      local = effect.local;
    }
  }
}

function nameOf({ from, to, time, event }: Sending): string {
  return `${from} ${to} ${time} ${event}`;
}
