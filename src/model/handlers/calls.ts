/**
 * Calls of handlers, each distinct one made once. A handler is a function of its node, local state and event,
 * of the time only where it looks at the time, and of faults only where it asks for them, so that one call serves all fault
 * sets and all timesteps in which the same input occurs. Every call is made a second time, to see that it is such a function; and what
 * is remembered can be held against calls made later, which see what has changed outside of the state meanwhile.
 */
import { TRUE, type Condition } from '../algebra.js';
import type { Setting } from './desk.js';
import { StatePlace } from './drafts/source.js';
import { HandlerError } from './errors.js';
import {
  callOf,
  handles,
  invoke,
  isUnanswered,
  type AskedFor,
  type HandlerInvocation,
  type Happening,
  type Returned,
  type RunEvent,
  type Unanswered,
} from './invoke.js';
import { Locals, type Local, type LocalId } from './locals.js';
import { EventTable, NOTHING_SENT, type EventId, type OutboxId, type Sent } from './event-table.js';
import { NodeRoles } from './node-roles.js';
import { recordedData } from './operations/record.js';
import { firstDifference, PlainData, type Canonical } from './plain.js';
import type { AnyHandlers, HandlerProtocol, MessageLike } from './protocol.js';
import { RememberedEffects, type AskedFaults, type CallPlace, type Effect } from './remembered.js';
import { StateCalls, type Caller, type CallUnderWay } from './state-calls.js';

export { NOTHING_SENT, type AskedFaults, type Effect, type EventId, type OutboxId, type Sent };

/** What the messages of a packet come to. */
export interface Opened extends Effect {
  /** Those that were handled. */
  readonly packet: OutboxId;
}

export class Calls implements Caller {
  readonly locals = new Locals();
  readonly plain = new PlainData();
  readonly roles: NodeRoles;
  /** Distinct calls made. */
  made = 0;
  /** The call being made, for whoever must say what was going on when time ran out. */
  underWay: CallUnderWay | undefined;
  /** Under which fault sets the next call is made, in the algebra of the run. */
  condition: Condition = TRUE;
  /** Whether calls that are remembered are made once more all the same, and have to agree. */
  repeating = false;
  /** The names of faults that handlers ever asked for. */
  readonly asked = new Set<string>();
  /** The types of the operations that handlers ever recorded. */
  readonly recorded = new Set<string>();
  private readonly root = StatePlace.root();
  private readonly table: EventTable;
  private readonly effects: RememberedEffects;
  private readonly states: StateCalls;

  /**
   * @param onCall told of each distinct call; what it is given makes the call once more, and throws where that differs
   * @param onBegin told before anything is called
   */
  constructor(
    protocol: HandlerProtocol,
    readonly nodes: readonly string[],
    readonly onCall: (repeat: () => void) => void,
    private readonly onBegin: () => void,
  ) {
    this.roles = new NodeRoles(protocol, nodes);
    this.table = new EventTable(nodes);
    this.effects = new RememberedEffects(nodes.length);
    this.states = new StateCalls(this);
  }

  handlersOf(node: number): AnyHandlers {
    return this.roles.handlersOf(this.nodes[node]);
  }

  /** What all calls have in common. */
  get setting(): Setting {
    const { roles, nodes, plain, root, asked, recorded } = this;
    return { roles, nodes, plain, root, asked, recorded };
  }

  event(id: EventId): RunEvent {
    return this.table.events[id];
  }

  /** The message of the event of its arrival. */
  messageOf(id: EventId): MessageLike {
    return this.table.messageOf(id);
  }

  /** What a node handled, in some state that it was in. */
  eventsAt(node: number): readonly RunEvent[] {
    return this.table.events.filter((_, event) => this.effects.knows(node, event));
  }

  outbox(id: OutboxId): readonly Sent[] {
    return this.table.outbox(id);
  }

  outboxId(sent: readonly Sent[]): OutboxId {
    return this.table.outboxId(sent);
  }

  /** What was sent, and then what was sent after that. */
  joined(first: OutboxId, second: OutboxId): OutboxId {
    return this.table.joined(first, second);
  }

  /** The event of a start, a tick or a timer. */
  eventId(event: Exclude<RunEvent, { kind: 'message' }>): EventId {
    return this.table.eventId(event);
  }

  /** The local state that a node begins in. @throws HandlerError */
  initial(node: number): LocalId {
    return this.states.initial(node);
  }

  /** The local state in which a node starts again that went down in another. @throws HandlerError */
  afterOutage(node: number, local: LocalId, time: number): LocalId {
    return this.states.afterOutage(node, local, time);
  }

  /** What the outside sees of a local state. @throws HandlerError */
  observe(node: number, local: LocalId, time: number): Canonical {
    return this.states.observe(node, local, time);
  }

  /** @throws HandlerError */
  apply(
    node: number,
    local: LocalId,
    eventId: EventId,
    time: number,
    happens: Happening,
  ): Effect | Unanswered {
    const place = { node, local, eventId, time, happens };
    const known = this.effects.of(place);
    if (known === undefined) return this.call(place);
    if (this.repeating && !isUnanswered(known)) this.repeat(place, known);
    return known;
  }

