/**
 * The lineage of a run of handlers. A state rests on the call that made it, and a message on the call that sent it; a
 * call rests on the state that it was made in, and on the message that it handled. Where a message was lost, or a node
 * went down, its state rests on that from then on.
 *
 * Handlers are functions of their input, so that a message which changed no state, and made its receiver send nothing
 * of which that can be said again, might as well not have come: nothing rests on it.
 */
import { NOTHING_SENT, type AskedFaults, type EventId, type Sent } from '../../model/handlers/calls.js';
import { tellData } from '../../model/handlers/containers.js';
import { handlerField, handlerName, type HandlerEvent } from '../../model/handlers/errors.js';
import type { HandlerEvaluation, HandlerStep } from '../../model/handlers/evaluation.js';
import type { HandlerEvaluator } from '../../model/handlers/evaluator.js';
import type { LocalId } from '../../model/handlers/locals.js';
import { fieldWithin } from '../../model/diagnostics/place.js';
import { FAULT } from '../../model/rules/program.js';
import { recordedWords } from '../../model/handlers/operations/record.js';
import { compareOrigins, type Origin } from '../../model/handlers/mailboxes.js';
import { inTime } from '../../model/world.js';
import {
  arrivalName,
  type Happened,
  LineageBuilder,
  type HappenedFaults,
  type Lineage,
  type VertexName,
} from '../lineage.js';
import { LookedAt, WholeState, type Reading } from './reading.js';

/** What may be asked of a run of handlers: why a node is in its state at the end of a timestep. */
export interface StateGoal {
  readonly node: string;
  readonly time: number;
}

/** A concrete run, and the steps that nodes took, in that order. */
export interface TakenRun {
  readonly evaluator: HandlerEvaluator;
  readonly evaluation: HandlerEvaluation;
  readonly steps: readonly HandlerStep[];
}

/** What calls are taken to rest on of a state: `on all` of it, which is sound, or on what was `looked at`, which is less. */
export type Rests = 'on all' | 'looked at';

/** Why nodes were in their states. @throws RangeError when there is no such node or time */
export function lineageOfHandlers(
  run: TakenRun,
  faults: HappenedFaults,
  goals: readonly StateGoal[],
  rests: Rests = 'on all',
): Lineage {
  const reading = rests === 'on all' ? new WholeState() : new LookedAt(run.evaluator.calls);
  return new HandlerLineage(run, faults, reading).of(goals);
}

/** Names for the vertices of messages: by the number of those before from the same node to the same at that time. */
export class SentNames {
  private readonly counts = new Map<string, number>();

  /** Of the next message that is sent there. */
  next({
    from,
    to,
    time,
  }: {
    readonly from: string;
    readonly to: string;
    readonly time: number;
  }): VertexName {
    const channel = JSON.stringify([from, to, time]);
    const count = (this.counts.get(channel) ?? 0) + 1;
    this.counts.set(channel, count);
    return `message ${JSON.stringify([from, to, time, count])}`;
  }
}

/** A message that did not arrive, from a node by its place. */
interface Loss extends Origin {
  readonly name: VertexName;
}

/** The calls of one node at one time. */
interface Turn {
  readonly node: number;
  readonly time: number;
  /** Calls and losses so far. */
  count: number;
  /** The state that the node is in. */
  local: LocalId;
  /** Of one in the midst of which the node stops. */
  readonly stopping?: Stopping;
}

/** How a node stops in the midst of a timestep. */
interface Stopping {
  /** How many messages may still leave it. */
  left: number;
  readonly faults: readonly VertexName[];
  /** Calls that made it send something, or change. */
  readonly calls: VertexName[];
}

class HandlerLineage {
  private readonly builder = new LineageBuilder();
  /** What is on its way on a channel, by when it was sent and arrives: in the order of sending. */
  private readonly arriving = new Map<string, VertexName[]>();
  /** What might have arrived at a node, by that time. */
  private readonly lost = new Map<string, Loss[]>();
  private readonly messageNames = new SentNames();
  private readonly goals: VertexName[] = [];
  private next = 0;

  constructor(
    private readonly run: TakenRun,
    private readonly faults: HappenedFaults,
    private readonly reading: Reading,
  ) {}

  of(goals: readonly StateGoal[]): Lineage {
    const { nodes, eot } = this.run.evaluator;
    const unknown = goals.find(({ node, time }) => !nodes.includes(node) || !(time >= 1 && time <= eot));
    if (unknown !== undefined) throw new RangeError(`there is no ${unknown.node} at time ${unknown.time}`);
    for (const node of nodes.keys()) this.begin(node);
    for (let time = 1; time <= eot; time++) {
      for (const node of nodes.keys()) this.turn(node, time);
      for (const goal of goals) if (goal.time === time) this.see(nodes.indexOf(goal.node), time);
    }
    return this.builder.finish(nodes, [...new Set(this.goals)]);
  }

