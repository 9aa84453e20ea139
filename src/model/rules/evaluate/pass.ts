/** One pass of a program over all timesteps. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import { constantsOf, positivesOf, rulesOf } from '../walk.js';
import { headTimes } from '../times.js';
import { CRASH, FAULT, RESTARTED, type Rule, type Stratum, type Tuple } from '../program.js';
import { IS_DOWN, IS_PAUSED, IS_RESTARTED } from './outages.js';
import { departureOrder, type Departing } from '../departure-order.js';
import { departures } from './departures.js';
import type { Steps } from '../../steps.js';
import { downForAWhile, stopsForGood, type Delivery, type World } from '../../world.js';
import { Aggregation } from './aggregate.js';
import { Changes } from './changes.js';
import { Channels } from './channels.js';
import type { ConditionalFact, Evaluation, RunOptions } from './evaluation.js';
import { EvaluationError, TooManyTuples } from './errors.js';
import { Extent } from './extent.js';
import { premisesOf, type FiringPremise } from './firing.js';
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

interface Derivation {
  readonly plan: JoinPlan;
  /** When the rule fires. */
  readonly time: number;
  readonly tuple: ArrayLike<ValueId>;
  /** Of a message. */
  readonly sender: ValueId | undefined;
  readonly condition: Condition;
  /** Gathered only where somebody listens. */
  readonly premises: readonly FiringPremise[] | undefined;
}

/** A message of a node that may stop in the midst of the timestep, and what sends it. */
interface HeldMessage extends Departing {
  readonly row: RowId;
  readonly derivations: (Derivation & { readonly sender: ValueId })[];
}

export class RulePass implements Evaluation {
  firings = 0;
  private readonly extents: (Extent | undefined)[][];
  private readonly join: Join;
  private readonly channels: Channels;
  private readonly algebra: Algebra;
  private readonly tupleLimit: number;
  private untilCheckpoint = CHECKPOINT_INTERVAL;
  /** Of the timestep that comes to its end, by their senders. */
  private readonly held = new Map<ValueId, Map<string, HeldMessage>>();

  constructor(
    private readonly prepared: PreparedProgram,
    private readonly world: World,
    private readonly options: RunOptions,
  ) {
    this.algebra = world.algebra;
    this.tupleLimit = options.tupleLimit ?? TUPLE_LIMIT;
    this.extents = prepared.relations.map(() => []);
    this.channels = new Channels(world, prepared.values, prepared.nodes.length);
    this.join = new Join({
      algebra: world.algebra,
      values: prepared.values,
      extent: (relation, time) => this.extents[relation.number][time],
    });
  }

  /** Yields after every timestep. */
  *steps(): Steps<this> {
    const { eot, checked } = this.prepared;
    const rules = rulesOf(checked.program);
    const carried = rules.filter((rule) => rule.timing !== 'deductive');
    this.placeFacts();
    this.placeCrashes();
    this.placeOutages();
    this.placeNamed();
    for (let time = 1; time <= eot; time++) {
      this.options.checkpoint?.(time, this.firings);
      for (const stratum of checked.strataAt(time)) this.deduce(stratum, time);
      if (time < eot) this.proceed(carried, time);
      yield;
    }
    return this;
  }

  get facts(): number {
    return this.extents.flat().reduce((sum, extent) => sum + (extent?.rows.length ?? 0), 0);
  }

  condition(relation: string, tuple: Tuple, time: number): Condition {
    const store = this.prepared.find(relation);
    const extent = store && this.extents[store.number][time];
    if (extent === undefined) return FALSE;
    const row = extent.tuples.find(tuple.map((value) => this.prepared.values.id(value)));
    return row === NONE ? FALSE : extent.condition(row);
  }

  factsOf(relation: string, time: number): readonly ConditionalFact[] {
    const store = this.prepared.find(relation);
    const extent = store && this.extents[store.number][time];
    if (extent === undefined) return [];
    return extent.rows.map((row) => ({
      tuple: this.prepared.tuple(store!, row),
      condition: extent.condition(row),
    }));
  }

  extent(relation: RelationStore, time: number): Extent | undefined {
    return this.extents[relation.number][time];
  }

  matchesWithoutAbsences(rule: Rule, time: number, visit: (match: Match) => void): void {
    this.join.run(this.prepared.plan(rule), time, visit, { ignoreAbsences: true });
  }

  private placeFacts(): void {
    for (const { relation, row, time } of this.prepared.given) this.extentFor(relation, time).set(row, TRUE);
  }

  /** A crash is known at every time and to every observer, so all times share one extent. */
  private placeCrashes(): void {
    const relation = this.prepared.find(CRASH);
    if (relation === undefined) return;
    const { nodes, eot, values } = this.prepared;
    const extent = new Extent(relation.tuples);
    for (const node of nodes) {
      for (const [time, condition] of stopsForGood(this.world, this.algebra, node, eot).entries()) {
        if (condition === FALSE) continue;
        for (const observer of nodes) {
          const row = relation.tuples.intern([values.id(observer), values.id(node), values.id(time)]);
          extent.set(row, condition);
        }
      }
    }
    for (let time = 1; time <= eot; time++) this.extents[relation.number][time] = extent;
  }

