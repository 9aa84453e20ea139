/**
 * One pass of handlers over all timesteps, in which every part of a state carries its own conditions. What happens when is
 * as in the pass over whole states (`../pass.ts`); a handler is called once for each combination of what it asks for.
 */
import { FALSE, TRUE, type Condition } from '../../algebra.js';
import { compareStrings } from '../../order.js';
import type { Steps } from '../../steps.js';
import type { World } from '../../world.js';
import { Mailboxes, type Origin } from '../mailboxes.js';
import type { RunEvent } from '../invoke.js';
import { NodeCells, Update } from './node-cells.js';
import { conditionsOf } from './decision.js';
import { explore, type Exploration } from './paths.js';
import type { CellCalls, CellEffect, CellPacket, WriteGroup } from './cell-calls.js';
import { NOTHING_RECORDED, recordedText, type Recorded } from '../operations/record.js';
import { NOTHING, type ConditionalRecorded } from '../operations/watch.js';
import type { Possibilities } from './cell.js';
import { History } from '../history.js';
import type { Answers, CallQuestion } from './question.js';

/** Messages on their way from one node to another, as alternatives that exclude each other. */
interface CellMail extends Origin {
  readonly alternatives: readonly (readonly [messages: readonly number[], condition: Condition])[];
}

/** What calls leave behind beside cells, and under which conditions. */
class Left {
  readonly sent = new Map<CellPacket, Condition>();
  /** Something, of which no two are so together. */
  readonly recorded = new Map<Recorded, Condition>();
}

export class CellPass {
  private readonly cells: readonly NodeCells[];
  /** When each node is down. */
  private readonly down: Condition[];
  /** When each pauses, at the time that it came to last; and whether any ever may have. */
  private readonly paused: Condition[];
  private readonly mayHavePaused: boolean[];
  /** Of the node whose turn it is, by how many messages may still leave it, that it stops in the midst of that. */
  private stopping: Map<number, Condition> = new Map();
  private readonly mailboxes = new Mailboxes<CellMail>();
  private readonly history: History;
  /** By node, in this timestep. */
  private readonly recorded: (readonly ConditionalRecorded[])[];

  /** @param see is shown what the nodes may be like at the end of each timestep */
  constructor(
    private readonly calls: CellCalls,
    private readonly world: World,
    private readonly eot: number,
    private readonly checkpoint: () => void,
    private readonly see: (
      time: number,
      answers: Answers,
      recorded: readonly (readonly ConditionalRecorded[])[],
    ) => void,
  ) {
    this.cells = calls.nodes.map(() => new NodeCells(world.algebra));
    this.down = calls.nodes.map(() => FALSE);
    this.history = new History(world, calls.nodes);
    this.paused = calls.nodes.map(() => FALSE);
    this.mayHavePaused = calls.nodes.map(() => false);
    this.recorded = calls.nodes.map(() => NOTHING);
  }

  /** Cells of all nodes so far. */
  get cellCount(): number {
    return this.cells.reduce((sum, { count }) => sum + count, 0);
  }

  *steps(): Steps<void> {
    for (const node of this.cells.keys()) this.begin(node);
    for (let time = 1; time <= this.eot; time++) {
      for (const node of this.cells.keys()) yield* this.advance(node, time);
      this.see(time, (question) => this.answers(question, time), this.recorded);
      yield;
    }
  }

  private *advance(node: number, time: number): Steps<void> {
    const { algebra } = this.world;
    const name = this.calls.nodes[node];
    this.recorded[node] = NOTHING;
    this.down[node] = algebra.or(this.down[node], algebra.not(this.world.running(name, time)));
    this.paused[node] = this.world.pauses(name, time);
    if (this.paused[node] !== FALSE) this.mayHavePaused[node] = true;
    const forget = this.interrupt(node, time);
    const active = () => this.active(node);
    if (time === 1) this.start(node, time, 'start', active);
    else this.handle(node, time, { kind: 'tick' }, active());
    this.restart(node, time);
    this.fireTimers(node, time);
    yield;
    for (const mail of this.mailboxes.take(node, time)) {
      this.receive(node, time, mail);
      yield;
    }
    forget();
  }

