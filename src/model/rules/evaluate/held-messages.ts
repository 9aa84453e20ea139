/** Messages of nodes that may stop in the midst of a timestep. They are held until it is known what else their node sends. */
import { FALSE, type Condition } from '../../algebra.js';
import type { World } from '../../world.js';
import { departureOrder, type Departing } from '../departure-order.js';
import { rulesOf } from '../walk.js';
import type { Channels } from './channels.js';
import { departures } from './departures.js';
import type { SentDerivation } from './derivation.js';
import type { PreparedProgram } from './prepared.js';
import type { RowId } from './tuples.js';
import type { ValueId } from './values.js';

/** A message, and what sends it. */
interface HeldMessage extends Departing {
  readonly row: RowId;
  readonly derivations: SentDerivation[];
}

export interface ReleasedMessage {
  readonly sender: ValueId;
  readonly row: RowId;
  /** At least one. */
  readonly derivations: readonly SentDerivation[];
  /** Under which condition its node gets as far as to send it. */
  readonly leaving: Condition;
}

export class HeldMessages {
  private readonly held = new Map<ValueId, Map<string, HeldMessage>>();

  constructor(
    private readonly prepared: PreparedProgram,
    private readonly world: World,
    private readonly channels: Channels,
  ) {}

  hold(derivation: SentDerivation, row: RowId): void {
    const { plan, sender } = derivation;
    let messages = this.held.get(sender);
    if (messages === undefined) this.held.set(sender, (messages = new Map<string, HeldMessage>()));
    const key = `${plan.head.number} ${row}`;
    const known = messages.get(key);
    if (known !== undefined) known.derivations.push(derivation);
    else
      messages.set(key, {
        relation: plan.head.name,
        tuple: this.prepared.tuple(plan.head, row),
        row,
        derivations: [derivation],
      });
  }

  /** All that were sent at a time, which is over; those of a node in the order in which it sends them. */
  *release(time: number): Generator<ReleasedMessage> {
    for (const [sender, messages] of this.held) yield* this.releaseOf(sender, [...messages.values()], time);
    this.held.clear();
  }

  private *releaseOf(
    sender: ValueId,
    held: readonly HeldMessage[],
    time: number,
  ): Generator<ReleasedMessage> {
    const { algebra } = this.world;
    const { values, checked } = this.prepared;
    const inOrder = held.toSorted(departureOrder(rulesOf(checked.program)));
    const sent = inOrder.map(({ derivations }) =>
      derivations.reduce((any, { condition }) => algebra.or(any, condition), FALSE),
    );
    const running = this.world.running(values.value(sender) as string, time);
    const leaving = departures(sent, running, this.channels.interruptions(sender, time), algebra);
    for (const [index, { row, derivations }] of inOrder.entries())
      yield { sender, row, derivations, leaving: leaving[index] };
  }
}