  private begin(node: number): void {
    const local = this.localOf(node, 0);
    const init = this.addFiring({ node, time: 0, count: 0, local }, { kind: 'init' }, []);
    const state = this.addState({ node, time: 0, count: 0, local }, [init]);
    this.reading.stayed(node, state);
  }

  private turn(node: number, time: number): void {
    const { nodes } = this.run.evaluator;
    const turn: Turn = { node, time, count: 0, local: this.localOf(node, time - 1) };
    const down = this.faults.downing(nodes[node], time);
    if (down.length > 0) {
      const isNew = this.faults.downing(nodes[node], time - 1).length === 0;
      const faults = down.map((fault) => this.builder.fault(fault));
      const left = this.faults.interruption(nodes[node], time);
      if (left !== undefined) this.stopWithin(turn, { left, faults, calls: [] });
      else if (isNew) this.stay(turn, faults, true);
      return;
    }
    const paused = this.faults.pausing(nodes[node], time);
    if (paused.length > 0) {
      this.pause(turn, paused);
      return;
    }
    this.act(turn);
  }

  /** The node is as it was before; that may rest on all that it did, which others would have seen otherwise. */
  private stopWithin(turn: Turn, stopping: Stopping): void {
    const { node, time } = turn;
    const last: Turn = { ...turn, stopping };
    this.act(last);
    const done = last.local;
    last.local = this.localOf(node, time);
    const because = [...this.reading.kept(node), ...stopping.faults, ...stopping.calls];
    const state = this.addState(last, because, true);
    if (done !== last.local) this.reading.changed(node, done, last.local, state);
    this.reading.stayed(node, state);
  }

  private act(turn: Turn): void {
    const { calls } = this.run.evaluator;
    const { node, time } = turn;
    const inOrder = compareOrigins(time);
    const losses = (this.lost.get(placeName(node, time)) ?? []).toSorted(inOrder);
    const loseBefore = (origin: Origin | undefined) => {
      while (losses.length > 0 && (origin === undefined || inOrder(losses[0], origin) < 0))
        this.stay(turn, [losses.shift()!.name]);
    };
    for (const { cause, before } of this.stepsOf(node, time)) {
      if (cause.kind === 'event' && calls.event(cause.event).kind === 'restart') this.restart(turn, before);
      turn.local = before;
      if (cause.kind === 'event') {
        this.call(turn, cause.event);
        continue;
      }
      loseBefore(cause);
      const messages = this.arriving.get(arrivingName(cause, node, cause.came ?? time)) ?? [];
      for (const { event } of calls.outbox(cause.packet)) this.call(turn, event, messages.shift());
    }
    loseBefore(undefined);
  }

  /** The node does nothing, and what might have come is missed when it goes on. */
  private pause(turn: Turn, pauses: readonly Happened[]): void {
    const { node, time } = turn;
    const name = this.run.evaluator.nodes[node];
    const isNew = this.faults.pausing(name, time - 1).length === 0;
    if (isNew)
      this.stay(
        turn,
        pauses.map((fault) => this.builder.fault(fault)),
      );
    for (const loss of this.lost.get(placeName(node, time)) ?? [])
      append(this.lost, placeName(node, time + 1), { came: time, ...loss });
  }

  /** The node is in a state that it made of what it had kept. */
  private restart(turn: Turn, restored: LocalId): void {
    const { nodes, calls } = this.run.evaluator;
    const { node, time, local } = turn;
    const faults = this.faults.downing(nodes[node], time - 1).map((fault) => this.builder.fault(fault));
    const kind = calls.handlersOf(node).restore === undefined ? 'init' : 'restore';
    const firing = this.addFiring(turn, { kind }, [...this.reading.kept(node), ...faults]);
    turn.local = restored;
    const state = this.addState(turn, [firing]);
    this.reading.changed(node, local, restored, state);
    this.reading.stayed(node, state);
    turn.count++;
  }

  private *stepsOf(node: number, time: number): Iterable<HandlerStep> {
    const { steps } = this.run;
    while (steps[this.next]?.node === node && steps[this.next].time === time) yield steps[this.next++];
  }

  /** @param message what is handled, if that is one */
  private call(turn: Turn, event: EventId, message?: VertexName): void {
    const { nodes, calls, eot } = this.run.evaluator;
    const { node, time, local } = turn;
    const happens = (name: string) => this.faults.named(name, nodes[node], time) !== undefined;
    const effect = calls.applied(node, local, event, time, happens);
    const asked = this.asked(turn, calls.askedBy(node, local, event, time, happens));
    const sends = time < eot && effect.outbox !== NOTHING_SENT;
    if (effect.local !== local || sends) {
      const rests = [...this.reading.before({ node, time, event, local, happens }), ...asked];
      const because = message === undefined ? rests : [...rests, message];
      const firing = this.addFiring(turn, calls.event(event), because);
      turn.stopping?.calls.push(firing);
      turn.local = effect.local;
      if (effect.local !== local)
        this.reading.changed(node, local, effect.local, this.addState(turn, [firing]));
      if (sends) for (const sent of calls.outbox(effect.outbox)) this.send(turn, sent, firing);
    } else if (asked.length > 0) this.stay(turn, asked);
    turn.count++;
  }