  private placeOutages(): void {
    const { world, algebra, prepared } = this;
    const { nodes, eot } = prepared;
    const place = (name: string, conditionsOf: (node: string) => readonly Condition[]) => {
      const relation = prepared.builtIn.has(name) ? prepared.find(name) : undefined;
      if (relation === undefined) return;
      for (const node of nodes) {
        const row = relation.tuples.intern([prepared.values.id(node)]);
        for (const [time, condition] of conditionsOf(node).entries())
          if (condition !== FALSE) this.extentFor(relation, time).set(row, condition);
      }
    };
    const times = (conditionAt: (time: number) => Condition) =>
      Array.from({ length: eot + 1 }, (_, time) => (time === 0 ? FALSE : conditionAt(time)));
    const restarts = (node: string) => times((time) => world.restarts(node, time));
    place(IS_DOWN, (node) => downForAWhile(world, algebra, node, eot));
    place(IS_PAUSED, (node) => times((time) => world.pauses(node, time)));
    place(IS_RESTARTED, restarts);
    place(RESTARTED, restarts);
  }

  private placeNamed(): void {
    const { world, prepared } = this;
    const relation = prepared.builtIn.has(FAULT) ? prepared.find(FAULT) : undefined;
    if (relation === undefined) return;
    const { nodes, eot, values } = prepared;
    for (const name of world.named)
      for (const node of nodes) {
        const row = relation.tuples.intern([values.id(node), values.id(name)]);
        for (let time = 1; time <= eot; time++) {
          const condition = world.happens(name, node, time);
          if (condition !== FALSE) this.extentFor(relation, time).set(row, condition);
        }
      }
  }

  /** Gives the next timestep what it inherits. */
  private proceed(carried: readonly Rule[], time: number): void {
    this.prune(time);
    for (const rule of carried) if (this.isDerived(rule, time)) this.fire(rule, time);
    for (const [sender, messages] of this.held) this.depart(sender, [...messages.values()], time);
    this.held.clear();
  }

  /** Drops what can hold under no admissible fault set. Any crash may happen. */
  private prune(time: number): void {
    for (const relation of this.prepared.relations) {
      if (relation.name !== CRASH) this.extents[relation.number][time]?.prune(this.algebra);
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
  private carry({ number }: RelationStore, time: number): void {
    const extent = this.extents[number][time];
    if (extent === undefined) return;
    const next = this.extents[number][time + 1];
    if (next === undefined) this.extents[number][time + 1] = extent.copy();
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
      this.holdBack({ ...derivation, tuple: Int32Array.from(tuple), sender: from }, row);
      return;
    }
    if (from !== undefined)
      this.options.onMessage?.({ relation: plan.head, row, time, from: this.node(from) });
    this.deliver({ ...derivation, sender: derivation.sender }, row);
  }

  private deliver(derivation: Derivation & { readonly sender: ValueId }, row: RowId): void {
    const { plan, time, tuple, sender } = derivation;
    for (const delivery of this.channels.deliveries(sender, tuple[0], time))
      if (this.prepared.isDerived(plan.head.name, delivery.time)) this.take(derivation, row, delivery);
  }

  /** Until it is known what else its node sends. */
  private holdBack(derivation: Derivation & { readonly sender: ValueId }, row: RowId): void {
    const { plan, sender } = derivation;
    let messages = this.held.get(sender);
    if (messages === undefined) this.held.set(sender, (messages = new Map<string, HeldMessage>()));
    const key = `${plan.head.number} ${row}`;
    const known = messages.get(key);
    if (known !== undefined) known.derivations.push(derivation);
    else
      messages.set(key, {
        relation: plan.head.name,
        tuple: this.prepared.tuple(plan.head, row),
        row,
        derivations: [derivation],
      });
  }

  /** Lets messages go as far as their node gets. */
  private depart(sender: ValueId, held: readonly HeldMessage[], time: number): void {
    const { algebra, prepared } = this;
    const inOrder = held.toSorted(departureOrder(rulesOf(prepared.checked.program)));
    const sent = inOrder.map(({ derivations }) =>
      derivations.reduce((any, { condition }) => algebra.or(any, condition), FALSE),
    );
    const running = this.world.running(this.node(sender), time);
    const leaving = departures(sent, running, this.channels.interruptions(sender, time), algebra);
    for (const [index, { row, derivations }] of inOrder.entries()) {
      const [{ plan }] = derivations;
      const isKept = leaving[index] === FALSE;
      this.options.onMessage?.({
        relation: plan.head,
        row,
        time,
        from: this.node(sender),
        ...(isKept && { kept: true }),
      });
      for (const derivation of derivations)
        this.deliver(
          {
            ...derivation,
            condition: algebra.and(derivation.condition, leaving[index]),
          },
          row,
        );
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
    const extent = this.extentFor(head, time);
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

  private extentFor(relation: RelationStore, time: number): Extent {
    return (this.extents[relation.number][time] ??= new Extent(relation.tuples));
  }

  private count(time: number, firings = 1): void {
    this.firings += firings;
    this.untilCheckpoint -= firings;
    if (this.untilCheckpoint > 0) return;
    this.untilCheckpoint = CHECKPOINT_INTERVAL;
    this.options.checkpoint?.(time, this.firings);
  }
}

/** Undefined for what is no message, and for what a node sends to itself, which is never lost. */
function senderToOther({ sender, tuple }: Derivation): ValueId | undefined {
  return sender === tuple[0] ? undefined : sender;
}