  /**
   * What a node does in a timestep in whose midst it stops matters to others alone: it stays as it was before.
   *
   * @returns what makes it so, when the node has had its turn
   */
  private interrupt(node: number, time: number): () => void {
    for (const { messages, condition } of this.world.interruptions(this.calls.nodes[node], time))
      this.stop(messages, condition);
    if (this.stopping.size === 0) return () => undefined;
    const stops = this.stops;
    const before = this.cells[node].remember();
    return () => {
      this.cells[node].restore(before, stops);
      this.stopping = new Map();
    };
  }

  /** After so many messages more it stops, under this condition as well. */
  private stop(messages: number, condition: Condition): void {
    const { algebra } = this.world;
    if (messages > 0 && algebra.isPossible(condition))
      this.stopping.set(messages, algebra.or(this.stopping.get(messages) ?? FALSE, condition));
  }

  /** That the node whose turn it is stops in the midst of it, and has not yet. */
  private get stops(): Condition {
    return [...this.stopping.values()].reduce((any, each) => this.world.algebra.or(any, each), FALSE);
  }

  /** The condition that a node does what there is to do. */
  private active(node: number): Condition {
    const { algebra } = this.world;
    const up = algebra.not(this.down[node]);
    const runs = this.paused[node] === FALSE ? up : algebra.and(up, algebra.not(this.paused[node]));
    return this.stopping.size === 0 ? runs : algebra.or(runs, this.stops);
  }

  private begin(node: number): void {
    const update = new Update(this.cells[node], this.world.algebra, 0);
    update.under(TRUE, this.calls.initial(node));
    update.commit();
  }

  /** A node that starts again has forgotten its timers, and all that it did not keep. */
  private restart(node: number, time: number): void {
    const { algebra } = this.world;
    const restarts = algebra.and(this.down[node], this.world.restarts(this.calls.nodes[node], time));
    if (!algebra.isPossible(restarts)) return;
    const update = new Update(this.cells[node], algebra, time);
    const timers = [...this.cells[node].timers.keys()].map(
      (name) => ({ kind: 'timer', name, timesteps: undefined }) as const,
    );
    update.under(restarts, timers);
    this.afterOutage(node, time, restarts, update);
    update.commit();
    this.down[node] = algebra.and(this.down[node], algebra.not(restarts));
    this.start(node, time, 'restart', () => restarts);
  }

  /** What a node is made of its cells before it handles its start again. */
  private afterOutage(node: number, time: number, condition: Condition, update: Update): void {
    const exploration: Exploration<readonly WriteGroup[]> = {
      algebra: this.world.algebra,
      answers: (question) => this.answers(question, time),
      ...this.calls.restoring(node, time),
    };
    const decision = explore(this.calls.restored[node], condition, exploration);
    if (decision === undefined) return;
    const { algebra } = this.world;
    for (const [group, so] of conditionsOf(decision, (groups) => groups, algebra))
      update.under(algebra.and(condition, so), group);
  }

  private fireTimers(node: number, time: number): void {
    const { algebra } = this.world;
    const cells = this.cells[node];
    for (const name of [...cells.timers.keys()].sort(compareStrings)) {
      const due = algebra.and(this.isDue(node, name, time), this.active(node));
      if (!algebra.isPossible(due)) continue;
      const update = new Update(cells, algebra, time);
      update.under(due, [{ kind: 'timer', name, timesteps: undefined }]);
      update.commit();
      this.handle(node, time, { kind: 'timer', name }, due);
    }
  }

