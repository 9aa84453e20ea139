/**
 * The lineage of a run of rules: of whatever is asked, everything that it may rest on.
 *
 * A fact rests on every firing that derived it. What did not hold rests, for each rule that might have derived it, on
 * what kept the rule from that, and on the messages that were lost. So it is sound both ways: whatever of the run the
 * goals do not rest on may be taken away, and they stay as they are. But for this: what leaves a node that crashes in the
 * midst of a timestep depends on all that it sends before, of which nothing is told.
 */
import type { SourceSpan } from '../../model/diagnostics/source.js';
import { groupBy } from '../../model/group.js';
import { compareStrings } from '../../model/order.js';
import { factsOf } from '../../model/rules/walk.js';
import {
  premiseKey,
  type AbsentPremise,
  type Firing,
  type FiringPremise,
  type PresentPremise,
} from '../../model/rules/evaluate/firing.js';
import type { RelationStore } from '../../model/rules/evaluate/plan.js';
import { NONE } from '../../model/rules/evaluate/tuples.js';
import { printRule } from '../../model/rules/print.js';
import { IS_DOWN, IS_PAUSED, shownRelation } from '../../model/rules/evaluate/outages.js';
import { CRASH, FAULT, type Rule, type Tuple, type Value } from '../../model/rules/program.js';
import { inTime } from '../../model/world.js';
import {
  arrivalName,
  LineageBuilder,
  type Arrival,
  type HappenedFaults,
  type Lineage,
  type VertexName,
} from '../lineage.js';
import { Reasons, type FactGoal } from './reasons.js';
import type { RecordedRun } from './record.js';

/**
 * Why things held, and why others did not.
 *
 * @param extent whether to tell of every fact that held, or only of what the goals rest on
 * @throws RangeError when the program has no such relation
 */
export function lineageOfRules(
  run: RecordedRun,
  faults: HappenedFaults,
  goals: readonly FactGoal[],
  extent: 'past' | 'whole' = 'past',
): Lineage {
  return new RuleLineage(run, faults).of(goals, extent);
}

/** The name of the vertex of a message; a node sends one of the same columns to another but once at a time. */
export function ruleMessageName({ relation, tuple, from, time }: RuleMessage): VertexName {
  return `message ${JSON.stringify([relation, tuple, from, time])}`;
}

interface RuleMessage {
  readonly relation: string;
  readonly tuple: Tuple;
  readonly from: string;
  /** When it is sent. */
  readonly time: number;
}

interface LostRuleMessage extends RuleMessage {
  /** The time at which it did not arrive, and why. */
  readonly arrival: Arrival;
}

class RuleLineage {
  private readonly builder = new LineageBuilder();
  /** What was met so far, by the evaluator's name of it. */
  private readonly names = new Map<string, VertexName>();
  private readonly pending: FiringPremise[] = [];
  private readonly reasons: Reasons;
  private readonly given: ReadonlyMap<string, SourceSpan>;
  /** Messages that did not arrive, by their relation and when they might have. */
  private readonly lost: ReadonlyMap<string, readonly LostRuleMessage[]>;
  private readonly printed = new Map<Rule, string>();

  constructor(
    private readonly run: RecordedRun,
    private readonly faults: HappenedFaults,
  ) {
    this.reasons = new Reasons(run);
    this.given = givenFacts(run);
    this.lost = lostMessages(run, faults);
  }

  of(goals: readonly FactGoal[], extent: 'past' | 'whole'): Lineage {
    const names = goals.map((goal) => this.reach(this.reasons.premiseOf(goal)));
    if (extent === 'whole') this.reachAll(this.allFacts());
    // What is reached meanwhile is walked as well.
    for (const next of this.pending) {
      if (next.kind === 'present') this.addFact(next);
      else this.addAbsence(next);
    }
    return this.builder.finish(this.run.evaluator.nodes, names);
  }

  /** In the order of their names, whatever the evaluator met before. */
  private allFacts(): readonly FiringPremise[] {
    const { evaluator, evaluation } = this.run;
    const times = Array.from({ length: evaluator.eot }, (_, index) => index + 1);
    return evaluator.relations
      .flatMap((relation) =>
        times.flatMap((time) =>
          (evaluation.extent(relation, time)?.rows ?? []).map((row): FiringPremise => {
            return { kind: 'present', relation, row, time };
          }),
        ),
      )
      .map((fact) => ({ fact, name: this.nameOf(fact) }))
      .sort((a, b) => compareStrings(a.name, b.name))
      .map(({ fact }) => fact);
  }

  /** The name of what is to be explained, and will be. */
  private reach(premise: FiringPremise): VertexName {
    const key = premiseKey(premise);
    let name = this.names.get(key);
    if (name === undefined) {
      this.names.set(key, (name = this.nameOf(premise)));
      this.pending.push(premise);
    }
    return name;
  }

