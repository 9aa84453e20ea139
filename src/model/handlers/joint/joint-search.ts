/**
 * All states that the nodes may be in together, timestep by timestep. Where faults matter at the time at which they
 * happen and at no other, the nodes' states and what is on its way is all that the future depends on, so that fault sets
 * which lead to the same are one from then on. Protocols that do one thing after another have few such states, however
 * many fault sets there are; where nodes wait for many others at once, they multiply, and the search is given up
 * (an explicit-state search, as by Holzmann's Spin, that counts what it merges).
 *
 * Within a timestep the nodes have their turns one after another, and what a node sends is handled by each receiver at once.
 * Of a node that has had its turn no more is kept than what may become of it next (`Outlooks`), and of one that has not,
 * whatever may become of it now, each with that (`Prospects`); so that states are one as soon as nothing tells them apart any
 * more. Both are worked out for each node by itself, and the walk through the states of all nodes looks up numbers, and adds.
 */
import type { Steps } from '../../steps.js';
import { NOTHING_SENT, type OutboxId } from '../calls.js';
import type { HandlerEvaluator } from '../evaluator.js';
import type { HandlerSpecification } from '../specification.js';
import { Effort } from './effort.js';
import { FaultsInMind } from './faults-in-mind.js';
import { JointJudge } from './joint-judge.js';
import type { JointSetting } from './joint-setting.js';
import { JointStates, type Stretch } from './joint-states.js';
import { JointTurn, type SentInTurn } from './joint-turn.js';
import { Losses } from './losses.js';
import { factorOf } from './naturals.js';
import { Outlooks } from './outlooks.js';
import { Prospects, type ProspectId } from './prospects.js';
import { Receptions } from './receptions.js';
import { situationOf } from './situations.js';
import type { Downtime, FaultTrail, StepFaults } from './step-faults.js';
import { Tally } from './tally.js';
import { continued, NO_FAULTS_YET, Trails } from './trails.js';

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

const NOTHING_MORE: Stretch = { factor: factorOf(1n), faults: [], cost: 0 };

/** Turns, or states, between two looks at whether to go on. */
const AT_ONCE = 500;

/** What may become of each node at one time. */
interface JointStep {
  readonly time: number;
  /** By node. */
  readonly outlooks: readonly Outlooks[];
  readonly prospects: readonly Prospects[];
}

export class JointSearch {
  /** The `turns` of all timesteps but the one that it has come to. */
  turnsBefore = 0;
  /** Turns of nodes so far, of all states. */
  private taken = 0;
  private turnsAtYield = 0;
  private readonly effort = new Effort();
  /** How many of the fault sets so far violate some property. */
  violating = 0n;
  private fewest: number | undefined;
  /** How many never do. */
  private others = 0n;
  private readonly judge: JointJudge;
  private readonly setting: JointSetting;
  private readonly trails = new Trails();
  /** Of the state that is looked at. */
  private trailId = NO_FAULTS_YET;
  private turn: JointTurn | undefined;
  private readonly inMind = new FaultsInMind();
  private states: JointStates;
  /** Where those are put that come of them. */
  private next: JointStates;
  /** By node and what it is a part of, what was sent to it. */
  private readonly packets: readonly (OutboxId | undefined)[][];
  private readonly size: number;
  /** All fault sets. */
  private readonly most: bigint;

  /** @param faults all that there are */
  constructor(
    private readonly evaluator: HandlerEvaluator,
    specification: HandlerSpecification,
    private readonly faults: StepFaults,
  ) {
    const { nodes, calls, visited, eot } = evaluator;
    const { inMind, effort } = this;
    this.judge = new JointJudge(evaluator, specification, faults);
    this.setting = {
      calls,
      faults,
      judge: this.judge,
      losses: new Losses(),
      inMind,
      effort,
      eot,
      visited,
    };
    this.size = nodes.length;
    this.most = faults.waysAfter(0, { stopped: 0, out: 0, outages: 0 });
    this.packets = nodes.map(() => []);
    this.states = new JointStates(this.newRow().length, this.most);
    this.next = new JointStates(this.newRow().length, this.most);
  }

  /** Turns of nodes so far, of all states, and whatever else may come of single nodes. */
  get turns(): number {
    return this.taken + this.effort.alternatives;
  }

  private isTimeToYield(): boolean {
    if (this.turns < this.turnsAtYield + AT_ONCE) return false;
    this.turnsAtYield = this.turns;
    return true;
  }

  /** The fewest faults that lead to what is looked at. */
  get trail(): FaultTrail | undefined {
    const faults = [...(this.turn?.faults ?? []), ...this.inMind.all];
    return continued(this.trails.faultsOf(this.trailId), faults);
  }

  /** Undefined where a property asks for more than the nodes show. @throws HandlerError */
  *steps(): Steps<JointFindings | undefined> {
    const { eot } = this.evaluator;
    let step = this.begin();
    for (let time = 1; time <= eot; time++) {
      this.turnsBefore = this.turns;
      for (let node = 0; node < this.size; node++) yield* this.take(node, step);
      const next = time < eot ? this.stepAt(time + 1) : undefined;
      if (!(yield* this.look(step, next))) return undefined;
      step = next ?? step;
    }
    const { violating, fewest, others } = this;
    return {
      asked: this.judge.asked,
      violating,
      fewest,
      ways: others + violating,
    };
  }

