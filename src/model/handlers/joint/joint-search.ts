/**
 * All states that the nodes may be in together, timestep by timestep. Where faults matter at the time at which they
 * happen and at no other, the nodes' states and what is on its way is all that the future depends on, so that fault sets
 * which lead to the same are one from then on. Protocols that do one thing after another have few such states, however
 * many fault sets there are; where nodes wait for many others at once, they multiply, and the search is given up
 * (an explicit-state search, as by Holzmann's Spin, that counts what it merges).
 *
 * Of a node, what may become of it next is all that is kept between two timesteps: what it knows, and what was sent to
 * it, matters by that alone. Within a timestep the nodes have their turns one after another. What a node was is forgotten
 * as soon as it has had its turn: states that differ in no more than that are one already.
 */
import type { Steps } from '../../steps.js';
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import type { HandlerEvaluator } from '../evaluator.js';
import type { HandlerSpecification } from '../specification.js';
import { JointJudge } from './joint-judge.js';
import { JointStates, type JointArrival, type Stretch } from './joint-states.js';
import { hasStopped, isOut, NodeTurns, situationOf, type Situation } from './node-turns.js';
import { RowTable } from './row-table.js';
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

/** Turns, or states, between two looks at whether to go on. */
const AT_ONCE = 500;

export class JointSearch {
  /** Turns of nodes so far, of all states. */
  turns = 0;
  /** Those of all timesteps but the one that it has come to. */
  turnsBefore = 0;
  /** The fewest faults that lead to the state that is looked at. */
  trail: FaultTrail | undefined;
  /** How many of the fault sets so far violate some property. */
  violating = 0n;
  private fewest: number | undefined;
  /** How many never do. */
  private others = 0n;
  private readonly judge: JointJudge;
  /** By node, what may become of it at the time that is next; a state has the number of its prospect among these. */
  private next: readonly NodeTurns[];
  private states: JointStates;
  /** What nodes came to: a situation, and what was sent. A state has their numbers where nodes have had their turns. */
  private readonly ends = new RowTable(2);
  private readonly end = new Int32Array(2);
  /** By node and what it is a part of, what was sent to it. */
  private readonly packets: readonly (OutboxId | undefined)[][];
  private readonly size: number;

  /** @param faults all that there are */
  constructor(
    private readonly evaluator: HandlerEvaluator,
    specification: HandlerSpecification,
    private readonly faults: StepFaults,
  ) {
    this.judge = new JointJudge(evaluator, specification, faults);
    this.size = evaluator.nodes.length;
    this.packets = evaluator.nodes.map(() => []);
    this.next = this.turnsAt(1);
    this.states = this.noStates();
  }

  /** One number for each node; and how many outages there were, and how many nodes stopped for good. */
  private noStates(): JointStates {
    return new JointStates(this.size + 2);
  }

  private turnsAt(time: number): readonly NodeTurns[] {
    const { nodes, calls, visited, eot } = this.evaluator;
    return [...nodes.keys()].map(
      (node) =>
        new NodeTurns(calls, this.faults, { node, time, isLast: time === eot }, visited[node], this.ends),
    );
  }

  /** Undefined where a property asks for more than the nodes show. @throws HandlerError */
  *steps(): Steps<JointFindings | undefined> {
    const { eot, calls } = this.evaluator;
    const situations = Int32Array.from(this.packets, (_, node) =>
      situationOf(calls.initial(node), false, false),
    );
    const row = new Int32Array(this.size + 2);
    this.foresee(row, situations, new Int32Array(this.size));
    this.states.add(row, BEGINNING, NO_FAULTS);
    for (let time = 1; time <= eot; time++) {
      this.turnsBefore = this.turns;
      for (const turns of this.next) yield* this.take(turns);
      this.next = time < eot ? this.turnsAt(time + 1) : [];
      if (!(yield* this.look(time))) return undefined;
    }
    const { violating, fewest, others } = this;
    return { asked: this.judge.asked, violating, fewest, ways: others + violating };
  }

