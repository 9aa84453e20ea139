/** Concrete runs of node handlers, told as runs are: from the steps that the evaluator took and the packets it sent. */
import { sorted, type Data, type Fields } from '../model/data.js';
import { SentNames } from '../lineage/handlers/lineage.js';
import { arrivalName, type Lineage, pastOf, type VertexName } from '../lineage/lineage.js';
import type { Calls, OutboxId } from '../model/handlers/calls.js';
import { tellData } from '../model/handlers/containers.js';
import { handlerName } from '../model/handlers/errors.js';
import type { HandlerEvaluation, Packet, HandlerStep } from '../model/handlers/evaluation.js';
import type { HandlerEvaluator } from '../model/handlers/evaluator.js';
import { handles } from '../model/handlers/invoke.js';
import type { LocalId } from '../model/handlers/locals.js';
import { FALSE } from '../model/algebra.js';
import type { World } from '../model/world.js';
import type { FaultSet } from './faults.js';
import {
  compareMessages,
  type ClientOperation,
  type HandlerRun,
  type Message,
  type NodeEvent,
  type NodeState,
  type Occasion,
} from './run.js';
import { RunIds } from './run-ids.js';
import { concreteWorld, fates } from './world.js';

/** What was seen of a run while it went on, and at its end. */
export interface SeenRun {
  readonly evaluation: HandlerEvaluation;
  /** In the order taken. */
  readonly steps: readonly HandlerStep[];
  /** In the order sent. */
  readonly packets: readonly Packet[];
}

/** @param past of a violation; undefined where there is none */
export function tellHandlerRun(
  evaluator: HandlerEvaluator,
  { evaluation, steps, packets }: SeenRun,
  faults: FaultSet,
  past: Lineage | undefined,
): Omit<HandlerRun, 'judgements'> {
  const { nodes, eot } = evaluator;
  const causes = past === undefined ? new Set<VertexName>() : pastOf(past);
  return {
    language: 'handlers',
    nodes,
    eot,
    faults,
    messages: messagesOf(evaluator, packets, faults, causes),
    events: new History(evaluator, faults, timersIn(past, causes)).of(steps),
    states: statesOf(evaluator, evaluation),
    ...operationsOf(evaluator, evaluation),
  };
}

/** By when they began, then node. */
function operationsOf(
  { nodes, eot }: HandlerEvaluator,
  evaluation: HandlerEvaluation,
): Pick<HandlerRun, 'operations'> {
  const operations: ClientOperation[] = [];
  const last = new Map<string, number>();
  for (let time = 1; time <= eot; time++) {
    for (const [place, node] of nodes.entries()) {
      for (const record of evaluation.recordedOf(place, time).flatMap(({ recorded }) => recorded)) {
        const index = last.get(node);
        if (record.kind === 'invoke') {
          const operation = sorted(tellData(record.operation.value));
          last.set(node, operations.push({ node, began: time, operation }) - 1);
        } else if (index !== undefined) {
          const result = sorted(tellData(record.result.value));
          operations[index] = { ...operations[index], ended: time, result };
          last.delete(node);
        }
      }
    }
  }
  return operations.length === 0 ? {} : { operations };
}

function messagesOf(
  { nodes, eot, calls }: HandlerEvaluator,
  packets: readonly Packet[],
  faults: FaultSet,
  causes: ReadonlySet<VertexName>,
): readonly Message[] {
  const fateOf = fates(faults, eot);
  const ids = new RunIds();
  const names = new SentNames();
  const messages = packets.flatMap((packet) =>
    packet.messages.map((event): Message => {
      const channel = { from: nodes[packet.from], to: nodes[packet.to], time: packet.time };
      const { from, to, time: sent } = channel;
      const { type: name, ...payload } = calls.messageOf(event);
      const { came, ...became } = fateOf(channel, packet.kept !== true);
      const vertex = names.next(channel);
      return {
        id: ids.message(channel),
        from,
        to,
        sent,
        ...became,
        name,
        payload: sorted(tellData(payload)) as Fields,
        causal: came.some((arrival) => causes.has(arrivalName(vertex, sent, arrival))),
      };
    }),
  );
  return messages.sort(compareMessages);
}

function statesOf(
  { nodes, eot, calls }: HandlerEvaluator,
  evaluation: HandlerEvaluation,
): readonly NodeState[] {
  const told = new Map<LocalId, Data>();
  const tell = (local: LocalId): Data => {
    if (!told.has(local)) told.set(local, sorted(tellData(calls.locals.get(local).state.value)));
    return told.get(local);
  };
  const times = Array.from({ length: eot }, (_, index) => index + 1);
  return times.flatMap((time) =>
    nodes.flatMap((node, place) =>
      evaluation.statesOf(place, time).map(({ local }) => {
        const { timers } = calls.locals.get(local);
        const state = { time, node, state: tell(local) };
        return Object.keys(timers).length === 0 ? state : { ...state, timers };
      }),
    ),
  );
}

