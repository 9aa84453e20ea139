/**
 * Evaluates node handlers timestep by timestep, for all runs at once: each node holds a map from concrete
 * local states to the conditions under which it is in them. An event applies its handler to each state;
 * what a channel may or may not deliver splits states first; equal states merge. States that cannot be are
 * dropped at once, since they multiply. A concrete run is the same, with conditions that are true or false.
 *
 * Everything that one node sends to another at one timestep meets the same fate, so that messages travel in
 * packets: what one event made a state send to one destination. Packets of one event exclude each other,
 * as the states that send them do.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../algebra.js';
import type { World } from '../evaluate/evaluator.js';
import { compareStrings } from '../order.js';
import { finish, type Steps } from '../steps.js';
import { Calls, NOTHING_SENT, type EventId, type OutboxId } from './calls.js';
import { HandlerError, TooManyLocalStates } from './errors.js';
import type { LocalId } from './locals.js';
import type { Canonical } from './plain.js';
import type { HandlerProtocol } from './protocol.js';

export interface HandlerRunOptions {
  /** Told of everything sent that may be, in the order sent, whether it arrives or not. */
  readonly onSent?: (packet: Packet) => void;
  /** Told of every packet that a node in some state received, and whether that changed anything. */
  readonly onReceived?: (receipt: Receipt) => void;
  /** Told of every condition, other than FALSE itself, that the algebra says can never hold. */
  readonly onImpossible?: (condition: Condition) => void;
  /** Called now and then; may throw to stop the run. */
  readonly checkpoint?: () => void;
  /** The most distinct local states of all nodes; default no limit. */
  readonly localStateLimit?: number;
}

/** What one event made a node send to one destination, by places among the nodes. */
export interface Packet {
  readonly from: number;
  readonly to: number;
  readonly time: number;
  readonly messages: readonly EventId[];
}

export interface Receipt {
  readonly from: number;
  readonly to: number;
  /** When it was sent. */
  readonly time: number;
  /** Whether the state or what is sent would have been another without it. */
  readonly matters: boolean;
}

/** A local state of a node at a time, under a condition. */
export interface ConditionalState {
  readonly local: LocalId;
  /** The node has crashed, and stays as it was then. */
  readonly crashed: boolean;
  readonly condition: Condition;
}

/** What the outside may see of a node at a time. */
export interface ConditionalView {
  readonly observation: Canonical;
  readonly crashed: boolean;
  readonly condition: Condition;
}

/** Conditions of local states; those that hold nowhere are not in it. */
type States = Map<LocalId, Condition>;

/** What may arrive at one node from one sender: for each event of the sender, packets that exclude each other. */
type Arrivals = Map<OutboxId, Condition>[];

/** A protocol made ready to run: calls of its handlers are shared by all its runs. */
export class HandlerEvaluator {
  readonly calls: Calls;
  readonly nodes: readonly string[];
  readonly eot: number;
  private readonly visited: readonly Set<LocalId>[];
  private readonly observations: Map<LocalId, Canonical>[];

  constructor(
    readonly protocol: HandlerProtocol,
    options: { readonly nodes: readonly string[]; readonly eot: number },
  ) {
    this.nodes = options.nodes;
    this.eot = options.eot;
    this.calls = new Calls(protocol, options.nodes);
    this.visited = this.nodes.map(() => new Set<LocalId>());
    this.observations = this.nodes.map(() => new Map<LocalId, Canonical>());
  }

  /** Distinct local states of nodes, in all runs so far. */
  get localStates(): number {
    return this.visited.reduce((sum, locals) => sum + locals.size, 0);
  }

  /**
   * @throws HandlerError
   * @throws TooManyLocalStates
   */
  run(world: World, options: HandlerRunOptions = {}): HandlerEvaluation {
    return finish(this.steps(world, options));
  }

  /** The same, which may be put aside after every timestep. @throws HandlerError */
  steps(world: World, options: HandlerRunOptions = {}): Steps<HandlerEvaluation> {
    return new Run(this, world, options, this.visited).steps();
  }

