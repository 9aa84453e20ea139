/** One pass of a program over all timesteps. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import { constantsOf, positivesOf, rulesOf } from '../walk.js';
import { headTimes } from '../times.js';
import { CRASH, type Rule, type Stratum, type Tuple } from '../program.js';
import type { Steps } from '../../steps.js';
import type { Delivery, World } from '../../world.js';
import { Aggregation } from './aggregate.js';
import { Changes } from './changes.js';
import { Channels } from './channels.js';
import { senderToOther, type Derivation, type SentDerivation } from './derivation.js';
import type { ConditionalFact, Evaluation, RunOptions } from './evaluation.js';
import { EvaluationError, TooManyTuples } from './errors.js';
import type { Extent } from './extent.js';
import { Extents } from './extents.js';
import { premisesOf, type FiringPremise } from './firing.js';
import { placeGiven } from './given.js';
import { HeldMessages, type ReleasedMessage } from './held-messages.js';
import { Join, type Match } from './join.js';
import type { JoinPlan, RelationStore } from './plan.js';
import type { PreparedProgram } from './prepared.js';
import { NONE, type RowId } from './tuples.js';
import type { ValueId } from './values.js';

/** The default of {@link RunOptions.tupleLimit}. */
const TUPLE_LIMIT = 500_000;

/** Firings between two checkpoints. */
const CHECKPOINT_INTERVAL = 1 << 13;

/**
 * Changes of a row in one timestep that recursion makes without asking whether there is anything new in them. Most
 * facts that recursion derives are derived in few ways, and then it never asks.
 */
const CHANGES_UNASKED = 4;

export class RulePass implements Evaluation {
  firings = 0;
  private readonly extents: Extents;
  private readonly join: Join;
  private readonly channels: Channels;
  private readonly algebra: Algebra;
  private readonly tupleLimit: number;
  private untilCheckpoint = CHECKPOINT_INTERVAL;
  /** Of the timestep that comes to its end. */
  private readonly held: HeldMessages;

  constructor(
    private readonly prepared: PreparedProgram,
    private readonly world: World,
    private readonly options: RunOptions,
  ) {
    this.algebra = world.algebra;
    this.tupleLimit = options.tupleLimit ?? TUPLE_LIMIT;
    this.extents = new Extents(prepared.relations.length);
    this.channels = new Channels(world, prepared.values, prepared.nodes.length);
    this.held = new HeldMessages(prepared, world, this.channels);
    this.join = new Join({
      algebra: world.algebra,
      values: prepared.values,
      extent: (relation, time) => this.extents.at(relation, time),
    });
  }

  /** Yields after every timestep. */
  *steps(): Steps<this> {
    const { eot, checked } = this.prepared;
    const rules = rulesOf(checked.program);
    const carried = rules.filter((rule) => rule.timing !== 'deductive');
    placeGiven(this.extents, this.prepared, this.world);
    for (let time = 1; time <= eot; time++) {
      this.options.checkpoint?.(time, this.firings);
      for (const stratum of checked.strataAt(time)) this.deduce(stratum, time);
      if (time < eot) this.proceed(carried, time);
      yield;
    }
    return this;
  }

  get facts(): number {
    return this.extents.facts;
  }

  condition(relation: string, tuple: Tuple, time: number): Condition {
    const store = this.prepared.find(relation);
    const extent = store && this.extents.at(store, time);
    if (extent === undefined) return FALSE;
    const row = extent.tuples.find(tuple.map((value) => this.prepared.values.id(value)));
    return row === NONE ? FALSE : extent.condition(row);
  }

  factsOf(relation: string, time: number): readonly ConditionalFact[] {
    const store = this.prepared.find(relation);
    const extent = store && this.extents.at(store, time);
    if (extent === undefined) return [];
    return extent.rows.map((row) => ({
      tuple: this.prepared.tuple(store!, row),
      condition: extent.condition(row),
    }));
  }

  extent(relation: RelationStore, time: number): Extent | undefined {
    return this.extents.at(relation, time);
  }

  matchesWithoutAbsences(rule: Rule, time: number, visit: (match: Match) => void): void {
    this.join.run(this.prepared.plan(rule), time, visit, { ignoreAbsences: true });
  }

  /** Gives the next timestep what it inherits. */
  private proceed(carried: readonly Rule[], time: number): void {
    this.prune(time);
    for (const rule of carried) if (this.isDerived(rule, time)) this.fire(rule, time);
    for (const released of this.held.release(time)) this.depart(released, time);
  }