  /** The same in a run of which everything is known. @throws HandlerError */
  applied(node: number, local: LocalId, event: EventId, time: number, happens: Happening): Effect {
    const effect = this.apply(node, local, event, time, happens);
    if (isUnanswered(effect)) throw new Error(`nobody knows whether ${effect.asks} happens`);
    return effect;
  }

  /** The faults that a call which was made asked for, and whether they happened. */
  askedBy(node: number, local: LocalId, eventId: EventId, time: number, happens: Happening): AskedFaults {
    return this.effects.askedBy({ node, local, eventId, time, happens });
  }

  /** Handles the messages of a packet, one after another. @throws HandlerError */
  open(
    node: number,
    local: LocalId,
    packet: OutboxId,
    time: number,
    happens: Happening,
    most = Infinity,
  ): Opened | Unanswered {
    let effect: Effect = { local, outbox: NOTHING_SENT };
    const all = this.outbox(packet);
    for (const [index, { event }] of all.entries()) {
      const next = this.apply(node, effect.local, event, time, happens);
      if (isUnanswered(next)) return next;
      effect = { local: next.local, outbox: this.joined(effect.outbox, next.outbox) };
      if (most < Infinity && this.outbox(effect.outbox).filter(({ to }) => to !== node).length >= most)
        return { ...effect, packet: this.outboxId(all.slice(0, index + 1)) };
    }
    return { ...effect, packet };
  }

  /** The same in a run of which everything is known. @throws HandlerError */
  opened(node: number, local: LocalId, packet: OutboxId, time: number, happens: Happening): Effect {
    const effect = this.open(node, local, packet, time, happens);
    if (isUnanswered(effect)) throw new Error(`nobody knows whether ${effect.asks} happens`);
    return effect;
  }

  /** To be called before each call. */
  enter(call: CallUnderWay): void {
    this.underWay = call;
    this.onBegin();
  }

  private call(place: CallPlace): Effect | Unanswered {
    const { node, local, eventId } = place;
    const event = this.event(eventId);
    if (!handles(this.handlersOf(node), event.kind)) {
      return this.effects.add(place, { local, outbox: NOTHING_SENT }, []);
    }
    const invocation = this.begin(place);
    const first = invoke(this.setting, invocation);
    if (isUnanswered(first)) {
      this.underWay = undefined;
      return first;
    }
    this.made++;
    const effect = this.settle(node, this.locals.get(local), first);
    this.assertRepeats(place, invocation, effect);
    this.underWay = undefined;
    const { asked } = first;
    this.onCall(() => {
      this.repeat({ ...place, happens: happeningOf(asked) }, effect);
    });
    return this.effects.add(place, effect, asked);
  }

  /** Makes a call once more that is remembered. @throws HandlerError where it differs */
  private repeat(place: CallPlace, effect: Effect): void {
    const { node, eventId } = place;
    if (!handles(this.handlersOf(node), this.event(eventId).kind)) return;
    this.assertRepeats(place, this.begin(place), effect);
    this.underWay = undefined;
  }

  private begin({ node, local, eventId, time, happens }: CallPlace): HandlerInvocation {
    const { state, timers } = this.locals.get(local);
    const event = this.event(eventId);
    const invocation = { node: this.nodes[node], time, event, state: state.value, timers, happens };
    this.enter({ call: callOf(this, invocation), again: () => invoke(this.setting, invocation) });
    return invocation;
  }

  private settle(node: number, before: Local, returned: Returned): Effect {
    const state = returned.state ?? before.state;
    const sent = returned.sends.map(({ to, message }) => this.table.sent(node, to, message));
    const recorded = [...before.recorded, ...returned.recorded];
    return {
      local: this.locals.id({ state, timers: returned.timers, recorded }),
      outbox: this.outboxId(sent),
    };
  }

  /** @throws HandlerError where another call with the same input has another effect */
  private assertRepeats({ node, local }: CallPlace, invocation: HandlerInvocation, effect: Effect): void {
    const before = this.locals.get(local);
    const returned = invoke(this.setting, invocation);
    if (isUnanswered(returned))
      throw new HandlerError(callOf(this, invocation), {
        kind: 'impure',
        path: 'what it asks',
        first: undefined,
        second: returned.asks,
      });
    const again = this.settle(node, before, returned);
    if (again.local === effect.local && again.outbox === effect.outbox) return;
    const difference = firstDifference(this.describe(effect), this.describe(again));
    if (difference === undefined) throw new Error('effects that differ are told apart by what they hold');
    const { path, a: first, b: second } = difference;
    throw new HandlerError(callOf(this, invocation), { kind: 'impure', path: path.slice(1), first, second });
  }

  private describe({ local, outbox }: Effect): unknown {
    const { state, timers, recorded } = this.locals.get(local);
    const sent = this.outbox(outbox).map(({ to, event }) => ({
      to: this.nodes[to],
      message: this.messageOf(event),
    }));
    return { state: state.value, timers, sent, operations: recordedData(recorded) };
  }
}

function happeningOf(asked: readonly AskedFor[]): Happening {
  const answers = new Map(asked.flatMap((each) => (each.kind === 'fault' ? [[each.name, each.answer]] : [])));
  return (name) => answers.get(name);
}
