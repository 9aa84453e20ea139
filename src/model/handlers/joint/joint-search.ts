/**
 * All states that the nodes may be in together, timestep by timestep. Where faults matter at the time at which they
 * happen and at no other, the nodes' states and what is on its way is all that the future depends on, so that fault sets
 * which lead to the same are one from then on. Protocols that do one thing after another have few such states, however
 * many fault sets there are; where nodes wait for many others at once, they multiply, and the search is given up
 * (an explicit-state search, as by Holzmann's Spin, that counts what it merges).
 *
 * Within a timestep the nodes have their turns one after another. What a node was, and what was sent to it, is
 * forgotten as soon as it has had its turn: states that differ in no more than that are one already.
 */
import type { Steps } from '../../steps.js';
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import type { HandlerEvaluator } from '../evaluator.js';
import type { HandlerSpecification } from '../specification.js';
import { JointJudge } from './joint-judge.js';
import { JointStates, type JointArrival, type Stretch } from './joint-states.js';
import { hasStopped, isOut, NodeTurns, situationOf } from './node-turns.js';
import type { Downtime, FaultTrail, StepFaults } from './step-faults.js';

/** What was found of all runs. */
export interface JointFindings {
  /** The properties that ask something of the run without faults. */
  readonly asked: ReadonlySet<string>;
  /** By how many fault sets some property is violated, and how many faults the fewest are. */
  readonly violating: bigint;
  readonly fewest: number | undefined;
  /** All fault sets. */
  readonly ways: bigint;
}

const BEGINNING: JointArrival = { ways: 1n, fewest: 0, trail: undefined };
const NO_FAULTS: Stretch = { ways: 1n, faults: [], cost: 0 };

/** What belongs to a part of what was sent, by the place of the node that it is about. */
const PARTS = {
  to: (to: number, node: number) => to === node,
  after: (to: number, node: number) => to > node,
  others: (to: number, node: number) => to !== node,
} as const;

/** Turns between two looks at whether to go on. */
const TURNS_AT_ONCE = 500;

export class JointSearch {
  /** Turns of nodes so far, of all states. */
  turns = 0;
  /** Those of all timesteps but the one that it has come to. */
  turnsBefore = 0;
  /** The fewest faults that lead to the state that is looked at. */
  trail: FaultTrail | undefined;
  private readonly judge: JointJudge;
  private states: JointStates;
  /** How many of the fault sets so far violate some property. */
  violating = 0n;
  private fewest: number | undefined;
  /** By node, and by what it is a part of. */
  private readonly parts: Readonly<Record<keyof typeof PARTS, (OutboxId | undefined)[][]>> = {
    to: [],
    after: [],
    others: [],
  };

  /** @param faults all that there are */
  constructor(
    private readonly evaluator: HandlerEvaluator,
    specification: HandlerSpecification,
    private readonly faults: StepFaults,
  ) {
    this.judge = new JointJudge(evaluator, specification, faults);
    this.states = new JointStates(this.width);
  }

  /** Of each node its situation, what it sent before that is not handled yet, and what it sent now; and how many outages. */
  private get width(): number {
    return 3 * this.evaluator.nodes.length + 1;
  }

  /** Undefined where a property asks for more than the nodes show. @throws HandlerError */
  *steps(): Steps<JointFindings | undefined> {
    const { nodes, eot, calls } = this.evaluator;
    const row = new Int32Array(this.width);
    for (const node of nodes.keys()) row[node] = situationOf(calls.initial(node), false, false);
    this.states.add(row, BEGINNING, NO_FAULTS);
    for (let time = 1; time <= eot; time++) {
      this.turnsBefore = this.turns;
      for (const node of nodes.keys()) yield* this.take(node, time);
      if (!this.look(time)) return undefined;
    }
    const { violating, fewest } = this;
    return { asked: this.judge.asked, violating, fewest, ways: this.waysLeft(eot) + violating };
  }

  /** The ways that lead to no violation up to a time, to their ends. */
  private waysLeft(time: number): bigint {
    const { states } = this;
    const row = new Int32Array(this.width);
    let left = 0n;
    for (let number = 0; number < states.size; number++) {
      states.read(number, row);
      left += states.arrivalAt(number).ways * this.faults.waysAfter(time, this.downtimeIn(row));
    }
    return left;
  }

