/** Calls of handlers by what they ask for: each remembers all ways that it was seen to go, in all passes. */
import type { Condition } from '../../algebra.js';
import type { Calls } from '../calls.js';
import { cutAfter } from '../cut.js';
import { Desk, type Send } from '../desk.js';
import { Drafts } from '../drafts/drafts.js';
import { StatePlace } from '../drafts/source.js';
import {
  HandlerError,
  isA,
  problemWithData,
  UNANSWERED,
  type HandlerCall,
  type HandlerEvent,
} from '../errors.js';
import { dispatch, handles, type RunEvent } from '../invoke.js';
import { NOTHING_RECORDED, recordedText, type Recorded } from '../operations/record.js';
import { PlainData, type Canonical } from '../plain.js';
import type { NodeCall } from '../node-roles.js';
import type { AnyHandlers, HandlerProtocol, MessageLike } from '../protocol.js';
import { AskingSource } from './asking.js';
import type { Ask, Branch, Exploration, Reached } from './paths.js';
import { Writer, writesText, type Write } from './writer.js';

/** What one call sends to one node; equal ones are one object. */
export interface CellPacket {
  readonly to: number;
  /** The events of their arrival, in the order sent. */
  readonly messages: readonly number[];
}

/** Writes of which no other of the same call has to be made before or after; equal ones of a node are one object. */
export type WriteGroup = readonly Write[];

/** What one way of a call comes to. */
export interface CellEffect {
  readonly writes: readonly WriteGroup[];
  readonly packets: readonly CellPacket[];
  /** Where each message goes that is for another node, in the order sent. */
  readonly toOthers: readonly number[];
  /** What it records of operations; equal ones are one object. */
  readonly recorded: Recorded;
}

/** What calls by cells share with those of whole states. */
export type SharedCalls = Pick<
  Calls,
  'setting' | 'initial' | 'locals' | 'enter' | 'underWay' | 'condition' | 'onCall'
>;

export class CellCalls {
  /** Calls made, but for those that only make sure. */
  made = 0;
  /** The whole state of each node. */
  readonly roots: readonly StatePlace[];
  /** Of data that holds drafts, which it leaves as they are. */
  readonly shapes = new PlainData(false);
  /** What each node is after an outage. */
  readonly restored: readonly Branch<readonly WriteGroup[]>[];
  private readonly events: RunEvent[] = [];
  private readonly eventNumbers = new Map<string, number>();
  private readonly branches = new Map<string, Branch<CellEffect>>();
  private readonly handled: {
    readonly node: number;
    readonly event: RunEvent;
    readonly branch: Branch<CellEffect>;
  }[] = [];
  private readonly packets = new Map<string, CellPacket>();
  private readonly groups = new Map<string, WriteGroup>();
  private readonly recorded = new Map<string, Recorded>([['', NOTHING_RECORDED]]);

  constructor(
    readonly protocol: HandlerProtocol,
    readonly shared: SharedCalls,
  ) {
    this.roots = this.nodes.map(() => StatePlace.root());
    this.restored = this.nodes.map(() => ({}));
  }

  get nodes(): readonly string[] {
    return this.shared.setting.nodes;
  }

  handles(node: number, event: RunEvent): boolean {
    return handles(this.handlersOf(node), event.kind);
  }

  ticksAtStart(node: number): boolean {
    return this.handlersOf(node).tickAtStart === true;
  }

  private handlersOf(node: number): AnyHandlers {
    return this.shared.setting.roles.handlersOf(this.nodes[node]);
  }

  messageEvent(number: number): RunEvent {
    return this.events[number];
  }

  /** @throws HandlerError */
  initial(node: number): WriteGroup {
    const { locals } = this.shared;
    return this.wholly(node, locals.get(this.shared.initial(node)).state.value);
  }

  /** A whole state, in place of what was there. */
  private wholly(node: number, state: unknown): WriteGroup {
    const writer = new Writer(() => undefined, this.shapes);
    writer.put(this.roots[node], state);
    return writer.writes;
  }

  branch(node: number, event: RunEvent): Branch<CellEffect> {
    const key = `${node} ${this.eventText(event)}`;
    let branch = this.branches.get(key);
    if (branch === undefined) {
      this.branches.set(key, (branch = {}));
      this.handled.push({ node, event, branch });
    }
    return branch;
  }

  /** What a node handled, as far as some run may come to it. */
  eventsAt(node: number): readonly RunEvent[] {
    return this.handled.flatMap((each) =>
      each.node === node && each.branch.tree !== undefined ? [each.event] : [],
    );
  }