  /** @throws HandlerError */
  observe(node: number, local: LocalId, time: number): Canonical {
    const known = this.observations[node].get(local);
    if (known !== undefined) return known;
    const seen = this.calls.observe(node, local, time);
    this.observations[node].set(local, seen);
    return seen;
  }
}

/** The local states of a finished run. */
export class HandlerEvaluation {
  /** @param states by time, then node */
  constructor(
    private readonly evaluator: HandlerEvaluator,
    private readonly algebra: Algebra,
    private readonly states: readonly (readonly (readonly ConditionalState[])[])[],
  ) {}

  /** @param node its place among the nodes */
  statesOf(node: number, time: number): readonly ConditionalState[] {
    return this.states[time][node];
  }

  /** Distinct views, those of states that look alike merged. @throws HandlerError */
  viewsOf(node: number, time: number): readonly ConditionalView[] {
    const views = new Map<string, ConditionalView>();
    for (const { local, crashed, condition } of this.states[time][node]) {
      const observation = this.observe(node, local, time, condition);
      const key = `${crashed ? 'crashed' : 'correct'} ${observation.text}`;
      const before = views.get(key)?.condition ?? FALSE;
      views.set(key, { observation, crashed, condition: this.algebra.or(before, condition) });
    }
    return [...views.values()];
  }

  private observe(node: number, local: LocalId, time: number, condition: Condition): Canonical {
    this.evaluator.calls.condition = condition;
    try {
      return this.evaluator.observe(node, local, time);
    } catch (error) {
      throw error instanceof HandlerError ? error.under(condition) : error;
    }
  }
}

class Run {
  private readonly live: States[];
  private readonly crashed: States[];
  /** By destination, then sender: what may arrive now, and at the next timestep. */
  private arriving: Arrivals[][];
  private departing: Arrivals[][];

  constructor(
    private readonly evaluator: HandlerEvaluator,
    private readonly world: World,
    private readonly options: HandlerRunOptions,
    private readonly visited: readonly Set<LocalId>[],
  ) {
    const { nodes } = evaluator;
    this.live = nodes.map(() => new Map<LocalId, Condition>());
    this.crashed = nodes.map(() => new Map<LocalId, Condition>());
    this.arriving = this.nothingArrives();
    this.departing = this.nothingArrives();
  }

  *steps(): Steps<HandlerEvaluation> {
    const { nodes, eot, calls } = this.evaluator;
    calls.condition = TRUE;
    for (const node of nodes.keys()) this.live[node].set(calls.initial(node), TRUE);
    const states: (readonly (readonly ConditionalState[])[])[] = [this.snapshot()];
    for (let time = 1; time <= eot; time++) {
      for (const node of nodes.keys()) this.advance(node, time);
      this.arriving = this.departing;
      this.departing = this.nothingArrives();
      states.push(this.snapshot());
      yield;
    }
    return new HandlerEvaluation(this.evaluator, this.world.algebra, states);
  }

  private nothingArrives(): Arrivals[][] {
    const { nodes } = this.evaluator;
    return nodes.map(() => nodes.map(() => []));
  }

  private snapshot(): readonly (readonly ConditionalState[])[] {
    return this.evaluator.nodes.map((_, node) =>
      [this.live, this.crashed].flatMap((states, index) =>
        [...states[node]].map(([local, condition]) => ({ local, crashed: index === 1, condition })),
      ),
    );
  }

  private advance(node: number, time: number): void {
    this.crash(node, time);
    this.passTime(node);
    const { calls } = this.evaluator;
    this.handle(node, time, calls.eventId({ kind: time === 1 ? 'start' : 'tick' }));
    this.fireTimers(node, time);
    for (const [sender, arrivals] of this.arriving[node].entries()) {
      for (const packets of arrivals) this.receive(node, time, sender, packets);
    }
  }

  /** Sets apart the states of a node that is down from now on. */
  private crash(node: number, time: number): void {
    const { algebra } = this.world;
    const down = this.world.down(this.evaluator.nodes[node], time);
    if (down === FALSE) return;
    const up = algebra.not(down);
    const live: States = new Map();
    for (const [local, condition] of this.live[node]) {
      this.addPossible(this.crashed[node], local, algebra.and(condition, down));
      this.addPossible(live, local, algebra.and(condition, up));
    }
    this.live[node] = live;
  }

