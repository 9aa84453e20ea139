/**
 * One pass of handlers over all timesteps.
 *
 * Everything that one node sends to another at one timestep meets the same fate, so that messages travel in
 * packets: what one event made a state send to one destination. Packets of one event exclude each other,
 * as the states that send them do.
 */
import { FALSE, TRUE, type Condition } from '../algebra.js';
import { compareStrings } from '../order.js';
import type { Steps } from '../steps.js';
import type { World } from '../world.js';
import { NOTHING_SENT, type Calls, type Effect, type EventId, type OutboxId, type Sent } from './calls.js';
import { cutAfter } from './cut.js';
import { HandlerError, TooManyLocalStates } from './errors.js';
import {
  HandlerEvaluation,
  type ConditionalState,
  type HandlerRunOptions,
  type HandlerStep,
} from './evaluation.js';
import { History } from './history.js';
import { isUnanswered, type Happening, type Unanswered } from './invoke.js';
import type { LocalId } from './locals.js';
import { Mailboxes, type Mail } from './mailboxes.js';

/** What all runs of a protocol share. */
export interface PreparedHandlers {
  readonly calls: Calls;
  readonly nodes: readonly string[];
  readonly eot: number;
  /** The local states that each node was in, in all runs so far. */
  readonly visited: readonly Set<LocalId>[];
  /** How many those are. */
  readonly localStates: number;
}

/** Conditions of local states; those that hold nowhere are not in it. */
type States = Map<LocalId, Condition>;

/** States of a node in one timestep that are alike in whether it stops in the midst of that. */
interface Group {
  /** How many messages may still leave the node; infinite where it does not stop. */
  readonly left: number;
  /** The state that the node is in where it stops: that of before the timestep. */
  readonly before: LocalId | undefined;
  readonly states: States;
}

/** By names of their own. */
type Groups = Map<string, Group>;

/** What becomes of a node by one event: its states, and what it sends. */
interface Outcome {
  readonly live: States;
  readonly stopping: Groups;
  readonly sent: Map<OutboxId, Condition>;
  /** What does not leave it. */
  readonly kept: Set<OutboxId>;
}

export class HandlerPass {
  /** Of those nodes that run. */
  private readonly live: States[];
  /** Of those that do not. */
  private readonly stopped: States[];
  /** Of those that pause at the time that a node came to last. */
  private readonly paused: States[];
  /** Of the node whose turn it is, those that stop in the midst of it. */
  private stopping: Groups = new Map();
  /** Of those that stopped in the midst of the timestep that their node came to last. */
  private readonly interrupted: States[];
  private readonly mailboxes = new Mailboxes();

  constructor(
    private readonly evaluator: PreparedHandlers,
    private readonly world: World,
    private readonly options: HandlerRunOptions,
  ) {
    const { nodes } = evaluator;
    this.live = nodes.map(() => new Map<LocalId, Condition>());
    this.stopped = nodes.map(() => new Map<LocalId, Condition>());
    this.paused = nodes.map(() => new Map<LocalId, Condition>());
    this.interrupted = nodes.map(() => new Map<LocalId, Condition>());
  }

  *steps(): Steps<HandlerEvaluation> {
    const { nodes, eot, calls } = this.evaluator;
    calls.condition = TRUE;
    for (const node of nodes.keys()) this.live[node].set(calls.initial(node), TRUE);
    const states: (readonly (readonly ConditionalState[])[])[] = [this.snapshot()];
    for (let time = 1; time <= eot; time++) {
      this.options.onTime?.(time);
      for (const node of nodes.keys()) yield* this.advance(node, time);
      states.push(this.snapshot());
    }
    const history = new History(this.world, nodes);
    return new HandlerEvaluation(calls, this.world.algebra, history, states);
  }

  private snapshot(): readonly (readonly ConditionalState[])[] {
    return this.evaluator.nodes.map((_, node) =>
      [this.live, this.stopped, this.paused, this.interrupted].flatMap((states, index) =>
        [...states[node]].map(([local, condition]) => ({ local, crashed: index % 2 === 1, condition })),
      ),
    );
  }

  private *advance(node: number, time: number): Steps<void> {
    this.goOn(node);
    this.interrupt(node, time);
    this.stop(node, time);
    this.passTime(node);
    this.pause(node, time);
    if (time === 1) this.start(node, time, 'start');
    else this.handle(node, time, { kind: 'tick' });
    this.restart(node, time);
    this.fireTimers(node, time);
    yield;
    for (const mail of this.mailboxes.take(node, time)) {
      this.receive(node, time, mail);
      yield;
    }
    for (const { before, states } of this.stopping.values())
      for (const [local, condition] of states) this.breakOff(node, before!, local, condition);
    this.stopping = new Map();
  }

