/**
 * Calls of handlers, each distinct one made once. A handler is a function of its node, local state and event,
 * of the time only where it looks at the time, and of faults only where it asks for them, so that one call serves all fault
 * sets and all timesteps in which the same input occurs. Every call is made a second time, to see that it is such a function; and what
 * is remembered can be held against calls made later, which see what has changed outside of the state meanwhile.
 */
import { TRUE, type Condition } from '../algebra.js';
import { abandon } from './abandon.js';
import {
  HandlerError,
  isA,
  problemWithCall,
  problemWithData,
  type HandlerCall,
  type HandlerProblem,
} from './errors.js';
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
import { firstDifference, PlainData, unshared, type Canonical } from './plain.js';
import type { Setting } from './desk.js';
import { StatePlace } from './drafts/source.js';
import { recordedData } from './operations/record.js';
import { NodeRoles } from './node-roles.js';
import type { AnyHandlers, HandlerProtocol, MessageLike } from './protocol.js';

/** Names an event of a run; equal events have equal numbers. */
export type EventId = number;
/** Names a sequence of sends; 0 is the empty one. */
export type OutboxId = number;

export const NOTHING_SENT: OutboxId = 0;

export interface Effect {
  readonly local: LocalId;
  readonly outbox: OutboxId;
}

/** What the messages of a packet come to. */
export interface Opened extends Effect {
  /** Those that were handled. */
  readonly packet: OutboxId;
}

/** By the names of faults, whether they happened. */
export type AskedFaults = ReadonlyMap<string, boolean>;

/** What is remembered of a handler for one event in one local state: what comes of it, or what it asks for first. */
type Remembered = Effect | Asking;

interface Asking {
  readonly question: string;
  /** By the answer. */
  readonly ways: Map<number | boolean, Remembered>;
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

/** What a call is remembered by. */
interface CallPlace {
  readonly node: number;
  readonly local: LocalId;
  readonly eventId: EventId;
  readonly time: number;
  readonly happens: Happening;
}

/** What a node kept of a state, and the state that it starts again in. */
interface Restored {
  readonly kept: Canonical;
  readonly local: LocalId;
}

export class Calls {
  readonly locals = new Locals();
  readonly roles: NodeRoles;
  /** Distinct calls made. */
  made = 0;
  /** The call being made, for whoever must say what was going on when time ran out. */
  underWay: CallUnderWay | undefined;
  /** Under which fault sets the next call is made, in the algebra of the run. */
  condition: Condition = TRUE;
  /** Whether calls that are remembered are made once more all the same, and have to agree. */
  repeating = false;
  private readonly plain = new PlainData();
  private readonly root = StatePlace.root();
  private readonly events: RunEvent[] = [];
  private readonly eventNumbers = new Map<string, EventId>();
  private readonly outboxes: (readonly Sent[])[] = [[]];
  private readonly outboxNumbers = new Map<string, OutboxId>([['', NOTHING_SENT]]);
  /** By node, event and local state. */
  private readonly effects: Map<LocalId, Remembered>[][];
  /** The names of faults that handlers ever asked for. */
  readonly asked = new Set<string>();
  /** The types of the operations that handlers ever recorded. */
  readonly recorded = new Set<string>();

  /** The local states that nodes begin in. */
  private readonly initials: LocalId[] = [];
  private readonly observations: Map<LocalId, Canonical>[];
  /** What nodes restart in, by what they went down in. */
  private readonly restored: Map<LocalId, Restored>[];

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
    this.effects = nodes.map(() => []);
    this.observations = nodes.map(() => new Map<LocalId, Canonical>());
    this.restored = nodes.map(() => new Map<LocalId, Restored>());
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
    return this.events[id];
  }

  /** The message of the event of its arrival. */
  messageOf(id: EventId): MessageLike {
    const event = this.events[id];
    if (event.kind !== 'message') throw new Error('only messages are sent');
    return event.message;
  }

  /** What a node handled, in some state that it was in. */
  eventsAt(node: number): readonly RunEvent[] {
    return this.events.filter((_, event) => this.effects[node][event] !== undefined);
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
    const known = this.initials[node];
    if (known === undefined) {
      this.initials[node] = this.locals.id({ state: this.init(node), timers: {} });
      this.onCall(() => {
        this.repeatInit(node);
      });
    } else if (this.repeating) this.repeatInit(node);
    return this.initials[node];
  }