  private passTime(node: number): void {
    const { locals } = this.evaluator.calls;
    const later: States = new Map();
    for (const [local, condition] of this.live[node]) this.add(later, locals.later(local), condition);
    this.live[node] = later;
  }

  private handle(node: number, time: number, event: EventId): void {
    this.step(node, time, (local) => this.evaluator.calls.apply(node, local, event, time));
  }

  private fireTimers(node: number, time: number): void {
    const { calls } = this.evaluator;
    const { locals } = calls;
    const names = new Set([...this.live[node].keys()].flatMap((local) => locals.due(local)));
    for (const name of [...names].sort(compareStrings)) {
      const event = calls.eventId({ kind: 'timer', name });
      this.step(node, time, (local) =>
        locals.due(local).includes(name)
          ? calls.apply(node, locals.without(local, name), event, time)
          : { local, outbox: NOTHING_SENT },
      );
    }
  }

  /** Applies an event to every state. */
  private step(
    node: number,
    time: number,
    effectOn: (local: LocalId) => { readonly local: LocalId; readonly outbox: OutboxId },
  ): void {
    const next: States = new Map();
    const sent = new Map<OutboxId, Condition>();
    for (const [local, condition] of this.live[node]) {
      const effect = this.explained(condition, () => effectOn(local));
      this.add(next, effect.local, condition);
      if (effect.outbox !== NOTHING_SENT) this.add(sent, effect.outbox, condition);
    }
    this.settle(node, time, next, sent);
  }

  /** Splits every state into those that receive one of the packets, and the rest. */
  private receive(node: number, time: number, from: number, packets: ReadonlyMap<OutboxId, Condition>): void {
    const { algebra } = this.world;
    const next: States = new Map();
    const sent = new Map<OutboxId, Condition>();
    const any = [...packets.values()].reduce((some, arrives) => algebra.or(some, arrives), FALSE);
    for (const [local, condition] of this.live[node]) {
      for (const [packet, arrives] of packets) {
        const both = algebra.and(condition, arrives);
        if (!this.isPossible(both)) continue;
        const effect = this.explained(both, () => this.open(node, local, packet, time));
        const matters = effect.local !== local || effect.outbox !== NOTHING_SENT;
        this.options.onReceived?.({ from, to: node, time: time - 1, matters });
        this.add(next, effect.local, both);
        if (effect.outbox !== NOTHING_SENT) this.add(sent, effect.outbox, both);
      }
      this.addPossible(next, local, algebra.and(condition, algebra.not(any)));
    }
    this.settle(node, time, next, sent);
  }

  /** Handles the messages of a packet, one after another. */
  private open(node: number, local: LocalId, packet: OutboxId, time: number) {
    const { calls } = this.evaluator;
    let effect = { local, outbox: NOTHING_SENT };
    for (const { event } of calls.outbox(packet)) {
      const { local: next, outbox } = calls.apply(node, effect.local, event, time);
      effect = { local: next, outbox: calls.join(effect.outbox, outbox) };
    }
    return effect;
  }

  private settle(node: number, time: number, next: States, sent: ReadonlyMap<OutboxId, Condition>): void {
    this.options.checkpoint?.();
    for (const local of next.keys()) this.visited[node].add(local);
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

  private dispatch(from: number, to: number, time: number, packets: ReadonlyMap<OutboxId, Condition>): void {
    const { nodes } = this.evaluator;
    if (packets.size === 0) return;
    const channel = from === to ? TRUE : this.world.channel(nodes[from], nodes[to], time);
    const arriving = new Map<OutboxId, Condition>();
    for (const [packet, condition] of packets) {
      this.addPossible(arriving, packet, this.world.algebra.and(condition, channel));
    }
    if (arriving.size > 0) this.departing[to][from].push(arriving);
  }

  private isPossible(condition: Condition): boolean {
    if (!this.world.algebra.implies(condition, FALSE)) return true;
    if (condition !== FALSE) this.options.onImpossible?.(condition);
    return false;
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
