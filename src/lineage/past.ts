/**
 * The causal past of a judgement: everything in one run that facts which held, or which did not, may rest on.
 * What held rests on every firing that derived it. What did not hold rests, for each rule that might have derived
 * it, on the premises that were missing, and on the facts that stood against it; which of several failed a reader
 * must not be made to guess, so that all are taken. The past is sound: whatever of the run is not in it may be
 * taken away, and the judgement stays.
 */
import type { Evaluator } from '../model/rules/evaluate/evaluator.js';
import type { AbsentPremise, Firing, FiringPremise, PresentPremise } from '../model/rules/evaluate/firing.js';
import { isAggregating } from '../model/rules/check/uses.js';
import type { ValueId } from '../model/rules/evaluate/values.js';
import { atomsOf } from '../model/rules/check/uses.js';
import type { Aggregate, Atom, Rule, Term } from '../model/rules/program.js';
import { firingsOf, premiseKey, type RecordedRun } from './graph.js';

/** The firings that facts, and absences of facts, may rest on. */
export function causalPast(
  run: RecordedRun,
  evaluator: Evaluator,
  goals: readonly FiringPremise[],
): readonly Firing[] {
  return new Past(run, evaluator).of(goals);
}

/** The values of a rule's variables, as far as a head tells them. */
type Bindings = ReadonlyMap<string, ValueId>;

class Past {
  private readonly reached = new Set<string>();
  private readonly pending: FiringPremise[] = [];
  private readonly firings: Firing[] = [];
  private readonly rules = new Map<string, readonly Rule[]>();

  constructor(
    private readonly run: RecordedRun,
    private readonly evaluator: Evaluator,
  ) {}

  of(goals: readonly FiringPremise[]): readonly Firing[] {
    for (const goal of goals) this.reach(goal);
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      if (next.kind === 'present') this.takePresence(next);
      else this.takeAbsence(next);
    }
    return this.firings;
  }

  private reach(premise: FiringPremise): void {
    const key = premiseKey(premise);
    if (this.reached.has(key)) return;
    this.reached.add(key);
    this.pending.push(premise);
  }

  private takePresence(fact: PresentPremise): void {
    for (const firing of firingsOf(this.run.graph, fact)) {
      this.firings.push(firing);
      for (const premise of firing.premises) this.reach(premise);
      // The value of an aggregate rests on those who did not contribute as well.
      if (isAggregating(firing.rule)) this.takeRule(firing.rule, patternOf(fact));
    }
  }

  private takeAbsence(pattern: AbsentPremise): void {
    for (const rule of this.rulesFor(pattern.relation.name)) this.takeRule(rule, pattern);
  }

  /** All that kept a rule from deriving what matches a pattern. */
  private takeRule(rule: Rule, pattern: AbsentPremise): void {
    const bindings = this.unify(rule.head.terms, pattern);
    if (bindings === undefined) return;
    const bodyTime = rule.timing === 'deductive' ? pattern.time : pattern.time - 1;
    for (const atom of atomsOf(rule)) {
      const time = atom.time ?? bodyTime;
      if (time < 1 || time > bodyTime) continue;
      const premise = this.premise(atom, bindings, time);
      const either = isAggregating(rule);
      if (atom.negated || either) for (const fact of this.factsOf(premise)) this.reach(fact);
      if ((!atom.negated || either) && !this.holdsAsItIs(premise)) this.reach(premise);
    }
  }

  /** What a rule's variables are where its head matches a pattern; undefined where it cannot. */
  private unify(terms: readonly (Term | Aggregate)[], { columns, key }: AbsentPremise): Bindings | undefined {
    const bindings = new Map<string, ValueId>();
    for (const [i, column] of columns.entries()) {
      const term = terms[column];
      if (term.kind === 'constant' && this.evaluator.values.id(term.value) !== key[i]) return undefined;
      if (term.kind !== 'variable') continue;
      const known = bindings.get(term.name);
      if (known !== undefined && known !== key[i]) return undefined;
      bindings.set(term.name, key[i]);
    }
    return bindings;
  }

  private premise({ relation, terms }: Atom, bindings: Bindings, time: number): AbsentPremise {
    const known = terms.flatMap((term, column) => {
      const value = this.valueOf(term, bindings);
      return value === undefined ? [] : [{ column, value }];
    });
    return {
      kind: 'absent',
      relation: this.evaluator.relation(relation),
      columns: known.map(({ column }) => column),
      key: known.map(({ value }) => value),
      time,
    };
  }

  private valueOf(term: Term, bindings: Bindings): ValueId | undefined {
    if (term.kind === 'constant') return this.evaluator.values.id(term.value);
    return term.kind === 'variable' ? bindings.get(term.name) : undefined;
  }

  private factsOf({ relation, columns, key, time }: AbsentPremise): readonly PresentPremise[] {
    const rows = this.run.evaluation.extent(relation, time)?.rows ?? [];
    return rows
      .filter((row) => relation.tuples.matches(row, columns, key))
      .map((row) => ({ kind: 'present', relation, row, time }));
  }

  /** Whether a pattern is a single fact, and that holds. */
  private holdsAsItIs(pattern: AbsentPremise): boolean {
    return pattern.columns.length === pattern.relation.tuples.arity && this.factsOf(pattern).length > 0;
  }

  private rulesFor(relation: string): readonly Rule[] {
    let rules = this.rules.get(relation);
    if (rules === undefined) this.rules.set(relation, (rules = this.evaluator.rulesFor(relation)));
    return rules;
  }
}

function patternOf({ relation, row, time }: PresentPremise): AbsentPremise {
  const columns = relation.tuples.columns.map((_, column) => column);
  return {
    kind: 'absent',
    relation,
    columns,
    key: columns.map((c) => relation.tuples.columns[c][row]),
    time,
  };
}
