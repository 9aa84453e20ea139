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
import type { World } from '../world.js';
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
  /** Told of every step that a node in some state took. */
  readonly onStep?: (step: Step) => void;
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

/** One node in one state handles one event, or the messages of one packet. */
export interface Step {
  readonly node: number;
  readonly time: number;
  readonly cause:
    | { readonly kind: 'event'; readonly event: EventId }
    | { readonly kind: 'packet'; readonly from: number; readonly packet: OutboxId };
  readonly before: LocalId;
  readonly after: LocalId;
  readonly outbox: OutboxId;
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

export interface HandlerEvaluatorOptions {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** Told of each distinct call; what it is given makes the call once more, and throws where that differs. */
  readonly onCall?: (repeat: () => void) => void;
  /** Told before anything is called. */
  readonly onBegin?: () => void;
}

/** A protocol made ready to run: calls of its handlers are shared by all its runs. */
export class HandlerEvaluator {
  readonly calls: Calls;
  readonly nodes: readonly string[];
  readonly eot: number;
  private readonly visited: readonly Set<LocalId>[];

  constructor(
    readonly protocol: HandlerProtocol,
    { nodes, eot, onCall = () => undefined, onBegin = () => undefined }: HandlerEvaluatorOptions,
  ) {
    // Handlers are shown them, and whoever gave them may go on to sort them.
    this.nodes = Object.freeze([...nodes]);
    this.eot = eot;
    this.calls = new Calls(protocol, this.nodes, onCall, onBegin);
    this.visited = this.nodes.map(() => new Set<LocalId>());
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

  /** Does work in which calls that are remembered are made once more. @throws HandlerError where one differs */
  repeating<Value>(work: () => Value): Value {
    const { calls } = this;
    calls.repeating = true;
    try {
      return work();
    } finally {
      calls.repeating = false;
    }
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
      return this.evaluator.calls.observe(node, local, time);
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
    this.step(node, time, event, (local) => local);
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
      const { local: after, outbox } = this.explained(condition, () =>
        this.evaluator.calls.apply(node, before, event, time),
      );
      this.options.onStep?.({ node, time, cause: { kind: 'event', event }, before, after, outbox });
      this.add(next, after, condition);
      if (outbox !== NOTHING_SENT) this.add(sent, outbox, condition);
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
      this.options.checkpoint?.();
      for (const [packet, arrives] of packets) {
        const both = algebra.and(condition, arrives);
        if (!this.isPossible(both)) continue;
        const { local: after, outbox } = this.explained(both, () =>
          this.evaluator.calls.open(node, local, packet, time),
        );
        this.options.onStep?.({
          node,
          time,
          cause: { kind: 'packet', from, packet },
          before: local,
          after,
          outbox,
        });
        this.add(next, after, both);
        if (outbox !== NOTHING_SENT) this.add(sent, outbox, both);
      }
      this.addPossible(next, local, algebra.and(condition, algebra.not(any)));
    }
    this.settle(node, time, next, sent);
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