  /** One node has its turn, in all states. */
  private *take(turns: NodeTurns): Steps<void> {
    const { states, size, faults } = this;
    const next = this.noStates();
    const row = new Int32Array(size + 2);
    for (let number = 0; number < states.size; number++) {
      states.read(number, row);
      const arrival = states.arrivalAt(number);
      const outages = row[size];
      const stopped = row[size + 1];
      for (const turn of turns.prospect(row[turns.node])) {
        if (turn.stops && stopped >= faults.mostStopped) continue;
        if (turn.goesOut && outages >= faults.mostOutages) continue;
        row[turns.node] = turn.end;
        row[size] = outages + Number(turn.goesOut);
        row[size + 1] = stopped + Number(turn.stops);
        next.add(row, arrival, turn);
        if (++this.turns % AT_ONCE === 0) yield;
      }
    }
    this.states = next;
  }

  /**
   * Judges all states at the end of a timestep, and looks what may become of those that violate nothing; false where that
   * is not known.
   */
  private *look(time: number): Steps<boolean> {
    const { states, size } = this;
    const next = this.noStates();
    const row = new Int32Array(size + 2);
    const situations = new Int32Array(size);
    const outboxes = new Int32Array(size);
    for (let number = 0; number < states.size; number++) {
      states.read(number, row);
      this.readEnds(row, situations, outboxes);
      const arrival = states.arrivalAt(number);
      this.trail = arrival.trail;
      const judgement = this.judge.judge(situations, time, arrival.fewest === 0);
      if (judgement === 'unknown') return false;
      if (judgement === 'violated') {
        this.violating += arrival.ways * this.faults.waysAfter(time, downtimeOf(row, situations));
        this.fewest = Math.min(this.fewest ?? Infinity, arrival.fewest);
      } else if (this.next.length === 0)
        this.others += arrival.ways * this.faults.waysAfter(time, downtimeOf(row, situations));
      else {
        this.settle(situations, time);
        this.foresee(row, situations, outboxes);
        next.add(row, arrival, NO_FAULTS);
      }
      if (number % AT_ONCE === 0) yield;
    }
    this.states = next;
    return true;
  }

  private readEnds(row: Int32Array, situations: Int32Array, outboxes: Int32Array): void {
    for (let node = 0; node < this.size; node++) {
      this.ends.read(row[node], this.end);
      [situations[node], outboxes[node]] = this.end;
    }
  }

  /** Of what has stopped for good it matters what it shows, and no more. */
  private settle(situations: Int32Array, time: number): void {
    for (let node = 0; node < this.size; node++)
      if (hasStopped(situations[node])) situations[node] = this.judge.alike(node, situations[node], time);
  }

  /** Puts into a state what may become of each node. */
  private foresee(row: Int32Array, situations: ArrayLike<Situation>, outboxes: ArrayLike<OutboxId>): void {
    const input = new Int32Array(1 + this.size);
    for (const [node, turns] of this.next.entries()) {
      input[0] = situations[node];
      for (let from = 0; from < this.size; from++) input[1 + from] = this.packetTo(node, outboxes[from]);
      row[node] = turns.prospectOf(input);
    }
  }

  /** Of what was sent, what was sent to a node. */
  private packetTo(node: number, outbox: OutboxId): OutboxId {
    if (outbox === NOTHING_SENT) return NOTHING_SENT;
    const { calls } = this.evaluator;
    return (this.packets[node][outbox] ??= calls.outboxId(
      calls.outbox(outbox).filter(({ to }) => to === node),
    ));
  }
}

function downtimeOf(row: Int32Array, situations: Int32Array): Downtime {
  const out = situations.reduce((count, situation) => count + Number(isOut(situation)), 0);
  return { outages: row[situations.length], stopped: row[situations.length + 1], out };
}
