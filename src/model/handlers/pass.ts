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
import { NOTHING_SENT, type Calls, type Effect, type EventId, type OutboxId } from './calls.js';
import { HandlerError, TooManyLocalStates } from './errors.js';
import { HandlerEvaluation, type ConditionalState, type HandlerRunOptions } from './evaluation.js';
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

export class HandlerPass {
  /** Of those nodes that run. */
  private readonly live: States[];
  /** Of those that do not. */
  private readonly stopped: States[];
  /** Of those that pause at the time that a node came to last. */
  private readonly paused: States[];
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
      [this.live, this.stopped, this.paused].flatMap((states, index) =>
        [...states[node]].map(([local, condition]) => ({ local, crashed: index === 1, condition })),
      ),
    );
  }

  private *advance(node: number, time: number): Steps<void> {
    this.goOn(node);
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
  }

  /** Sets apart the states of a node that does not run from now on. */
  private stop(node: number, time: number): void {
    const { algebra } = this.world;
    const runs = this.world.running(this.evaluator.nodes[node], time);
    if (runs === TRUE) return;
    const stops = algebra.not(runs);
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
    const others = this.live[node];
    const stopped: States = new Map();
    this.live[node] = new Map();
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
    const names = new Set([...this.live[node].keys()].flatMap((local) => locals.due(local)));
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
    const next: States = new Map();
    const sent = new Map<OutboxId, Condition>();
    for (const [local, condition] of this.live[node]) {
      const before = ready(local);
      if (before === undefined) {
        this.add(next, local, condition);
        continue;
      }
      this.eachWay(
        { node, time },
        condition,
        (happens) => this.evaluator.calls.apply(node, before, event, time, happens),
        ({ local: after, outbox }, under) => {
          this.options.onStep?.({ node, time, cause: { kind: 'event', event }, before, after, outbox });
          this.add(next, after, under);
          if (outbox !== NOTHING_SENT) this.add(sent, outbox, under);
        },
      );
    }
    this.settle(node, time, next, sent);
  }

  /** Splits every state into those that receive one of the packets, and the rest. */
  private receive(node: number, time: number, mail: Mail): void {
    const { algebra } = this.world;
    const { from, sent: when, packets, came } = mail;
    this.keepWaiting(node, time, mail);
    const next: States = new Map();
    const sent = new Map<OutboxId, Condition>();
    const any = [...packets.values()].reduce((some, arrives) => algebra.or(some, arrives), FALSE);
    for (const [local, condition] of this.live[node]) {
      this.options.checkpoint?.();
      for (const [packet, arrives] of packets) {
        const both = algebra.and(condition, arrives);
        if (!this.isPossible(both)) continue;
        const cause = {
          kind: 'packet',
          from,
          sent: when,
          packet,
          ...(came !== undefined && { came }),
        } as const;
        this.eachWay(
          { node, time },
          both,
          (happens) => this.evaluator.calls.open(node, local, packet, time, happens),
          ({ local: after, outbox }, under) => {
            this.options.onStep?.({ node, time, cause, before: local, after, outbox });
            this.add(next, after, under);
            if (outbox !== NOTHING_SENT) this.add(sent, outbox, under);
          },
        );
      }
      this.addPossible(next, local, algebra.and(condition, algebra.not(any)));
    }
    this.settle(node, time, next, sent);
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

  private settle(node: number, time: number, next: States, sent: ReadonlyMap<OutboxId, Condition>): void {
    this.options.checkpoint?.();
    for (const local of next.keys()) this.evaluator.visited[node].add(local);
    const { localStateLimit = Infinity } = this.options;
    if (this.evaluator.localStates > localStateLimit) throw new TooManyLocalStates(localStateLimit);
    this.live[node] = next;
    if (time < this.evaluator.eot && sent.size > 0) this.post(node, time, sent);
  }

  /** Puts what was sent into packets, by destination. */
  private post(from: number, time: number, sent: ReadonlyMap<OutboxId, Condition>): void {
    const { calls, nodes } = this.evaluator;
    const packets = nodes.map(() => new Map<OutboxId, Condition>());
    for (const [outbox, condition] of sent) {
      for (const to of nodes.keys()) {
        const messages = calls.outbox(outbox).filter((message) => message.to === to);
        if (messages.length === 0) continue;
        this.options.onSent?.({ from, to, time, messages: messages.map(({ event }) => event) });
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
  private eachWay(
    at: { readonly node: number; readonly time: number },
    condition: Condition,
    call: (happens: Happening) => Effect | Unanswered,
    take: (effect: Effect, condition: Condition) => void,
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