  /** Drops what can hold under no admissible fault set. Any crash may happen. */
  private prune(time: number): void {
    for (const relation of this.prepared.relations) {
      if (relation.name !== CRASH) this.extents.at(relation, time)?.prune(this.algebra);
    }
  }

  /** Whether anything is wanted of what a rule derives from premises at a time. */
  private isDerived(rule: Rule, time: number): boolean {
    return headTimes(rule, time, this.prepared.longestDelay).some((each) =>
      this.prepared.isDerived(rule.head.relation, each),
    );
  }

  private deduce(stratum: Stratum, time: number): void {
    const rules = stratum.rules.filter((rule) => this.isDerived(rule, time));
    if (!stratum.recursive) for (const rule of rules) this.fire(rule, time);
    else this.saturate(rules, new Set(stratum.relations), time);
  }

  /** Semi-naive evaluation: after the first round, a firing needs a premise that the last round changed. */
  private saturate(rules: readonly Rule[], recursive: ReadonlySet<string>, time: number): void {
    const changes = new Changes();
    for (const rule of rules) this.fire(rule, time, changes);
    while (changes.turn()) {
      for (const rule of rules) {
        positivesOf(rule).forEach((atom, position) => {
          if (!recursive.has(atom.relation) || (atom.time ?? time) !== time) return;
          const rows = changes.rows(this.prepared.relation(atom.relation));
          if (rows.length > 0) this.fire(rule, time, changes, { position, rows });
        });
      }
    }
  }

  private fire(
    rule: Rule,
    time: number,
    changes?: Changes,
    delta?: { position: number; rows: readonly RowId[] },
  ): void {
    const plan = this.prepared.plan(rule, delta?.position);
    if (plan.isFrame && this.options.onFiring === undefined) {
      this.carry(plan.head, time);
      return;
    }
    if (plan.output.kind === 'aggregate') {
      this.fireAggregate(plan, time, changes);
      return;
    }
    const { columns } = plan.output;
    const tuple = new Int32Array(columns.length);
    const visit = (match: Match) => {
      for (let i = 0; i < tuple.length; i++) tuple[i] = match.value(columns[i]);
      const premises = this.options.onFiring && premisesOf(match);
      const sender = plan.sender && match.value(plan.sender);
      this.derive({ plan, time, tuple, sender, condition: match.condition, premises }, changes);
    };
    this.join.run(plan, time, visit, {
      delta: delta?.rows,
      passesOverErrors: this.passesOverErrors(plan, time),
    });
  }

  /** Fires a frame for every fact of a relation at once. */
  private carry(relation: RelationStore, time: number): void {
    const extent = this.extents.at(relation, time);
    if (extent === undefined) return;
    const next = this.extents.at(relation, time + 1);
    if (next === undefined) this.extents.place(relation, time + 1, extent.copy());
    else next.addAll(extent, this.algebra);
    this.count(time, extent.rows.length);
  }

  private fireAggregate(plan: JoinPlan, time: number, changes?: Changes): void {
    const { values } = this.prepared;
    const { onFiring } = this.options;
    const passesOverErrors = this.passesOverErrors(plan, time);
    const { algebra, tupleLimit } = this;
    const aggregation = new Aggregation(plan, { algebra, values, passesOverErrors, tupleLimit }, time);
    const premises: FiringPremise[][] = [];
    const visit = (match: Match) => {
      const contributor = aggregation.add(match);
      if (onFiring) (premises[contributor] ??= []).push(...premisesOf(match));
    };
    this.join.run(plan, time, visit, { passesOverErrors });
    aggregation.finish(({ tuple, sender, condition, contributors }) => {
      const lineage = onFiring && contributors.flatMap((number) => premises[number]);
      this.derive({ plan, time, tuple, sender, condition, premises: lineage }, changes);
    });
  }

  /** Takes in one firing; `changes` are gathered in recursive strata only. */
  private derive(derivation: Derivation, changes?: Changes): void {
    const { plan, time, tuple } = derivation;
    this.count(time);
    if (!this.hasEnds(derivation)) return;
    const row = plan.head.tuples.intern(tuple);
    if (derivation.sender === undefined) {
      const headTime = plan.rule.timing === 'deductive' ? time : time + 1;
      this.take(derivation, row, { time: headTime, condition: TRUE }, changes);
      return;
    }
    const from = senderToOther(derivation);
    if (from !== undefined && this.channels.interruptions(from, time).length > 0) {
      this.held.hold({ ...derivation, tuple: Int32Array.from(tuple), sender: from }, row);
      return;
    }
    if (from !== undefined)
      this.options.onMessage?.({ relation: plan.head, row, time, from: this.node(from) });
    this.deliver({ ...derivation, sender: derivation.sender }, row);
  }