  private begin(): JointStep {
    const { calls } = this.evaluator;
    const before = this.stepAt(0);
    const first = this.stepAt(1);
    const row = this.newRow();
    before.outlooks.forEach((outlooks, node) => {
      const outlook = outlooks.of(situationOf(calls.initial(node), false, false));
      row[node] = first.prospects[node].after(outlooks, outlook);
    });
    this.states.begin(row);
    return first;
  }

  private stepAt(time: number): JointStep {
    const outlooks = this.evaluator.nodes.map((_, node) => new Outlooks(this.setting, { node, time }));
    const prospects = outlooks.map((each, node) => new Prospects(this.setting, { node, time }, each));
    return { time, outlooks, prospects };
  }

  /** One number for each node; how many outages there were, how many nodes stopped for good, and how many are out. */
  private newRow(): Int32Array {
    return new Int32Array(this.size + 3);
  }

  /** One node has its turn, in all states. */
  private *take(node: number, { outlooks, prospects }: JointStep): Steps<void> {
    const { states, next, size, faults } = this;
    const [outages, stopped, out] = [size, size + 1, size + 2];
    const receptions = new Receptions([...outlooks.slice(0, node + 1), ...prospects.slice(node + 1)], node);
    const sendings: SentInTurn[] = [];
    const turns: (readonly JointTurn[])[] = [];
    const turnsOf = (prospect: ProspectId) =>
      prospects[node].get(prospect).map((one) => {
        const sending = (sendings[one.outbox] ??= this.sendingOf(node, one.outbox, receptions));
        return new JointTurn(one, outlooks[node], sending);
      });
    const before = this.newRow();
    const row = this.newRow();
    next.clear();
    for (let number = 0; number < states.size; number++) {
      states.read(number, before);
      this.trailId = states.trailAt(number);
      const prospect = before[node];
      for (const turn of (turns[prospect] ??= turnsOf(prospect))) {
        if (turn.stops && before[stopped] >= faults.mostStopped) continue;
        if (turn.goesOut && before[outages] >= faults.mostOutages) continue;
        this.turn = turn;
        row.set(before);
        row[node] = turn.outlook;
        for (const each of turn.received) row[each.to] = each.by(before[each.to]);
        if (turn.goesOut) row[outages]++;
        if (turn.stops) row[stopped]++;
        if (turn.out) row[out]++;
        next.add(row, states, number, turn, this.trails);
        this.taken++;
        if (this.isTimeToYield()) yield;
      }
      this.turn = undefined;
    }
    this.states = next;
    this.next = states;
  }

  private sendingOf(from: number, outbox: OutboxId, receptions: Receptions): SentInTurn {
    const others = [...this.packets.keys()].filter((to) => to !== from);
    return {
      from,
      own: this.packetTo(from, outbox),
      received: others
        .filter((to) => this.packetTo(to, outbox) !== NOTHING_SENT)
        .map((to) => receptions.of(this.packetTo(to, outbox), to)),
    };
  }

  /** Of what was sent, what was sent to a node. */
  private packetTo(node: number, outbox: OutboxId): OutboxId {
    if (outbox === NOTHING_SENT) return NOTHING_SENT;
    const { calls } = this.evaluator;
    return (this.packets[node][outbox] ??= calls.outboxId(
      calls.outbox(outbox).filter(({ to }) => to === node),
    ));
  }

  /**
   * Judges all states at the end of a timestep, and looks what may become of those that violate nothing; false where that
   * is not known.
   *
   * @param later undefined where nothing is
   */
  private *look(step: JointStep, later: JointStep | undefined): Steps<boolean> {
    const { states, next, faults } = this;
    const { time } = step;
    const violating = new Tally(this.most);
    const others = new Tally(this.most);
    const before = this.newRow();
    const row = this.newRow();
    const views = new Int32Array(this.size);
    next.clear();
    for (let number = 0; number < states.size; number++) {
      states.read(number, before);
      this.trailId = states.trailAt(number);
      for (let node = 0; node < this.size; node++) views[node] = step.outlooks[node].view(before[node]);
      const fewest = states.fewestAt(number);
      const judgement = this.judge.judge(views, time, fewest === 0);
      if (judgement === 'unknown') return false;
      if (judgement === 'violated') {
        violating.add(states, number, this.downtimeOf(before));
        this.fewest = Math.min(this.fewest ?? Infinity, fewest);
      } else if (later === undefined) others.add(states, number, this.downtimeOf(before));
      else {
        this.foresee(before, row, step, later);
        next.add(row, states, number, NOTHING_MORE, this.trails);
      }
      if (number % AT_ONCE === 0) yield;
    }
    const waysAfter = (downtime: Downtime) => faults.waysAfter(time, downtime);
    this.violating += violating.total(waysAfter);
    this.others += others.total(waysAfter);
    this.states = next;
    this.next = states;
    return true;
  }

  /** Puts into a state what may become of each node. */
  private foresee(
    before: Int32Array,
    row: Int32Array,
    { outlooks }: JointStep,
    { prospects }: JointStep,
  ): void {
    const { size } = this;
    for (let node = 0; node < size; node++) row[node] = prospects[node].after(outlooks[node], before[node]);
    row[size] = before[size];
    row[size + 1] = before[size + 1];
    row[size + 2] = 0;
  }

  private downtimeOf(row: Int32Array): Downtime {
    return {
      outages: row[this.size],
      stopped: row[this.size + 1],
      out: row[this.size + 2],
    };
  }
}