  /** Of a node that has paused, a timer may be overdue. */
  private isDue(node: number, name: string, time: number): Condition {
    const timer = this.cells[node].timer(name);
    if (!this.mayHavePaused[node]) return timer.conditionOf(String(time));
    return [...timer.possibilities.values()].reduce(
      (due, { value, condition }) =>
        value !== undefined && (value as number) <= time ? this.world.algebra.or(due, condition) : due,
      FALSE,
    );
  }

  /** What comes to a node that pauses waits for the next timestep. */
  private keepWaiting(node: number, time: number, { alternatives, ...origin }: CellMail): void {
    const { algebra } = this.world;
    const pauses = this.paused[node];
    if (pauses === FALSE) return;
    const waiting = alternatives
      .map(([messages, arrives]) => [messages, algebra.and(arrives, pauses)] as const)
      .filter(([, waits]) => !algebra.isFalse(waits));
    if (waiting.length > 0)
      this.mailboxes.put(node, time + 1, { came: time, ...origin, alternatives: waiting });
  }

  /** Alternatives exclude each other, so that the first messages of all can be handled before the second. */
  private receive(node: number, time: number, mail: CellMail): void {
    const { algebra } = this.world;
    const { alternatives } = mail;
    this.keepWaiting(node, time, mail);
    const longest = Math.max(...alternatives.map(([messages]) => messages.length));
    for (let index = 0; index < longest; index++) {
      const active = this.active(node);
      const conditions = new Map<number, Condition>();
      for (const [messages, arrives] of alternatives) {
        if (index >= messages.length) continue;
        const event = messages[index];
        conditions.set(event, algebra.or(conditions.get(event) ?? FALSE, algebra.and(arrives, active)));
      }
      const update = new Update(this.cells[node], algebra, time);
      const left = new Left();
      for (const [event, condition] of conditions)
        this.apply(node, time, this.calls.messageEvent(event), condition, update, left);
      update.commit();
      this.settle(node, time, left);
    }
  }

  /** @param active the condition that the node does it, which is another when it has sent something */
  private start(node: number, time: number, kind: 'start' | 'restart', active: () => Condition): void {
    this.handle(node, time, { kind }, active());
    if (this.calls.ticksAtStart(node)) this.handle(node, time, { kind: 'tick' }, active());
  }

  private handle(node: number, time: number, event: RunEvent, condition: Condition): void {
    const { algebra } = this.world;
    if (!this.calls.handles(node, event)) return;
    const update = new Update(this.cells[node], algebra, time);
    const left = new Left();
    this.apply(node, time, event, condition, update, left);
    update.commit();
    this.settle(node, time, left);
  }

  private settle(node: number, time: number, { sent, recorded }: Left): void {
    this.post(node, time, sent);
    if (recorded.size > 0) this.recorded[node] = this.recordedAfter(this.recorded[node], recorded);
  }

  /** @param recorded what was recorded last, of which no two are so together */
  private recordedAfter(
    before: readonly ConditionalRecorded[],
    recorded: ReadonlyMap<Recorded, Condition>,
  ): readonly ConditionalRecorded[] {
    const { algebra } = this.world;
    const any = [...recorded.values()].reduce((some, each) => algebra.or(some, each), FALSE);
    const ways = [...recorded, [NOTHING_RECORDED, algebra.not(any)] as const];
    const after = new Map<string, ConditionalRecorded>();
    for (const known of before) {
      for (const [more, so] of ways) {
        const both = algebra.and(known.condition, so);
        if (!algebra.isPossible(both)) continue;
        const all = [...known.recorded, ...more];
        const text = recordedText(all);
        const condition = algebra.or(after.get(text)?.condition ?? FALSE, both);
        after.set(text, { recorded: all, condition });
      }
    }
    return [...after.values()];
  }