  private nameOf(premise: FiringPremise): VertexName {
    const { relation, time } = premise;
    return premise.kind === 'present'
      ? `fact ${JSON.stringify([relation.name, this.tupleOf(premise), time])}`
      : `absence ${JSON.stringify([relation.name, this.patternOf(premise), time])}`;
  }

  private tupleOf({ relation, row }: Pick<PresentPremise, 'relation' | 'row'>): Tuple {
    return this.run.evaluator.tuple(relation, row);
  }

  private patternOf({ relation, columns, key }: AbsentPremise): readonly (Value | null)[] {
    const pattern = new Array<Value | null>(relation.tuples.arity).fill(null);
    for (const [i, column] of columns.entries()) pattern[column] = this.run.evaluator.values.value(key[i]);
    return pattern;
  }

  private addFact(fact: PresentPremise): void {
    const name = this.nameOf(fact);
    const { relation, time } = fact;
    const tuple = this.tupleOf(fact);
    const node = this.nodeOf(relation, tuple[0]);
    const place = this.given.get(premiseKey(fact));
    const reasons = this.run.evaluator.builtIn.has(relation.name)
      ? this.faultsBehind(fact)
      : this.derivations(fact, name);
    this.builder.add(name, { kind: 'fact', node, time, relation: relation.name, tuple, place }, reasons);
  }

  /** What is built in holds because of faults: a crash, which is known at every time, or an outage up to then. */
  private faultsBehind(fact: PresentPremise): readonly VertexName[] {
    const tuple = this.tupleOf(fact);
    const { eot } = this.run.evaluator;
    switch (fact.relation.name) {
      case CRASH:
        // One that happens in an outage has the node stop when that began.
        return this.downing(tuple[1] as string, [tuple[2] as number, eot]);
      case IS_DOWN:
        return this.downing(tuple[0] as string, [fact.time]);
      case IS_PAUSED:
        return this.faults.pausing(tuple[0] as string, fact.time).map((fault) => this.builder.fault(fault));
      case FAULT:
        return this.named(tuple[1] as string, tuple[0] as string, fact.time);
      default:
        return this.downing(tuple[0] as string, [fact.time - 1]);
    }
  }

  private named(name: string, node: string, time: number): readonly VertexName[] {
    const fault = this.faults.named(name, node, time);
    return fault === undefined ? [] : [this.builder.fault(fault)];
  }

  private downing(node: string, times: readonly number[]): readonly VertexName[] {
    const faults = times.flatMap((time) => this.faults.downing(node, time));
    return [...new Set(faults.map((fault) => this.builder.fault(fault)))];
  }

  /** The firings that derived a fact, or the messages that brought it, with theirs behind them. */
  private derivations(fact: PresentPremise, name: VertexName): readonly VertexName[] {
    const firings = this.reasons
      .firingsOf(fact)
      .map((firing) => ({ firing, premises: this.reachAll(this.reasons.premisesOf(firing)) }))
      .sort((a, b) => a.firing.ruleNumber - b.firing.ruleNumber || compareNames(a.premises, b.premises));
    const bySending = groupBy(firings.entries(), ([, { firing }]) => sendingKey(firing));
    return [...bySending.values()].flatMap((behind) => {
      const added = behind.map(([number, { firing, premises }]) =>
        this.addFiring(`firing ${number} of ${name}`, firing, premises),
      );
      const [[, { firing }]] = behind;
      const { channel, time: sent } = firing;
      return channel === undefined ? added : [this.addMessage(fact, { from: channel.from, sent }, added)];
    });
  }

  private reachAll(premises: readonly FiringPremise[]): readonly VertexName[] {
    return [...new Set(premises.map((premise) => this.reach(premise)))].sort(compareStrings);
  }

  private addFiring(name: VertexName, firing: Firing, premises: readonly VertexName[]): VertexName {
    const { rule, head, channel, time } = firing;
    const node = channel?.from ?? this.nodeOf(head.relation, this.tupleOf(head)[0]);
    return this.builder.add(
      name,
      { kind: 'firing', node, time, by: this.print(rule), place: rule.span },
      premises,
    );
  }

  private addMessage(
    { relation, row, time }: PresentPremise,
    { from, sent }: { readonly from: string; readonly sent: number },
    firings: readonly VertexName[],
  ): VertexName {
    const tuple = this.tupleOf({ relation, row });
    const message = { relation: shownRelation(relation.name), tuple, from, time: sent };
    const { relation: name, tuple: payload } = message;
    const node = payload[0] as string;
    const vertex = { kind: 'message', node, time, from, sent, name, payload } as const;
    return this.builder.add(arrivalName(ruleMessageName(message), sent, time), vertex, firings);
  }