  /**
   * The local state of a node that starts again, before it handles that: without timers, and of what it knew with what it kept.
   *
   * @param local the state that it went down in
   * @throws HandlerError
   */
  afterOutage(node: number, local: LocalId, time: number): LocalId {
    if (this.handlersOf(node).keep === undefined) return this.initial(node);
    const known = this.restored[node].get(local);
    if (known === undefined) {
      const kept = this.keep(node, local, time);
      const state = this.restore(node, kept, time);
      const restored = { kept, local: this.locals.id({ state, timers: {} }) };
      this.restored[node].set(local, restored);
      this.onCall(() => {
        this.repeatRestore(node, local, time);
      });
      return restored.local;
    }
    if (this.repeating) this.repeatRestore(node, local, time);
    return known.local;
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
    const known = this.remembered(place);
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
  askedBy(node: number, local: LocalId, event: EventId, time: number, happens: Happening): AskedFaults {
    const asked = new Map<string, boolean>();
    const noting = (name: string) => {
      const answer = happens(name);
      if (answer !== undefined) asked.set(name, answer);
      return answer;
    };
    this.remembered({ node, local, eventId: event, time, happens: noting });
    return asked;
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
    const all = this.outboxes[packet];
    for (const [index, { event }] of all.entries()) {
      const next = this.apply(node, effect.local, event, time, happens);
      if (isUnanswered(next)) return next;
      effect = { local: next.local, outbox: this.joined(effect.outbox, next.outbox) };
      if (most < Infinity && this.outboxes[effect.outbox].filter(({ to }) => to !== node).length >= most)
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

  outboxId(sent: readonly Sent[]): OutboxId {
    const text = sent.map(({ to, event }) => `${to}:${event}`).join(' ');
    let id = this.outboxNumbers.get(text);
    if (id === undefined) {
      id = this.outboxes.push(sent) - 1;
      this.outboxNumbers.set(text, id);
    }
    return id;
  }

  /** What the outside sees of a local state. @throws HandlerError */
  observe(node: number, local: LocalId, time: number): Canonical {
    const known = this.observations[node].get(local);
    if (known === undefined) {
      const seen = this.view(node, local, time);
      this.observations[node].set(local, seen);
      this.onCall(() => {
        this.repeatView(node, local, time);
      });
      return seen;
    }
    if (this.repeating) this.repeatView(node, local, time);
    return known;
  }

  /** What was sent, and then what was sent after that. */
  joined(first: OutboxId, second: OutboxId): OutboxId {
    if (first === NOTHING_SENT) return second;
    if (second === NOTHING_SENT) return first;
    return this.outboxId([...this.outboxes[first], ...this.outboxes[second]]);
  }

  private init(node: number, expected?: Canonical): Canonical {
    const call = this.roles.callAt(this.nodes[node], 0, { kind: 'init' }, undefined);
    const init = () => this.handlersOf(node).init(call.node, this.nodes);
    return this.twice(call, 'the initial state', init, expected);
  }

  private keep(node: number, local: LocalId, time: number, expected?: Canonical): Canonical {
    const state = this.locals.get(local).state.value;
    const call = this.roles.callAt(this.nodes[node], time, { kind: 'keep' }, state);
    const tree = unshared(state);
    return this.twice(call, 'what is kept', () => this.handlersOf(node).keep!(tree), expected);
  }

  private restore(node: number, { value: kept }: Canonical, time: number, expected?: Canonical): Canonical {
    const call = this.roles.callAt(this.nodes[node], time, { kind: 'restore' }, kept);
    const restore = () => this.handlersOf(node).restore!(kept, this.roles.contextOf(call.node));
    return this.twice(call, 'the restored state', restore, expected);
  }

  private view(node: number, local: LocalId, time: number, expected?: Canonical): Canonical {
    const state = this.locals.get(local).state.value;
    const call = this.roles.callAt(this.nodes[node], time, { kind: 'observe' }, state);
    const tree = unshared(state);
    const observe = () => this.handlersOf(node).observe(tree, this.roles.contextOf(call.node));
    return this.twice(call, 'the observation', observe, expected);
  }

  private repeatInit(node: number): void {
    this.init(node, this.locals.get(this.initials[node]).state);
  }

  private repeatRestore(node: number, local: LocalId, time: number): void {
    const { kept, local: restored } = this.restored[node].get(local)!;
    this.keep(node, local, time, kept);
    this.restore(node, kept, time, this.locals.get(restored).state);
  }

  private repeatView(node: number, local: LocalId, time: number): void {
    this.view(node, local, time, this.observations[node].get(local));
  }

  /** To be called before each call. */
  enter(call: CallUnderWay): void {
    this.underWay = call;
    this.onBegin();
  }

  /** What a call gives twice, or once what is expected of it. @throws HandlerError */
  private twice(call: HandlerCall, what: string, work: () => unknown, expected?: Canonical): Canonical {
    const fail = (problem: HandlerProblem) => new HandlerError(call, problem);
    const once = () => attempt(work, fail);
    this.enter({ call, again: once });
    const first = expected ?? this.canonical(once(), what, fail);
    assertSame(first, this.canonical(once(), what, fail), what, fail);
    this.underWay = undefined;
    return first;
  }

  private remembered({ node, local, eventId, time, happens }: CallPlace): Effect | Unanswered | undefined {
    let known: Remembered | undefined = this.effects[node][eventId]?.get(local);
    while (known !== undefined && 'question' in known) {
      const { question, ways }: Asking = known;
      const answer = question === TIME ? time : happens(question);
      if (answer === undefined) return { asks: question };
      known = ways.get(answer);
    }
    return known;
  }

  private remember({ node, local, eventId }: CallPlace, effect: Effect, asked: readonly AskedFor[]): Effect {
    const byLocal = (this.effects[node][eventId] ??= new Map<LocalId, Remembered>());
    byLocal.set(local, remembering(byLocal.get(local), asked, effect));
    return effect;
  }

  private call(place: CallPlace): Effect | Unanswered {
    const { node, local, eventId } = place;
    const event = this.events[eventId];
    if (!handles(this.handlersOf(node), event.kind)) {
      return this.remember(place, { local, outbox: NOTHING_SENT }, []);
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
    return this.remember(place, effect, asked);
  }

  /** Makes a call once more that is remembered. @throws HandlerError where it differs */
  private repeat(place: CallPlace, effect: Effect): void {
    const { node, eventId } = place;
    if (!handles(this.handlersOf(node), this.events[eventId].kind)) return;
    this.assertRepeats(place, this.begin(place), effect);
    this.underWay = undefined;
  }

  private begin({ node, local, eventId, time, happens }: CallPlace): HandlerInvocation {
    const { state, timers } = this.locals.get(local);
    const event = this.events[eventId];
    const invocation = { node: this.nodes[node], time, event, state: state.value, timers, happens };
    this.enter({ call: callOf(this, invocation), again: () => invoke(this.setting, invocation) });
    return invocation;
  }

  private settle(node: number, before: Local, returned: Returned): Effect {
    const state = returned.state ?? before.state;
    const sent = returned.sends.map(({ to, message }): Sent => {
      const { value, text } = message;
      const from = this.nodes[node];
      const event: RunEvent = { kind: 'message', from, message: value as MessageLike };
      return { to: this.nodes.indexOf(to), event: this.internEvent(`message ${node} ${text}`, event) };
    });
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
      abandon(value);
      throw fail(problemWithData(error, what));
    }
  }
}

/** The name of the question what time it is; no fault has it. */
const TIME = '';

/** What is remembered, with one more way that begins with what was asked on it. */
function remembering(
  known: Remembered | undefined,
  [first, ...later]: readonly AskedFor[],
  effect: Effect,
): Remembered {
  if (first === undefined) return effect;
  const question = first.kind === 'time' ? TIME : first.name;
  const isSame = known !== undefined && 'question' in known && known.question === question;
  const asking = isSame ? known : { question, ways: new Map<number | boolean, Remembered>() };
  asking.ways.set(first.answer, remembering(asking.ways.get(first.answer), later, effect));
  return asking;
}

function happeningOf(asked: readonly AskedFor[]): Happening {
  const answers = new Map(asked.flatMap((each) => (each.kind === 'fault' ? [[each.name, each.answer]] : [])));
  return (name) => answers.get(name);
}

function attempt<Value>(work: () => Value, fail: (problem: HandlerProblem) => HandlerError): Value {
  try {
    return work();
  } catch (error) {
    throw isA(error, HandlerError) ? error : fail(problemWithCall(error));
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