  /** Of all timers that were ever set. */
  timerNames(): ReadonlySet<string> {
    const writes = [...this.groups.values()].flat();
    const set = writes.filter((write) => write.kind === 'timer' && write.timesteps !== undefined);
    return new Set(set.map((write) => (write as Extract<Write, { kind: 'timer' }>).name));
  }

  /** A call of a handler of a node, in a state that is asked for. */
  callAt(node: number, time: number, event: HandlerEvent): NodeCall {
    return this.shared.setting.roles.callAt(this.nodes[node], time, event, undefined);
  }

  /** What the outside sees of a node. */
  seen(node: number, ask: Ask): Canonical {
    const context = this.shared.setting.roles.contextOf(this.nodes[node]);
    return this.looked(node, ask, (state) => this.handlersOf(node).observe(state, context));
  }

  /** How a handler is called, at a node and a time. */
  calling(
    node: number,
    time: number,
    event: RunEvent,
  ): Pick<Exploration<CellEffect>, 'call' | 'impure' | 'onFound'> {
    const call = this.callAt(node, time, event);
    return {
      call: (begin, condition) =>
        this.reached(call, condition, () => this.invoke(node, call, event, begin())),
      impure: () => impure(call),
      onFound: (repeat) => {
        this.made++;
        this.shared.onCall(repeat);
      },
    };
  }

  /** How a node is made ready to start again. */
  restoring(
    node: number,
    time: number,
  ): Pick<Exploration<readonly WriteGroup[]>, 'call' | 'impure' | 'onFound'> {
    const call = this.callAt(node, time, { kind: 'keep' });
    return {
      call: (begin, condition) => this.reached(call, condition, () => this.restore(node, begin())),
      impure: () => impure(call),
      onFound: this.shared.onCall,
    };
  }

  /** What is kept is read whole. */
  private restore(node: number, ask: Ask): Reached<readonly WriteGroup[]> {
    const { roles, plain } = this.shared.setting;
    const handlers = this.handlersOf(node);
    if (handlers.keep === undefined) return { effect: this.grouped(node, this.initial(node)), text: '' };
    const kept = this.looked(node, ask, (state) => handlers.keep!(state));
    const context = roles.contextOf(this.nodes[node]);
    const { value, text } = plain.canonical(handlers.restore!(kept.value, context));
    return { effect: this.grouped(node, this.wholly(node, value)), text };
  }

  /** What somebody makes of a state that they may look at, and not change. It is read whole. */
  private looked(node: number, ask: Ask, look: (state: unknown) => unknown): Canonical {
    const { plain } = this.shared.setting;
    const drafts = new Drafts(new AskingSource(node, ask));
    drafts.freeze();
    try {
      return plain.canonical(look(drafts.state(this.roots[node])), drafts);
    } finally {
      drafts.close();
    }
  }

  /** Makes a call, told to whoever has to know what is under way. @throws HandlerError */
  reached<Effect>(call: HandlerCall, condition: Condition, work: () => Reached<Effect>): Reached<Effect> {
    const { shared } = this;
    shared.condition = condition;
    shared.enter({ call, again: work });
    try {
      return work();
    } catch (error) {
      if (error === UNANSWERED) throw error;
      const failure = isA(error, HandlerError)
        ? error
        : new HandlerError(call, problemWithData(error, 'what it leaves'));
      throw failure.under(condition);
    } finally {
      shared.underWay = undefined;
    }
  }

  private invoke(node: number, call: NodeCall, event: RunEvent, ask: Ask): Reached<CellEffect> {
    const { setting } = this.shared;
    const source = new AskingSource(node, ask);
    const timers = new Map<string, number | undefined>();
    const faults = new Map<string, boolean>();
    let time: number | undefined;
    const desk = new Desk(setting, {
      call,
      source,
      root: this.roots[node],
      time: () => (time ??= ask({ kind: 'time' }) as number),
      remaining: (name) => {
        if (!timers.has(name)) timers.set(name, ask({ kind: 'timer', node, name }) as number | undefined);
        return timers.get(name);
      },
      happens: (name) => {
        if (!faults.has(name)) faults.set(name, ask({ kind: 'fault', node, name }) as boolean);
        return faults.get(name)!;
      },
      onDraft: ({ proxy }) => {
        this.shapes.leave(proxy);
      },
    });
    try {
      return this.carriedOut(node, event, desk, source);
    } finally {
      desk.close();
    }
  }