  private deliver(derivation: SentDerivation, row: RowId): void {
    const { plan, time, tuple, sender } = derivation;
    for (const delivery of this.channels.deliveries(sender, tuple[0], time))
      if (this.prepared.isDerived(plan.head.name, delivery.time)) this.take(derivation, row, delivery);
  }

  /** Lets a message go as far as its node gets. */
  private depart({ sender, row, derivations, leaving }: ReleasedMessage, time: number): void {
    const [{ plan }] = derivations;
    this.options.onMessage?.({
      relation: plan.head,
      row,
      time,
      from: this.node(sender),
      ...(leaving === FALSE && { kept: true }),
    });
    for (const derivation of derivations) {
      const condition = this.algebra.and(derivation.condition, leaving);
      this.deliver({ ...derivation, condition }, row);
    }
  }

  /** Takes in what a firing derives for a time, if it comes to that. */
  private take(derivation: Derivation, row: RowId, { time, condition }: Delivery, changes?: Changes): void {
    const both = this.algebra.and(derivation.condition, condition);
    if (both === FALSE) return;
    this.tell(derivation, row, time);
    this.hold(derivation.plan, row, time, both, changes);
  }

  /**
   * False for a message without a node at one of its ends that no admissible run sends, or on which nothing depends.
   *
   * @throws EvaluationError where some admissible run does
   */
  private hasEnds({ plan, time, tuple, sender, condition }: Derivation): boolean {
    if (sender === undefined) return true;
    const end = !this.channels.isNode(sender)
      ? 'sender'
      : !this.channels.isNode(tuple[0])
        ? 'destination'
        : undefined;
    if (end === undefined) return true;
    if (this.passesOverErrors(plan, time) || !this.algebra.isPossible(condition)) return false;
    const { values, nodes, checked } = this.prepared;
    const value = values.value(end === 'sender' ? sender : tuple[0]);
    const written = constantsOf(checked.program).find((constant) => constant.value === value)?.span;
    const { relation, span } = plan.rule.head;
    throw new EvaluationError({ kind: 'missing node', relation, end, value, nodes, written }, span, time);
  }

  /** What has no value among facts on which nothing depends keeps no run from its outcome. */
  private passesOverErrors({ rule }: JoinPlan, time: number): boolean {
    return !headTimes(rule, time, this.prepared.longestDelay).some((each) =>
      this.prepared.matters(rule.head.relation, each),
    );
  }

  /** @throws TooManyTuples */
  private hold(
    { head, rule }: JoinPlan,
    row: RowId,
    time: number,
    condition: Condition,
    changes?: Changes,
  ): void {
    const extent = this.extents.begun(head, time);
    if (changes !== undefined) {
      if (this.isKnown(extent, row, condition, changes.of(head, row))) return;
      changes.add(head, row);
    }
    extent.add(row, condition, this.algebra);
    const { tupleLimit } = this;
    if (extent.rows.length > tupleLimit) throw new TooManyTuples(head.name, tupleLimit, rule.head.span, time);
  }

  /**
   * Whether a row of a recursive relation holds under a condition already. Exact once it has changed often,
   * which brings recursion to an end; before that, going on costs less than asking.
   */
  private isKnown(extent: Extent, row: RowId, condition: Condition, changes: number): boolean {
    const known = extent.condition(row);
    if (known === FALSE) return false;
    return changes < CHANGES_UNASKED
      ? this.algebra.or(condition, known) === known
      : this.algebra.implies(condition, known);
  }

  private tell(derivation: Derivation, row: RowId, headTime: number): void {
    const { plan, time, tuple, premises } = derivation;
    if (premises === undefined) return;
    const from = senderToOther(derivation);
    this.options.onFiring?.({
      rule: plan.rule,
      ruleNumber: plan.ruleNumber,
      time,
      head: { kind: 'present', relation: plan.head, row, time: headTime },
      premises,
      channel: from === undefined ? undefined : { from: this.node(from), to: this.node(tuple[0]) },
    });
  }

  private node(id: ValueId): string {
    return this.prepared.values.value(id) as string;
  }

  private count(time: number, firings = 1): void {
    this.firings += firings;
    this.untilCheckpoint -= firings;
    if (this.untilCheckpoint > 0) return;
    this.untilCheckpoint = CHECKPOINT_INTERVAL;
    this.options.checkpoint?.(time, this.firings);
  }
}