/** The timers that fired in the past of a violation. */
function timersIn(
  past: Lineage | undefined,
  causes: ReadonlySet<VertexName>,
): (node: string, time: number, name: string) => boolean {
  const fired = [...causes].flatMap((name) => {
    const vertex = past?.vertices.get(name);
    return vertex?.kind === 'firing' ? [firingName(vertex.node, vertex.time, vertex.by)] : [];
  });
  const all = new Set(fired);
  return (node, time, name) => all.has(firingName(node, time, handlerName({ kind: 'timer', name })));
}

function firingName(node: string | undefined, time: number, by: string): string {
  return JSON.stringify([node, time, by]);
}

type PacketCause = Extract<HandlerStep['cause'], { kind: 'packet' }>;

/** What a node has to handle, and what comes of it. */
interface Handled {
  readonly occasion: Occasion;
  readonly causes: readonly (string | undefined)[];
  readonly before: LocalId;
  readonly after: LocalId;
  readonly outbox: OutboxId;
}

/** Steps as events, each with what made it happen. They must be taken in order. */
class History {
  private readonly events: NodeEvent[] = [];
  private readonly ids = new RunIds();
  /** Of what is received at a time: in the order in which it was sent, so that it gets the same ids. */
  private received = { time: 0, came: 0, ids: new RunIds() };
  /** The event that sent each message. */
  private readonly senders = new Map<string, string>();
  /** The event that set each timer of each node last. */
  private readonly setters = new Map<string, string>();

  private readonly world: World;

  constructor(
    private readonly evaluator: HandlerEvaluator,
    faults: FaultSet,
    private readonly isCausal: ReturnType<typeof timersIn>,
  ) {
    this.world = concreteWorld(faults);
  }

  of(steps: readonly HandlerStep[]): readonly NodeEvent[] {
    for (const step of steps) for (const handled of this.handledIn(step)) this.take(step, handled);
    return this.events;
  }

  private get calls(): Calls {
    return this.evaluator.calls;
  }

  private handledIn(step: HandlerStep): readonly Handled[] {
    const { node, cause, before, after, outbox } = step;
    if (cause.kind === 'packet') return this.receipts(step, cause);
    const event = this.calls.event(cause.event);
    if (event.kind === 'message') return [];
    // Whatever it does then, the node may be in another state.
    if (event.kind !== 'restart' && !handles(this.calls.handlersOf(node), event.kind)) return [];
    if (event.kind !== 'timer') return [{ occasion: event, causes: [], before, after, outbox }];
    const { name } = event;
    const causal = this.isCausal(this.evaluator.nodes[node], step.time, name);
    const occasion: Occasion = causal ? { ...event, causal } : event;
    return [{ occasion, causes: [this.setters.get(timerName(node, name))], before, after, outbox }];
  }

  /** The messages of a packet are handled one after another. */
  private receipts(
    { node: to, time, before }: HandlerStep,
    { from, sent, packet, came = time }: PacketCause,
  ): readonly Handled[] {
    const { nodes } = this.evaluator;
    if (this.received.time !== time || this.received.came !== came)
      this.received = { time, came, ids: new RunIds() };
    const channel = { from: nodes[from], to: nodes[to], time: sent };
    let local = before;
    return this.calls.outbox(packet).map(({ event }) => {
      const happens = (name: string) => this.world.happens(name, nodes[to], time) !== FALSE;
      const { local: after, outbox } = this.calls.applied(to, local, event, time, happens);
      const message = this.received.ids.message(channel);
      const causes = [this.senders.get(message)];
      const handled: Handled = {
        occasion: { kind: 'receipt', message },
        causes,
        before: local,
        after,
        outbox,
      };
      local = after;
      return handled;
    });
  }

  private take({ node, time }: HandlerStep, { occasion, causes, before, after, outbox }: Handled): void {
    const name = this.evaluator.nodes[node];
    const id = this.ids.event(name, time);
    const known = causes.filter((cause) => cause !== undefined);
    this.events.push({ id, node: name, time, ...occasion, causes: known });
    this.noteSends(node, time, outbox, id);
    this.noteTimers(node, before, after, id);
  }

  private noteSends(from: number, time: number, outbox: OutboxId, id: string): void {
    const { nodes } = this.evaluator;
    for (const { to } of this.calls.outbox(outbox))
      this.senders.set(this.ids.message({ from: nodes[from], to: nodes[to], time }), id);
  }

  private noteTimers(node: number, before: LocalId, after: LocalId, id: string): void {
    if (before === after) return;
    const [old, now] = [before, after].map((local) => this.calls.locals.get(local).timers);
    for (const name of Object.keys(now))
      if (now[name] !== old[name]) this.setters.set(timerName(node, name), id);
  }
}

function timerName(node: number, name: string): string {
  return `${node} ${name}`;
}