  /** One node has its turn, in all states. */
  private *take(node: number, time: number): Steps<void> {
    const { states } = this;
    const { nodes, eot, calls, visited } = this.evaluator;
    const next = new JointStates(this.width);
    const turns = new NodeTurns(calls, this.faults, node, time, visited[node]);
    const row = new Int32Array(this.width);
    const input = new Int32Array(1 + nodes.length);
    for (let number = 0; number < states.size; number++) {
      states.read(number, row);
      const arrival = states.arrivalAt(number);
      this.trail = arrival.trail;
      const { stopped, outages } = this.downtimeIn(row);
      this.forget(row, node, input);
      for (const turn of turns.of(input)) {
        if (turn.stops && stopped >= this.faults.mostStopped) continue;
        if (turn.goesOut && outages >= this.faults.mostOutages) continue;
        row[3 * nodes.length] = outages + Number(turn.goesOut);
        row[node] = turn.situation;
        row[2 * nodes.length + node] = time < eot ? turn.outbox : NOTHING_SENT;
        next.add(row, arrival, turn);
        if (++this.turns % TURNS_AT_ONCE === 0) yield;
      }
    }
    this.states = next;
  }

  /** Takes a node's situation, and what was sent to it, out of a state. */
  private forget(row: Int32Array, node: number, input: Int32Array): void {
    const { nodes } = this.evaluator;
    input[0] = row[node];
    for (let from = 0; from < nodes.length; from++) {
      const outbox = row[nodes.length + from];
      input[1 + from] = outbox === NOTHING_SENT ? NOTHING_SENT : this.part(outbox, node, 'to');
      if (outbox !== NOTHING_SENT) row[nodes.length + from] = this.part(outbox, node, 'after');
    }
  }

  /** What was sent to a node, to those after it, or to all others. */
  private part(outbox: OutboxId, node: number, which: keyof typeof PARTS): OutboxId {
    const parts = (this.parts[which][node] ??= []);
    let part = parts[outbox];
    if (part === undefined) {
      const { calls } = this.evaluator;
      const messages = calls.outbox(outbox).filter(({ to }) => PARTS[which](to, node));
      parts[outbox] = part = calls.outboxId(messages);
    }
    return part;
  }

  /** Judges all states at the end of a timestep, and keeps those that violate nothing; false where that is not known. */
  private look(time: number): boolean {
    const { states } = this;
    const { nodes } = this.evaluator;
    const next = new JointStates(this.width);
    const row = new Int32Array(this.width);
    for (let number = 0; number < states.size; number++) {
      states.read(number, row);
      const arrival = states.arrivalAt(number);
      this.trail = arrival.trail;
      const judgement = this.judge.judge(row, time, arrival.fewest === 0);
      if (judgement === 'unknown') return false;
      if (judgement === 'violated') {
        this.violating += arrival.ways * this.faults.waysAfter(time, this.downtimeIn(row));
        this.fewest = Math.min(this.fewest ?? Infinity, arrival.fewest);
        continue;
      }
      // What was sent now is what was sent before from now on.
      row.copyWithin(nodes.length, 2 * nodes.length, 3 * nodes.length);
      row.fill(NOTHING_SENT, 2 * nodes.length, 3 * nodes.length);
      this.settle(row, time);
      next.add(row, arrival, NO_FAULTS);
    }
    this.states = next;
    return true;
  }

  /** Of what has stopped it matters what it shows, and no more; what is sent to it does not matter. */
  private settle(row: Int32Array, time: number): void {
    const { nodes } = this.evaluator;
    for (let node = 0; node < nodes.length; node++) {
      if (!hasStopped(row[node])) continue;
      row[node] = this.judge.alike(node, row[node], time);
      for (let from = nodes.length; from < 2 * nodes.length; from++)
        if (row[from] !== NOTHING_SENT) row[from] = this.part(row[from], node, 'others');
    }
  }

  private downtimeIn(row: Int32Array): Downtime {
    const { length } = this.evaluator.nodes;
    let stopped = 0;
    let out = 0;
    for (let node = 0; node < length; node++) {
      stopped += Number(hasStopped(row[node]));
      out += Number(isOut(row[node]));
    }
    return { stopped, out, outages: row[3 * length] };
  }
}