  /** What a node does in a timestep in whose midst it stops matters to others alone: it stays as it was before. */
  private interrupt(node: number, time: number): void {
    const { algebra } = this.world;
    const { locals } = this.evaluator.calls;
    for (const [local, condition] of this.interrupted[node])
      this.add(this.stopped[node], locals.unrecorded(local), condition);
    this.interrupted[node].clear();
    for (const { messages, condition: stops } of this.world.interruptions(this.evaluator.nodes[node], time))
      for (const [local, condition] of this.live[node]) {
        const both = algebra.and(condition, stops);
        if (!this.isPossible(both)) continue;
        const before = locals.unrecorded(local);
        this.add(statesOf(this.stopping, { left: messages, before }), locals.later(local), both);
      }
  }

  /** The node stops. What it recorded of operations is so: one that it began may have left it. */
  private breakOff(node: number, before: LocalId, local: LocalId, condition: Condition): void {
    const { locals } = this.evaluator.calls;
    const { recorded } = locals.get(local);
    this.add(this.interrupted[node], locals.id({ ...locals.get(before), recorded }), condition);
  }

  /** Sets apart the states of a node that does not run from now on. */
  private stop(node: number, time: number): void {
    const { algebra } = this.world;
    const runs = this.world.running(this.evaluator.nodes[node], time);
    if (runs === TRUE) return;
    const stops = this.world
      .interruptions(this.evaluator.nodes[node], time)
      .reduce((rest, { condition }) => algebra.and(rest, algebra.not(condition)), algebra.not(runs));
    const live: States = new Map();
    for (const [local, condition] of this.live[node]) {
      const stopped = this.evaluator.calls.locals.unrecorded(local);
      this.addPossible(this.stopped[node], stopped, algebra.and(condition, stops));
      this.addPossible(live, local, algebra.and(condition, runs));
    }
    this.live[node] = live;
  }

  /** Those that paused before are as others, until they pause again. */
  private goOn(node: number): void {
    for (const [local, condition] of this.paused[node]) this.add(this.live[node], local, condition);
    this.paused[node].clear();
  }

  /** Sets apart the states of a node that pauses. */
  private pause(node: number, time: number): void {
    const { algebra } = this.world;
    const pauses = this.world.pauses(this.evaluator.nodes[node], time);
    if (pauses === FALSE) return;
    const live: States = new Map();
    for (const [local, condition] of this.live[node]) {
      this.addPossible(this.paused[node], local, algebra.and(condition, pauses));
      this.addPossible(live, local, algebra.and(condition, algebra.not(pauses)));
    }
    this.live[node] = live;
  }

  /** A node that starts again has forgotten its timers, and all that it did not keep. */
  private restart(node: number, time: number): void {
    const { algebra } = this.world;
    const restarts = this.world.restarts(this.evaluator.nodes[node], time);
    if (restarts === FALSE) return;
    const [others, stopping] = [this.live[node], this.stopping];
    const stopped: States = new Map();
    this.live[node] = new Map();
    this.stopping = new Map();
    for (const [local, condition] of this.stopped[node]) {
      this.addPossible(stopped, local, algebra.and(condition, algebra.not(restarts)));
      const anew = algebra.and(condition, restarts);
      if (!this.isPossible(anew)) continue;
      const { calls } = this.evaluator;
      this.add(
        this.live[node],
        this.explained(anew, () => calls.afterOutage(node, local, time)),
        anew,
      );
    }
    this.stopped[node] = stopped;
    this.start(node, time, 'restart');
    for (const [local, condition] of others) this.add(this.live[node], local, condition);
    this.stopping = stopping;
  }

  private passTime(node: number): void {
    const { locals } = this.evaluator.calls;
    const later: States = new Map();
    for (const [local, condition] of this.live[node]) this.add(later, locals.later(local), condition);
    this.live[node] = later;
  }

  private start(node: number, time: number, kind: 'start' | 'restart'): void {
    this.handle(node, time, { kind });
    if (this.evaluator.calls.handlersOf(node).tickAtStart === true) this.handle(node, time, { kind: 'tick' });
  }

  private handle(node: number, time: number, event: { readonly kind: 'start' | 'restart' | 'tick' }): void {
    this.step(node, time, this.evaluator.calls.eventId(event), (local) => local);
  }

  private fireTimers(node: number, time: number): void {
    const { calls } = this.evaluator;
    const { locals } = calls;
    const states = this.groups(node).flatMap((group) => [...group.states.keys()]);
    const names = new Set(states.flatMap((local) => locals.due(local)));
    for (const name of [...names].sort(compareStrings)) {
      const event = calls.eventId({ kind: 'timer', name });
      this.step(node, time, event, (local) =>
        locals.due(local).includes(name) ? locals.without(local, name) : undefined,
      );
    }
  }