  private carriedOut(node: number, event: RunEvent, desk: Desk, source: AskingSource): Reached<CellEffect> {
    const returned = desk.attempt(() => dispatch(this.handlersOf(node), event, desk.state, desk.context));
    const left = desk.left(returned);
    const writer = new Writer((value) => desk.drafts.draftOf(value), this.shapes);
    if (left !== undefined) writer.put(this.roots[node], left.next);
    const packets = this.packetsOf(node, desk.sends);
    const set = [...desk.timers].map(([name, timesteps]) => ({ kind: 'timer', name, timesteps }) as const);
    const writes = [...withoutKnown(writer.writes, source), ...set];
    const toOthers = desk.sends.map(({ to }) => this.nodes.indexOf(to)).filter((to) => to !== node);
    const records = recordedText(desk.records);
    const recorded = interned(this.recorded, records, desk.records);
    const effect = { writes: this.grouped(node, writes), packets, toOthers, recorded };
    return { effect, text: writesText(writes) + JSON.stringify([packets, toOthers]) + records };
  }

  private packetsOf(node: number, sends: readonly Send[]): readonly CellPacket[] {
    const packets = new Map<number, number[]>();
    for (const { to, message } of sends) {
      const place = this.nodes.indexOf(to);
      const arrival = this.arrivalOf(node, message);
      packets.set(place, [...(packets.get(place) ?? []), arrival]);
    }
    return [...packets].map(([to, messages]) => this.packet(to, messages));
  }

  private packet(to: number, messages: readonly number[]): CellPacket {
    return interned(this.packets, `${to} ${messages.join()}`, { to, messages });
  }

  /** Of what is sent to others, the first so many messages. */
  firstOf({ packets, toOthers }: CellEffect, most: number): readonly CellPacket[] {
    const { leaving } = cutAfter(most, toOthers, () => true);
    return packets.flatMap(({ to, messages }) => {
      const count = leaving.filter((other) => other === to).length;
      return count === 0 ? [] : this.packet(to, messages.slice(0, count));
    });
  }

  private arrivalOf(node: number, { value, text }: Canonical): number {
    const arrival: RunEvent = { kind: 'message', from: this.nodes[node], message: value as MessageLike };
    return this.internEvent(`message ${node} ${text}`, arrival);
  }

  /** Each by itself, but where some are made upon what others copied. */
  private grouped(node: number, writes: readonly Write[]): readonly WriteGroup[] {
    const groups = writes.some(({ kind }) => kind === 'copy') ? [writes] : writes.map((write) => [write]);
    return groups.map((group) => interned(this.groups, `${node} ${writesText(group)}`, group));
  }

  private eventText(event: RunEvent): string {
    if (event.kind !== 'message') return event.kind === 'timer' ? `timer ${event.name}` : event.kind;
    const { text } = this.shared.setting.plain.canonical(event.message);
    return `message ${this.nodes.indexOf(event.from)} ${text}`;
  }

  private internEvent(text: string, event: RunEvent): number {
    let id = this.eventNumbers.get(text);
    if (id === undefined) {
      id = this.events.push(event) - 1;
      this.eventNumbers.set(text, id);
    }
    return id;
  }
}

/** The first of all that have this text. */
function interned<Value>(known: Map<string, Value>, text: string, value: Value): Value {
  const before = known.get(text);
  if (before !== undefined) return before;
  known.set(text, value);
  return value;
}

/** A second call of a handler or a property, with the same answers to what it asks, came to something else. */
export function impure(call: HandlerCall): HandlerError {
  return new HandlerError(call, {
    kind: 'impure',
    path: 'what it asks',
    first: undefined,
    second: undefined,
  });
}

/** Writes of what is known to be there already are none; what is taken from elsewhere may be written upon. */
function withoutKnown(writes: readonly Write[], source: AskingSource): readonly Write[] {
  const copied = new Set(writes.flatMap((write) => (write.kind === 'copy' ? [write.to] : [])));
  const isCopied = (place: StatePlace | undefined): boolean =>
    place !== undefined && (copied.has(place) || isCopied(place.parent));
  return writes.filter((write) => {
    if (write.kind !== 'content' || isCopied(write.place)) return true;
    const known = source.known(write.place);
    return !(
      known?.kind === write.holding.kind &&
      (known.kind !== 'scalar' ||
        (write.holding.kind === 'scalar' && Object.is(known.value, write.holding.value)))
    );
  });
}