  /** What was asked for, as the facts and absences that rules would read. */
  private asked({ node: place, time }: Turn, asked: AskedFaults): readonly VertexName[] {
    const node = this.run.evaluator.nodes[place];
    return [...asked].map(([name]) => {
      const fault = this.faults.named(name, node, time);
      const about = JSON.stringify([FAULT, [node, name], time]);
      if (fault !== undefined) {
        const tuple = [node, name];
        const vertex = { kind: 'fact', node, time, relation: FAULT, tuple, place: undefined } as const;
        return this.builder.add(`fact ${about}`, vertex, [this.builder.fault(fault)]);
      }
      const of = { kind: 'fact', relation: FAULT, pattern: [node, name] } as const;
      return this.builder.add(`absence ${about}`, { kind: 'absence', node, time, of }, []);
    });
  }

  private send({ node: from, time, stopping }: Turn, { to, event }: Sent, firing: VertexName): void {
    const { nodes, calls } = this.run.evaluator;
    const { type: name, ...payload } = calls.messageOf(event);
    const channel = { from: nodes[from], to: nodes[to], time };
    const message = this.messageNames.next(channel);
    const what = { from: nodes[from], sent: time, name, payload: tellData(payload) };
    const origin = { from, sent: time };
    if (stopping?.left === 0) {
      const at = { node: nodes[to], time: inTime(time) };
      const kept = `lost ${message}`;
      const because = [...stopping.faults, ...stopping.calls];
      this.builder.add(kept, { kind: 'absence', ...at, of: { kind: 'message', ...what } }, because);
      append(this.lost, placeName(to, at.time), { ...origin, name: kept });
      return;
    }
    if (stopping !== undefined && to !== from) stopping.left--;
    for (const { time: arrival, arrives, faults } of this.faults.arrivals(channel)) {
      const at = { node: nodes[to], time: arrival };
      const arriving = arrivalName(message, time, arrival);
      if (arrives) {
        this.builder.add(arriving, { kind: 'message', ...at, ...what }, [firing]);
        append(this.arriving, arrivingName(origin, to, arrival), arriving);
      } else {
        const because = faults.map((fault) => this.builder.fault(fault));
        const lost = `lost ${arriving}`;
        this.builder.add(lost, { kind: 'absence', ...at, of: { kind: 'message', ...what } }, because);
        append(this.lost, placeName(to, arrival), { ...origin, name: lost });
      }
    }
  }

  /** The node stays in the state that it is in, where it might not have. */
  private stay(turn: Turn, because: readonly VertexName[], crashed = false): void {
    const state = this.addState(turn, [...this.reading.kept(turn.node), ...because], crashed);
    this.reading.stayed(turn.node, state);
    turn.count++;
  }

  private see(node: number, time: number): void {
    this.goals.push(...this.reading.seen(node, this.localOf(node, time)));
  }

  private addState(
    { node, time, count, local }: Turn,
    because: readonly VertexName[],
    crashed = false,
  ): VertexName {
    const { nodes, calls } = this.run.evaluator;
    const { state, timers, recorded } = calls.locals.get(local);
    const name = `state ${JSON.stringify([nodes[node], time, count])}`;
    const told = tellData(state.value);
    const words = recordedWords(recorded);
    const at = { node: nodes[node], time };
    const knows = { state: told, timers, crashed, ...(words.length > 0 && { recorded: words }) };
    const vertex = { kind: 'state', ...at, ...knows } as const;
    return this.builder.add(name, vertex, because);
  }

  private addFiring(
    { node, time, count }: Turn,
    event: HandlerEvent,
    because: readonly VertexName[],
  ): VertexName {
    const { nodes, protocol, calls } = this.run.evaluator;
    const name = `firing ${JSON.stringify([nodes[node], time, count])}`;
    const role = calls.roles.of(nodes[node]);
    const place = protocol.span && fieldWithin(protocol.span, handlerField(event, role));
    const vertex = { kind: 'firing', node: nodes[node], time, by: handlerName(event), place } as const;
    return this.builder.add(name, vertex, because);
  }

  /** A node's state at the end of a timestep of a concrete run, which is one. */
  private localOf(node: number, time: number): LocalId {
    return this.run.evaluation.statesOf(node, time)[0].local;
  }
}

function append<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [item]);
  else known.push(item);
}

function arrivingName({ from, sent }: Origin, to: number, arrival: number): string {
  return `${sent} ${from} ${to} ${arrival}`;
}

function placeName(node: number, arrival: number): string {
  return `${arrival} ${node}`;
}