  private addAbsence(absent: AbsentPremise): void {
    const { relation, time } = absent;
    const pattern = this.patternOf(absent);
    const [first] = pattern;
    const node = first === null ? undefined : this.nodeOf(relation, first);
    const of = { kind: 'fact', relation: relation.name, pattern } as const;
    this.builder.add(this.nameOf(absent), { kind: 'absence', node, time, of }, [
      ...this.reachAll(this.reasons.failuresOf(absent)),
      ...this.losses(absent),
      ...this.failuresInstead(absent, node),
    ]);
  }

  /** That a node is not down for a while, or does not pause, may rest on its crash, or its outage. */
  private failuresInstead(
    { relation: { name }, time }: AbsentPremise,
    node: string | undefined,
  ): readonly VertexName[] {
    const { builtIn, eot } = this.run.evaluator;
    if (!builtIn.has(name) || name === CRASH || name === FAULT || node === undefined) return [];
    return this.downing(node, name === IS_PAUSED ? [time - 1, time, eot] : [eot]);
  }

  /** What was lost, and would have ended an absence. */
  private losses({ relation, columns, key, time }: AbsentPremise): readonly VertexName[] {
    const { evaluation, evaluator } = this.run;
    const matching = (this.lost.get(lossKey(relation.name, time)) ?? []).filter(({ tuple }) => {
      const row = relation.tuples.find(tuple.map((value) => evaluator.values.id(value)));
      return relation.tuples.matches(row, columns, key) && !evaluation.extent(relation, time)?.condition(row);
    });
    // Several firings may have sent the same.
    return [...new Set(matching.map((message) => this.addLoss(message)))].sort(compareStrings);
  }

  private addLoss(message: LostRuleMessage): VertexName {
    const { tuple: payload, from, time: sent, arrival } = message;
    const name = shownRelation(message.relation);
    const lost = `lost ${arrivalName(ruleMessageName(message), sent, arrival.time)}`;
    if (this.builder.has(lost)) return lost;
    const node = payload[0] as string;
    const of = { kind: 'message', from, sent, name, payload } as const;
    return this.builder.add(
      lost,
      { kind: 'absence', node, time: arrival.time, of },
      arrival.faults.map((fault) => this.builder.fault(fault)),
    );
  }

  /** The node that a relation's facts are at, by their first column. */
  private nodeOf({ name }: RelationStore, first: Value): string | undefined {
    const [type] = this.run.evaluator.checked.relations.get(name)!.columns;
    return type === 'location' ? String(first) : undefined;
  }

  private print(rule: Rule): string {
    let text = this.printed.get(rule);
    if (text === undefined) this.printed.set(rule, (text = printRule(rule)));
    return text;
  }
}

/** Where the program gives facts, by the evaluator's names. */
function givenFacts({ evaluator }: RecordedRun): ReadonlyMap<string, SourceSpan> {
  const given = new Map<string, SourceSpan>();
  for (const clause of factsOf(evaluator.checked.program)) {
    const relation = evaluator.relation(clause.relation);
    const row = relation.tuples.find(clause.terms.map(({ value }) => evaluator.values.id(value)));
    if (row === NONE) continue;
    const key = premiseKey({ kind: 'present', relation, row, time: clause.time });
    if (!given.has(key)) given.set(key, clause.span);
  }
  return given;
}

function lostMessages(
  { evaluator, sent }: RecordedRun,
  faults: HappenedFaults,
): ReadonlyMap<string, readonly LostRuleMessage[]> {
  const lost = sent.flatMap(
    ({ relation: store, row, from, time, kept }): LostRuleMessage | readonly LostRuleMessage[] => {
      const message = { relation: store.name, tuple: evaluator.tuple(store, row), from, time };
      if (kept === true) {
        const arrival = { time: inTime(time), arrives: false, faults: faults.downing(from, time) };
        return { ...message, arrival };
      }
      const arrivals = faults.arrivals({ from, to: message.tuple[0] as string, time });
      return arrivals.filter(({ arrives }) => !arrives).map((arrival) => ({ ...message, arrival }));
    },
  );
  return groupBy(lost, ({ relation, arrival }) => lossKey(relation, arrival.time));
}

/** The same where what was derived came the same way: not as a message, or from one node at one time. */
function sendingKey({ channel, time }: Firing): string | undefined {
  return channel && JSON.stringify([channel.from, time]);
}

function lossKey(relation: string, arrival: number): string {
  return `${arrival} ${relation}`;
}

function compareNames(a: readonly VertexName[], b: readonly VertexName[]): number {
  const different = a.findIndex((name, i) => name !== b[i]);
  return different === -1 ? a.length - b.length : compareStrings(a[different], b[different] ?? '');
}