  private apply(
    node: number,
    time: number,
    event: RunEvent,
    condition: Condition,
    update: Update,
    { sent, recorded }: Left,
  ): void {
    this.checkpoint();
    const { algebra } = this.world;
    const exploration: Exploration<CellEffect> = {
      algebra,
      answers: (question) => this.answers(question, time),
      ...this.calls.calling(node, time, event),
    };
    const decision = explore(this.calls.branch(node, event), condition, exploration);
    if (decision === undefined) return;
    for (const [group, so] of conditionsOf(decision, ({ writes }) => writes, algebra))
      update.under(algebra.and(condition, so), group);
    for (const [records, so] of conditionsOf(decision, recordsOf, algebra))
      recorded.set(records, algebra.or(recorded.get(records) ?? FALSE, algebra.and(condition, so)));
    const send = (packets: ReadonlyMap<CellPacket, Condition>, under: Condition) => {
      for (const [packet, so] of packets)
        sent.set(packet, algebra.or(sent.get(packet) ?? FALSE, algebra.and(under, so)));
    };
    const goesOn = this.stopping.size === 0 ? condition : algebra.and(condition, algebra.not(this.stops));
    send(
      conditionsOf(decision, ({ packets }) => packets, algebra),
      goesOn,
    );
    this.whileStopping(condition, (left, both) => {
      send(
        conditionsOf(decision, (effect) => this.calls.firstOf(effect, left), algebra),
        both,
      );
      for (const [count, so] of conditionsOf(decision, ({ toOthers }) => [toOthers.length], algebra))
        this.stop(left - count, algebra.and(both, so));
    });
  }

  /** @param act what the node does under a condition, given how many messages may still leave it */
  private whileStopping(condition: Condition, act: (left: number, both: Condition) => void): void {
    const { algebra } = this.world;
    const stopping = [...this.stopping];
    this.stopping = new Map();
    for (const [left, stops] of stopping) {
      this.stop(left, algebra.and(stops, algebra.not(condition)));
      const both = algebra.and(stops, condition);
      if (algebra.isPossible(both)) act(left, both);
    }
  }

  private answers(question: CallQuestion, time: number): Possibilities {
    switch (question.kind) {
      case 'time':
      case 'downSince':
      case 'restarted':
      case 'quiet':
      case 'happened':
        return this.history.answers(question, time);
      case 'crashed':
        return this.either(this.down[question.node]);
      case 'fault':
        return this.either(this.world.happens(question.name, this.calls.nodes[question.node], time));
      case 'observed':
        throw new Error('what is observed of a node is not known before it is looked at');
      case 'content':
      case 'keys':
      case 'length':
      case 'size':
      case 'candidates':
      case 'members':
      case 'count':
      case 'some':
      case 'timer':
        return this.cells[question.node].answers(question, time);
    }
  }

  /** Whether a condition holds. */
  private either(condition: Condition): Possibilities {
    return new Map([
      ['false', { value: false, condition: this.world.algebra.not(condition) }],
      ['true', { value: true, condition }],
    ]);
  }

  private post(from: number, time: number, sent: ReadonlyMap<CellPacket, Condition>): void {
    if (time >= this.eot) return;
    for (const to of this.cells.keys()) {
      const packets = [...sent].filter(([packet]) => packet.to === to);
      if (packets.length > 0) this.dispatch(from, to, time, packets);
    }
  }

  private dispatch(
    from: number,
    to: number,
    sent: number,
    packets: readonly (readonly [CellPacket, Condition])[],
  ): void {
    const { algebra } = this.world;
    const { nodes } = this.calls;
    for (const { time, condition } of this.world.deliveries(nodes[from], nodes[to], sent)) {
      if (time > this.eot) continue;
      const alternatives = packets
        .map(([{ messages }, under]) => [messages, algebra.and(under, condition)] as const)
        .filter(([, under]) => !algebra.isFalse(under));
      if (alternatives.length > 0) this.mailboxes.put(to, time, { from, sent, alternatives });
    }
  }
}

/** What a call records, if it is anything. */
function recordsOf({ recorded }: CellEffect): readonly Recorded[] {
  return recorded.length === 0 ? [] : [recorded];
}