  /** @param ready the state that the event's handler is called in; undefined where it is not called */
  private step(
    node: number,
    time: number,
    event: EventId,
    ready: (local: LocalId) => LocalId | undefined,
  ): void {
    const next = noOutcome();
    for (const group of this.groups(node))
      for (const [local, condition] of group.states) {
        const before = ready(local);
        if (before === undefined) {
          this.add(statesIn(next, group), local, condition);
          continue;
        }
        this.eachWay(
          { node, time },
          condition,
          (happens) => this.evaluator.calls.apply(node, before, event, time, happens),
          (effect, under) => {
            this.options.onStep?.({ node, time, cause: { kind: 'event', event }, before, ...told(effect) });
            this.take(next, node, group, effect, under);
          },
        );
      }
    this.settle(node, time, next);
  }

  private groups(node: number): readonly Group[] {
    return [{ left: Infinity, before: undefined, states: this.live[node] }, ...this.stopping.values()];
  }

  /** Takes in what a call comes to. The node stops where no more messages may leave it. */
  private take(
    next: Outcome,
    node: number,
    { left, before }: Omit<Group, 'states'>,
    { local, outbox }: Effect,
    under: Condition,
  ): void {
    if (before === undefined) {
      this.add(next.live, local, under);
      if (outbox !== NOTHING_SENT) this.add(next.sent, outbox, under);
      return;
    }
    const { calls } = this.evaluator;
    const cut = cutAfter(left, calls.outbox(outbox), ({ to }) => to !== node);
    if (cut.leaving.length > 0) this.add(next.sent, calls.outboxId(cut.leaving), under);
    if (cut.kept.length > 0) next.kept.add(calls.outboxId(cut.kept));
    if (cut.left === 0) this.breakOff(node, before, local, under);
    else this.add(statesOf(next.stopping, { left: cut.left, before }), local, under);
  }

  /** Splits every state into those that receive one of the packets, and the rest. */
  private receive(node: number, time: number, mail: Mail): void {
    const { algebra } = this.world;
    const { from, sent: when, packets, came } = mail;
    this.keepWaiting(node, time, mail);
    const next = noOutcome();
    const any = [...packets.values()].reduce((some, arrives) => algebra.or(some, arrives), FALSE);
    for (const group of this.groups(node))
      for (const [local, condition] of group.states) {
        this.options.checkpoint?.();
        for (const [packet, arrives] of packets) {
          const both = algebra.and(condition, arrives);
          if (!this.isPossible(both)) continue;
          this.eachWay(
            { node, time },
            both,
            (happens) => this.evaluator.calls.open(node, local, packet, time, happens, group.left),
            (opened, under) => {
              const cause = {
                kind: 'packet',
                from,
                sent: when,
                packet: opened.packet,
                ...(came !== undefined && { came }),
              } as const;
              this.options.onStep?.({ node, time, cause, before: local, ...told(opened) });
              this.take(next, node, group, opened, under);
            },
          );
        }
        this.addPossible(statesIn(next, group), local, algebra.and(condition, algebra.not(any)));
      }
    this.settle(node, time, next);
  }

  /** What comes to a node that pauses waits for the next timestep. */
  private keepWaiting(node: number, time: number, { packets, ...origin }: Mail): void {
    const pauses = this.world.pauses(this.evaluator.nodes[node], time);
    if (pauses === FALSE) return;
    const waiting = new Map<OutboxId, Condition>();
    for (const [packet, arrives] of packets)
      this.addPossible(waiting, packet, this.world.algebra.and(arrives, pauses));
    if (waiting.size > 0) this.mailboxes.put(node, time + 1, { came: time, ...origin, packets: waiting });
  }

  private settle(node: number, time: number, { live, stopping, sent, kept }: Outcome): void {
    this.options.checkpoint?.();
    for (const states of [live, ...[...stopping.values()].map((group) => group.states)])
      for (const local of states.keys()) this.evaluator.visited[node].add(local);
    const { localStateLimit = Infinity } = this.options;
    if (this.evaluator.localStates > localStateLimit) throw new TooManyLocalStates(localStateLimit);
    this.live[node] = live;
    this.stopping = stopping;
    if (time < this.evaluator.eot && sent.size > 0) this.post(node, time, sent);
    for (const outbox of kept)
      for (const to of this.evaluator.nodes.keys()) this.tellSent(node, to, time, outbox, true);
  }

