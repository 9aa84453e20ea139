/**
 * Calls of handlers, each distinct one made once. A handler is a function of its node, local state and event,
 * and of the time only where it looks at the time, so that one call serves all fault sets and all timesteps
 * in which the same input occurs. Every call is made a second time, to see that it is such a function.
 */
import { TRUE, type Condition } from '../algebra.js';
import { abandon } from './abandon.js';
import {
  HandlerError,
  problemWithCall,
  problemWithData,
  type HandlerCall,
  type HandlerProblem,
} from './errors.js';
import {
  callOf,
  handles,
  invoke,
  type AnyHandlers,
  type Invocation,
  type Returned,
  type RunEvent,
  type Setting,
} from './invoke.js';
import { Locals, type Local, type LocalId } from './locals.js';
import { firstDifference, PlainData, type Canonical } from './plain.js';
import type { HandlerProtocol, MessageLike } from './protocol.js';
import { leaves, pathOf, watch, type Path } from './reads.js';

/** Names an event of a run; equal events have equal numbers. */
export type EventId = number;
/** Names a sequence of sends; 0 is the empty one. */
export type OutboxId = number;

export const NOTHING_SENT: OutboxId = 0;

export interface Effect {
  readonly local: LocalId;
  readonly outbox: OutboxId;
}

/** A message on its way. */
export interface Sent {
  /** The place of the destination among the nodes. */
  readonly to: number;
  /** The event of its arrival. */
  readonly event: EventId;
}

/** A call that has not returned yet. */
export interface CallUnderWay {
  readonly call: HandlerCall;
  /** Makes the same call once more, to no effect. */
  readonly again: () => unknown;
}

export class Calls {
  readonly locals = new Locals();
  /** Distinct calls made. */
  made = 0;
  /** The call being made, for whoever must say what was going on when time ran out. */
  underWay: CallUnderWay | undefined;
  /** Under which fault sets the next call is made, in the algebra of the run. */
  condition: Condition = TRUE;
  private readonly plain = new PlainData();
  private readonly events: RunEvent[] = [];
  private readonly eventNumbers = new Map<string, EventId>();
  private readonly outboxes: (readonly Sent[])[] = [[]];
  private readonly outboxNumbers = new Map<string, OutboxId>([['', NOTHING_SENT]]);
  /** Effects by node, event and local state; of a handler that looks at the time, by time as well. */
  private readonly effects: Map<LocalId, Effect | Map<number, Effect>>[][];

  constructor(
    private readonly protocol: HandlerProtocol,
    readonly nodes: readonly string[],
  ) {
    this.effects = nodes.map(() => []);
  }

  private get handlers(): AnyHandlers {
    return this.protocol.handlers;
  }

  private get setting(): Setting {
    const { handlers, nodes, plain } = this;
    return { handlers, nodes, plain };
  }

  event(id: EventId): RunEvent {
    return this.events[id];
  }

  outbox(id: OutboxId): readonly Sent[] {
    return this.outboxes[id];
  }

  /** The event of a start, a tick or a timer. */
  eventId(event: Exclude<RunEvent, { kind: 'message' }>): EventId {
    return this.internEvent(event.kind === 'timer' ? `timer ${event.name}` : event.kind, event);
  }

  /** @throws HandlerError */
  initial(node: number): LocalId {
    const name = this.nodes[node];
    const call = { node: name, time: 0, event: { kind: 'init' }, state: undefined } as const;
    const fail = (problem: HandlerProblem) => new HandlerError(call, problem);
    const once = () => attempt(() => this.handlers.init(name, this.nodes), fail);
    this.underWay = { call, again: once };
    const state = this.canonical(once(), 'the initial state', fail);
    assertSame(state, this.canonical(once(), 'the initial state', fail), 'the initial state', fail);
    this.underWay = undefined;
    return this.locals.id({ state, timers: {} });
  }

  /** @throws HandlerError */
  apply(node: number, local: LocalId, event: EventId, time: number): Effect {
    const byLocal = (this.effects[node][event] ??= new Map<LocalId, Effect | Map<number, Effect>>());
    const known = byLocal.get(local);
    if (known instanceof Map) {
      const timed = known.get(time) ?? this.call(node, local, event, time).effect;
      known.set(time, timed);
      return timed;
    }
    if (known !== undefined) return known;
    const { effect, readsTime } = this.call(node, local, event, time);
    byLocal.set(local, readsTime ? new Map([[time, effect]]) : effect);
    return effect;
  }

