/** One pass of handlers over all timesteps: which states nodes are in, under which conditions, and what becomes of them. */
import { FALSE, TRUE, type Condition } from '../algebra.js';
import { compareStrings } from '../order.js';
import type { Steps } from '../steps.js';
import type { World } from '../world.js';
import { NOTHING_SENT, type Calls, type Effect, type EventId, type OutboxId } from './calls.js';
import { add, addPossible, type ByNumber } from './by-number.js';
import { CallsByFaults } from './calls-by-faults.js';
import { cutAfter } from './cut.js';
import { TooManyLocalStates } from './errors.js';
import {
  HandlerEvaluation,
  type ConditionalState,
  type HandlerRunOptions,
  type HandlerStep,
} from './evaluation.js';
import { History } from './history.js';
import type { LocalId } from './locals.js';
import type { Mail } from './mailboxes.js';
import { Dispatches } from './dispatches.js';

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
type States = ByNumber<LocalId>;

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
  readonly sent: ByNumber<OutboxId>;
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
  private readonly dispatches: Dispatches;
  private readonly calls: CallsByFaults;

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
    this.dispatches = new Dispatches(evaluator, world, options);
    this.calls = new CallsByFaults(evaluator, world);
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
    for (const mail of this.dispatches.take(node, time)) {
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
      add(algebra, this.stopped[node], locals.unrecorded(local), condition);
    this.interrupted[node].clear();
    for (const { messages, condition: stops } of this.world.interruptions(this.evaluator.nodes[node], time))
      for (const [local, condition] of this.live[node]) {
        const both = algebra.and(condition, stops);
        if (!algebra.isPossible(both)) continue;
        const before = locals.unrecorded(local);
        add(algebra, statesOf(this.stopping, { left: messages, before }), locals.later(local), both);
      }
  }

  /** The node stops. What it recorded of operations is so: one that it began may have left it. */
  private breakOff(node: number, before: LocalId, local: LocalId, condition: Condition): void {
    const { algebra } = this.world;
    const { locals } = this.evaluator.calls;
    const { recorded } = locals.get(local);
    add(algebra, this.interrupted[node], locals.id({ ...locals.get(before), recorded }), condition);
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
      addPossible(algebra, this.stopped[node], stopped, algebra.and(condition, stops));
      addPossible(algebra, live, local, algebra.and(condition, runs));
    }
    this.live[node] = live;
  }

  /** Those that paused before are as others, until they pause again. */
  private goOn(node: number): void {
    const { algebra } = this.world;
    for (const [local, condition] of this.paused[node]) add(algebra, this.live[node], local, condition);
    this.paused[node].clear();
  }

  /** Sets apart the states of a node that pauses. */
  private pause(node: number, time: number): void {
    const { algebra } = this.world;
    const pauses = this.world.pauses(this.evaluator.nodes[node], time);
    if (pauses === FALSE) return;
    const live: States = new Map();
    for (const [local, condition] of this.live[node]) {
      addPossible(algebra, this.paused[node], local, algebra.and(condition, pauses));
      addPossible(algebra, live, local, algebra.and(condition, algebra.not(pauses)));
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
      addPossible(algebra, stopped, local, algebra.and(condition, algebra.not(restarts)));
      const anew = algebra.and(condition, restarts);
      if (!algebra.isPossible(anew)) continue;
      const { calls } = this.evaluator;
      add(
        algebra,
        this.live[node],
        this.calls.explained(anew, () => calls.afterOutage(node, local, time)),
        anew,
      );
    }
    this.stopped[node] = stopped;
    this.start(node, time, 'restart');
    for (const [local, condition] of others) add(algebra, this.live[node], local, condition);
    this.stopping = stopping;
  }

  private passTime(node: number): void {
    const { algebra } = this.world;
    const { locals } = this.evaluator.calls;
    const later: States = new Map();
    for (const [local, condition] of this.live[node]) add(algebra, later, locals.later(local), condition);
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
    const { algebra } = this.world;
    const next = noOutcome();
    for (const group of this.groups(node))
      for (const [local, condition] of group.states) {
        const before = ready(local);
        if (before === undefined) {
          add(algebra, statesIn(next, group), local, condition);
          continue;
        }
        this.calls.each(
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
    const { algebra } = this.world;
    if (before === undefined) {
      add(algebra, next.live, local, under);
      if (outbox !== NOTHING_SENT) add(algebra, next.sent, outbox, under);
      return;
    }
    const { calls } = this.evaluator;
    const cut = cutAfter(left, calls.outbox(outbox), ({ to }) => to !== node);
    if (cut.leaving.length > 0) add(algebra, next.sent, calls.outboxId(cut.leaving), under);
    if (cut.kept.length > 0) next.kept.add(calls.outboxId(cut.kept));
    if (cut.left === 0) this.breakOff(node, before, local, under);
    else add(algebra, statesOf(next.stopping, { left: cut.left, before }), local, under);
  }

  /** Splits every state into those that receive one of the packets, and the rest. */
  private receive(node: number, time: number, mail: Mail): void {
    const { algebra } = this.world;
    const { from, sent: when, packets, came } = mail;
    this.dispatches.keepWaiting(node, time, mail);
    const next = noOutcome();
    const any = [...packets.values()].reduce((some, arrives) => algebra.or(some, arrives), FALSE);
    for (const group of this.groups(node))
      for (const [local, condition] of group.states) {
        this.options.checkpoint?.();
        for (const [packet, arrives] of packets) {
          const both = algebra.and(condition, arrives);
          if (!algebra.isPossible(both)) continue;
          this.calls.each(
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
        addPossible(algebra, statesIn(next, group), local, algebra.and(condition, algebra.not(any)));
      }
    this.settle(node, time, next);
  }

  private settle(node: number, time: number, { live, stopping, sent, kept }: Outcome): void {
    this.options.checkpoint?.();
    for (const states of [live, ...[...stopping.values()].map((group) => group.states)])
      for (const local of states.keys()) this.evaluator.visited[node].add(local);
    const { localStateLimit = Infinity } = this.options;
    if (this.evaluator.localStates > localStateLimit) throw new TooManyLocalStates(localStateLimit);
    this.live[node] = live;
    this.stopping = stopping;
    this.dispatches.send(node, time, sent);
    for (const outbox of kept) this.dispatches.keep(node, time, outbox);
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