  /** The messages of an outbox that are for a node, if there are any. */
  private tellSent(from: number, to: number, time: number, outbox: OutboxId, kept: boolean): readonly Sent[] {
    const messages = this.evaluator.calls.outbox(outbox).filter((message) => message.to === to);
    if (messages.length > 0) {
      const events = messages.map(({ event }) => event);
      this.options.onSent?.({
        from,
        to,
        time,
        messages: events,
        ...(kept && { kept }),
      });
    }
    return messages;
  }

  /** Puts what was sent into packets, by destination. */
  private post(from: number, time: number, sent: ReadonlyMap<OutboxId, Condition>): void {
    const { calls, nodes } = this.evaluator;
    const packets = nodes.map(() => new Map<OutboxId, Condition>());
    for (const [outbox, condition] of sent) {
      for (const to of nodes.keys()) {
        const messages = this.tellSent(from, to, time, outbox, false);
        if (messages.length === 0) continue;
        this.add(packets[to], calls.outboxId(messages), condition);
      }
    }
    for (const to of nodes.keys()) this.dispatch(from, to, time, packets[to]);
  }

  private dispatch(from: number, to: number, sent: number, packets: ReadonlyMap<OutboxId, Condition>): void {
    const { nodes, eot } = this.evaluator;
    if (packets.size === 0) return;
    for (const { time, condition: arrives } of this.world.deliveries(nodes[from], nodes[to], sent)) {
      if (time > eot) continue;
      const arriving = new Map<OutboxId, Condition>();
      for (const [packet, condition] of packets)
        this.addPossible(arriving, packet, this.world.algebra.and(condition, arrives));
      if (arriving.size > 0) this.mailboxes.put(to, time, { from, sent, packets: arriving });
    }
  }

  /**
   * All that a call may come to under a condition, by which of the faults that it asks for happen.
   *
   * @param call the call, given what is known of them
   * @param take told of what it comes to, and when; at least once, and in one run exactly once
   */
  private eachWay<Of extends Effect>(
    at: { readonly node: number; readonly time: number },
    condition: Condition,
    call: (happens: Happening) => Of | Unanswered,
    take: (effect: Of, condition: Condition) => void,
    known: ReadonlyMap<string, boolean> = new Map(),
  ): void {
    const node = this.evaluator.nodes[at.node];
    const happens: Happening = (name) => known.get(name) ?? this.certainly(name, node, at.time);
    const effect = this.explained(condition, () => call(happens));
    if (!isUnanswered(effect)) {
      take(effect, condition);
      return;
    }
    const { algebra } = this.world;
    const happening = this.world.happens(effect.asks, node, at.time);
    for (const answer of [true, false]) {
      const both = algebra.and(condition, answer ? happening : algebra.not(happening));
      if (this.isPossible(both))
        this.eachWay(at, both, call, take, new Map([...known, [effect.asks, answer]]));
    }
  }

  /** Undefined where it depends. */
  private certainly(name: string, node: string, time: number): boolean | undefined {
    const happening = this.world.happens(name, node, time);
    return happening === FALSE ? false : happening === TRUE ? true : undefined;
  }

  private isPossible(condition: Condition): boolean {
    return this.world.algebra.isPossible(condition);
  }

  private addPossible(conditions: Map<number, Condition>, key: number, condition: Condition): void {
    if (this.isPossible(condition)) this.add(conditions, key, condition);
  }

  private add(conditions: Map<number, Condition>, key: number, condition: Condition): void {
    if (condition === FALSE) return;
    const before = conditions.get(key);
    conditions.set(key, before === undefined ? condition : this.world.algebra.or(before, condition));
  }

  /** A handler that fails says under which condition. */
  private explained<Value>(condition: Condition, call: () => Value): Value {
    this.evaluator.calls.condition = condition;
    try {
      return call();
    } catch (error) {
      throw error instanceof HandlerError ? error.under(condition) : error;
    }
  }
}

function noOutcome(): Outcome {
  return { live: new Map(), stopping: new Map(), sent: new Map(), kept: new Set() };
}

/** Where states of a group are that stay in it. */
function statesIn({ live, stopping }: Outcome, group: Group): States {
  return group.before === undefined ? live : statesOf(stopping, group);
}

function statesOf(groups: Groups, { left, before }: Omit<Group, 'states'>): States {
  const name = `${left} ${before}`;
  let group = groups.get(name);
  if (group === undefined) groups.set(name, (group = { left, before, states: new Map() }));
  return group.states;
}

/** What of the effect of a call is told of the step. */
function told({ local: after, outbox }: Effect): Pick<HandlerStep, 'after' | 'outbox'> {
  return { after, outbox };
}