  /** Handles the messages of a packet, one after another. @throws HandlerError */
  open(node: number, local: LocalId, packet: OutboxId, time: number): Effect {
    let effect: Effect = { local, outbox: NOTHING_SENT };
    for (const { event } of this.outboxes[packet]) {
      const { local: next, outbox } = this.apply(node, effect.local, event, time);
      effect = { local: next, outbox: this.join(effect.outbox, outbox) };
    }
    return effect;
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

  /** What of a local state, as a tree of `state` and `timers`, a handler looks at. */
  readsOf(node: number, local: LocalId, event: EventId, time: number): readonly Path[] {
    const { state, timers } = this.locals.get(local);
    const { value, reads } = watch(state.value, ['state']);
    const invocation = { node: this.nodes[node], time, event: this.events[event], state: value, timers };
    if (!handles(this.handlers, invocation.event.kind)) return [];
    try {
      const { readsTimers } = invoke(this.setting, invocation);
      return [...reads, ...readsTimers.map((name) => pathOf(['timers', name]))];
    } catch {
      // Some of what plain data can do, a watched copy cannot, such as being cloned: then all of it counts.
      return [...leaves(state.value, ['state'])].map(([path]) => path);
    }
  }

  /** What of a local state its observation shows. */
  readsOfView(local: LocalId): readonly Path[] {
    const { state } = this.locals.get(local);
    const { value, reads } = watch(state.value, ['state'], { copies: true });
    try {
      // To look at all that is shown reads what it holds of the state as it is.
      Array.from(leaves(this.handlers.observe(value)));
      return [...reads];
    } catch {
      return [...leaves(state.value, ['state'])].map(([path]) => path);
    }
  }

  /** What the outside sees of a local state. @throws HandlerError */
  observe(node: number, local: LocalId, time: number): Canonical {
    const state = this.locals.get(local).state.value;
    const call = { node: this.nodes[node], time, event: { kind: 'observe' }, state } as const;
    const fail = (problem: HandlerProblem) => new HandlerError(call, problem);
    const once = () => attempt(() => this.handlers.observe(state), fail);
    this.underWay = { call, again: once };
    const seen = this.canonical(once(), 'the observation', fail);
    assertSame(seen, this.canonical(once(), 'the observation', fail), 'the observation', fail);
    this.underWay = undefined;
    return seen;
  }

  private join(first: OutboxId, second: OutboxId): OutboxId {
    if (first === NOTHING_SENT) return second;
    if (second === NOTHING_SENT) return first;
    return this.outboxId([...this.outboxes[first], ...this.outboxes[second]]);
  }

  private call(
    node: number,
    local: LocalId,
    eventId: EventId,
    time: number,
  ): { readonly effect: Effect; readonly readsTime: boolean } {
    const event = this.events[eventId];
    if (!handles(this.handlers, event.kind)) {
      return { effect: { local, outbox: NOTHING_SENT }, readsTime: false };
    }
    const { state, timers } = this.locals.get(local);
    const invocation = { node: this.nodes[node], time, event, state: state.value, timers };
    this.underWay = {
      call: callOf(invocation),
      again: () => invoke(this.setting, invocation),
    };
    this.made++;
    const first = invoke(this.setting, invocation);
    const result = this.settle(node, this.locals.get(local), invocation, first);
    this.assertRepeats(node, invocation, local, result);
    this.underWay = undefined;
    return { effect: result, readsTime: first.readsTime };
  }

  private settle(node: number, before: Local, invocation: Invocation, returned: Returned): Effect {
    const fail = (problem: HandlerProblem) => new HandlerError(callOf(invocation), problem);
    const state =
      returned.state === undefined ? before.state : this.canonical(returned.state, 'the next state', fail);
    const sent = returned.sends.map(({ to, message }): Sent => {
      const { value, text } = message;
      const from = this.nodes[node];
      const event: RunEvent = { kind: 'message', from, message: value as MessageLike };
      return { to: this.nodes.indexOf(to), event: this.internEvent(`message ${node} ${text}`, event) };
    });
    return { local: this.locals.id({ state, timers: returned.timers }), outbox: this.outboxId(sent) };
  }

  /** @throws HandlerError where a second call with the same input has another effect */
  private assertRepeats(node: number, invocation: Invocation, local: LocalId, effect: Effect): void {
    const before = this.locals.get(local);
    const again = this.settle(node, before, invocation, invoke(this.setting, invocation));
    if (again.local === effect.local && again.outbox === effect.outbox) return;
    const difference = firstDifference(this.describe(effect), this.describe(again));
    if (difference === undefined) throw new Error('effects that differ are told apart by what they hold');
    const { path, a: first, b: second } = difference;
    throw new HandlerError(callOf(invocation), { kind: 'impure', path: path.slice(1), first, second });
  }

  private describe({ local, outbox }: Effect): unknown {
    const { state, timers } = this.locals.get(local);
    const sent = this.outbox(outbox).map(({ to, event }) => ({
      to: this.nodes[to],
      message: this.messageOf(event),
    }));
    return { state: state.value, timers, sent };
  }

  private messageOf(id: EventId): MessageLike {
    const event = this.events[id];
    if (event.kind !== 'message') throw new Error('only messages are sent');
    return event.message;
  }

  private internEvent(text: string, event: RunEvent): EventId {
    let id = this.eventNumbers.get(text);
    if (id === undefined) {
      id = this.events.push(event) - 1;
      this.eventNumbers.set(text, id);
    }
    return id;
  }

  private canonical(
    value: unknown,
    what: string,
    fail: (problem: HandlerProblem) => HandlerError,
  ): Canonical {
    try {
      return this.plain.canonical(value);
    } catch (error) {
      const problem = problemWithData(error, what);
      if (problem === undefined) throw error;
      abandon(value);
      throw fail(problem);
    }
  }
}

function attempt<Value>(work: () => Value, fail: (problem: HandlerProblem) => HandlerError): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof HandlerError ? error : fail(problemWithCall(error));
  }
}

function assertSame(
  a: Canonical,
  b: Canonical,
  what: string,
  fail: (problem: HandlerProblem) => HandlerError,
): void {
  if (a.text === b.text) return;
  const difference = firstDifference(a.value, b.value, what);
  throw fail({
    kind: 'impure',
    path: difference?.path ?? what,
    first: difference?.a,
    second: difference?.b,
  });
}
