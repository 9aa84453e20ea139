/**
 * What a node comes to at one time where it is up: it handles what there is to handle by itself, and then whatever arrives
 * of what was sent to it, sender by sender, as far as that is known.
 */
import { compareStrings } from '../../order.js';
import { NOTHING_SENT, type Calls, type Effect, type EventId, type OutboxId } from '../calls.js';
import type { LocalId } from '../locals.js';
import { Alternatives, type Alternative, type AlternativesId } from './alternatives.js';
import type { FaultsInMind, FaultTeller } from './faults-in-mind.js';
import type { JointSetting } from './joint-setting.js';
import type { Losses, LossesId } from './losses.js';
import { RowTable } from './row-table.js';
import { isDown, localOf, type Situation } from './situations.js';
import type { StepFault } from './step-faults.js';

/** Of which node, and at which time. */
export interface WhoAndWhen {
  readonly node: number;
  readonly time: number;
}

/** A local state with what was sent on the way to it, by so many sets of losses for each that leads to another. */
export interface NodeCourse extends Effect, Omit<Alternative, 'what'> {}

const never = (): boolean => false;

export class Courses implements FaultTeller {
  private readonly calls: Calls;
  private readonly losses: Losses;
  private readonly inMind: FaultsInMind;
  private readonly effects = new RowTable(2);
  private readonly alternatives: Alternatives;
  /** What was received by what, and what comes of it. */
  private readonly receptions = new RowTable(3);
  private readonly after: AlternativesId[] = [];
  /** By sender, whether what it has sent may be lost. */
  private readonly lossy: readonly boolean[];

  constructor(
    { calls, faults, losses, effort, inMind }: JointSetting,
    private readonly at: WhoAndWhen,
  ) {
    this.calls = calls;
    this.losses = losses;
    this.inMind = inMind;
    this.alternatives = new Alternatives(losses, effort);
    this.lossy = calls.nodes.map((_, from) => faults.mayLose(from, at.node, at.time - 1));
  }

  get(id: AlternativesId): readonly NodeCourse[] {
    return this.alternatives.get(id).map(({ what, ways, losses }) => {
      return {
        local: this.effects.at(what, 0),
        outbox: this.effects.at(what, 1),
        ways,
        losses,
      };
    });
  }

  /** Before anything arrives. @throws HandlerError */
  begin(situation: Situation): AlternativesId {
    const local = localOf(situation);
    return this.alternatives.only(this.whatOf(isDown(situation) ? this.again(local) : this.own(local)));
  }

  /** And then what a node has sent to it, or without that. @throws HandlerError */
  receive(before: AlternativesId, from: number, packet: OutboxId): AlternativesId {
    return (this.after[this.receptions.placeOf(before, from, packet)] ??= this.find(before, from, packet));
  }

  private find(before: AlternativesId, from: number, packet: OutboxId): AlternativesId {
    const { calls } = this;
    const { node, time } = this.at;
    const all: Alternative[] = [];
    for (const { what, ways, losses } of this.alternatives.get(before)) {
      this.inMind.losing(this, losses);
      const effect = calls.opened(node, this.effects.at(what, 0), packet, time, never);
      const outbox = calls.joined(this.effects.at(what, 1), effect.outbox);
      all.push({
        what: this.whatOf({ local: effect.local, outbox }),
        ways,
        losses,
      });
      if (this.lossy[from]) all.push({ what, ways, losses: this.losses.with(losses, from) });
    }
    this.inMind.losing(undefined);
    return this.alternatives.proportionalIdOf(all);
  }

  faultsOf(losses: LossesId): readonly StepFault[] {
    return lossesAt(this.losses.get(losses), this.at);
  }

  private whatOf({ local, outbox }: Effect): number {
    return this.effects.placeOf(local, outbox);
  }

  /** What the node does by itself. */
  private own(before: LocalId): Effect {
    const { calls } = this;
    const { node, time } = this.at;
    const ticks = time > 1 || calls.handlersOf(node).tickAtStart === true;
    let begun: Effect = {
      local: calls.locals.later(before),
      outbox: NOTHING_SENT,
    };
    if (time === 1) begun = this.handle(begun, calls.eventId({ kind: 'start' }));
    if (ticks) begun = this.handle(begun, calls.eventId({ kind: 'tick' }));
    for (const name of [...calls.locals.due(begun.local)].sort(compareStrings)) {
      if (!calls.locals.due(begun.local).includes(name)) continue;
      const ready = {
        ...begun,
        local: calls.locals.without(begun.local, name),
      };
      begun = this.handle(ready, calls.eventId({ kind: 'timer', name }));
    }
    return begun;
  }

  /** What it does by itself where it was out: no timer is set. */
  private again(before: LocalId): Effect {
    const { calls } = this;
    const { node, time } = this.at;
    const restored = {
      local: calls.afterOutage(node, before, time),
      outbox: NOTHING_SENT,
    };
    const begun = this.handle(restored, calls.eventId({ kind: 'restart' }));
    const ticks = calls.handlersOf(node).tickAtStart === true;
    return ticks ? this.handle(begun, calls.eventId({ kind: 'tick' })) : begun;
  }

  private handle({ local, outbox }: Effect, event: EventId): Effect {
    const effect = this.calls.applied(this.at.node, local, event, this.at.time, never);
    return {
      local: effect.local,
      outbox: this.calls.joined(outbox, effect.outbox),
    };
  }
}

/** What was sent to a node that would handle it now, by some senders, is lost. */
export function lossesAt(senders: readonly number[], { node, time }: WhoAndWhen): readonly StepFault[] {
  return senders.map((from) => ({
    kind: 'loses',
    from,
    to: node,
    time: time - 1,
  }));
}
