/**
 * Why a rule program did not derive something: each rule that could have, and the first of its premises that fails, in
 * the order of the text. A premise fails where it leaves nothing of all the ways to satisfy those before it. A comparison
 * of what later premises bind is looked at when they have.
 */
import { applyOperator, compareValues } from '../../model/rules/arithmetic.js';
import { printPremise, printRule } from '../../model/rules/print.js';
import type { Atom, Comparison, Premise, Rule, Term, Tuple, Value } from '../../model/rules/program.js';
import { firingTimes } from '../../model/rules/times.js';
import { isAggregating } from '../../model/rules/walk.js';
import { matchesPattern, type FactVertex, type Happened, type HappenedFaults } from '../lineage.js';
import { compareTuples } from '../../model/rules/order.js';
import { inTime } from '../../model/world.js';
import type { Attempt, AttemptFailure, WhyNot, FailedPremise } from '../why-not.js';
import type { FactGoal } from './reasons.js';
import type { RecordedRun } from './record.js';

/** Values of a rule's variables. */
type Binding = ReadonlyMap<string, Value>;

/** What is left to be told, and where it goes. */
interface Pending {
  readonly goal: FactGoal;
  readonly depth: number;
  readonly into: WhyNot[];
}

/**
 * Why no fact is as asked for, nearest first.
 *
 * @param run of an evaluator that derives all facts
 * @param depth how many rules are told, one behind another
 * @throws RangeError when the program has no such relation, or a fact is as asked for
 */
export function whyNotDerived(
  run: RecordedRun,
  faults: HappenedFaults,
  goal: FactGoal,
  depth = Infinity,
): WhyNot {
  if (run.evaluator.find(goal.relation) === undefined)
    throw new RangeError(`the program has no relation ${goal.relation}`);
  return new Absence(run, faults).of(goal, depth);
}

class Absence {
  constructor(
    private readonly run: RecordedRun,
    private readonly faults: HappenedFaults,
  ) {}

  of(goal: FactGoal, depth: number): WhyNot {
    if (this.matching(goal.relation, goal.time, goal.pattern).length > 0)
      throw new RangeError(`${goal.relation} has such a fact at time ${goal.time}`);
    const trees: WhyNot[] = [];
    const told = new Set<string>();
    const pending: Pending[] = [{ goal, depth, into: trees }];
    // What is to be told meanwhile is told after all that is as deep.
    for (const next of pending) {
      const name = JSON.stringify([next.goal.relation, next.goal.pattern, next.goal.time]);
      const ends = told.has(name) ? 'told' : next.depth === 0 ? 'deeper' : undefined;
      const attempts = ends === undefined ? this.attempts(next, pending) : [];
      told.add(name);
      next.into.push({ what: this.absence(next.goal), attempts, ends });
    }
    return trees[0];
  }

  private absence({ relation, pattern, time }: FactGoal): WhyNot['what'] {
    const first = pattern.at(0) ?? null;
    const [type] = this.run.evaluator.checked.relations.get(relation)!.columns;
    const node = type === 'location' && first !== null ? String(first) : undefined;
    return { kind: 'absence', node, time, of: { kind: 'fact', relation, pattern } };
  }

  private attempts({ goal, depth }: Pending, pending: Pending[]): readonly Attempt[] {
    const { evaluator } = this.run;
    return evaluator.rulesFor(goal.relation).flatMap((rule) => {
      const head = bindHead(rule, goal.pattern);
      if (head === undefined) return [];
      return firingTimes(rule, goal.time, evaluator.longestDelay).flatMap((time) => {
        const failure = this.failureOf(rule, time, head, { goal, depth, into: [] }, pending);
        return failure === undefined ? [] : [{ by: printRule(rule), place: rule.span, time, failure }];
      });
    });
  }

  /** Undefined where it fired, and what it derived is something else. */
  private failureOf(
    rule: Rule,
    time: number,
    head: Binding,
    { goal, depth }: Pending,
    pending: Pending[],
  ): AttemptFailure | undefined {
    let bindings: readonly Binding[] = [head];
    const waiting = [...rule.body];
    while (waiting.length > 0) {
      const at = waiting.findIndex((premise) => isReady(premise, bindings[0], waiting));
      const [premise] = waiting.splice(at, 1);
      const left = bindings.flatMap((binding) => this.satisfy(premise, binding, time));
      if (left.length === 0) return this.failed(premise, bindings, time, depth, pending);
      bindings = left;
    }
    if (isAggregating(rule)) return { kind: 'aggregate' };
    return rule.timing === 'async' ? this.loss(rule, time, bindings, goal) : undefined;
  }

  private failed(
    premise: Premise,
    bindings: readonly Binding[],
    now: number,
    depth: number,
    pending: Pending[],
  ): AttemptFailure {
    const written: FailedPremise = { text: printPremise(premise), place: premise.span };
    if (premise.kind === 'comparison') {
      const values = bindings.map(
        (binding) => [valueOf(premise.left, binding), valueOf(premise.right, binding)] as const,
      );
      return { kind: 'comparison', premise: written, values: distinct(values) };
    }
    const time = premise.time ?? now;
    const patterns = distinct(bindings.map((binding) => patternOf(premise, binding)));
    if (premise.negated) {
      const against = patterns.flatMap((pattern) => this.matching(premise.relation, time, pattern));
      return { kind: 'present', premise: written, against: distinct(against) };
    }
    const missing: WhyNot[] = [];
    // Facts of a time yet to come are not seen, and some that are there differ in what the pattern leaves open.
    for (const pattern of patterns.filter((each) => this.matching(premise.relation, time, each).length === 0))
      pending.push({ goal: { relation: premise.relation, pattern, time }, depth: depth - 1, into: missing });
    return { kind: 'missing', premise: written, missing };
  }

  /** The ways for a premise to hold where those before it do. */
  private satisfy(premise: Premise, binding: Binding, now: number): readonly Binding[] {
    if (premise.kind === 'comparison') return holds(premise, binding) ? [binding] : [];
    const time = premise.time ?? now;
    const facts = time > now ? [] : this.tuples(premise.relation, time);
    if (premise.negated)
      return facts.some((tuple) => extend(premise, tuple, binding) !== undefined) ? [] : [binding];
    return facts.flatMap((tuple) => extend(premise, tuple, binding) ?? []);
  }

  private tuples(relation: string, time: number): readonly Tuple[] {
    return this.run.evaluation.factsOf(relation, time).map(({ tuple }) => tuple);
  }

  private matching(relation: string, time: number, pattern: FactGoal['pattern']): readonly FactVertex[] {
    const [type] = this.run.evaluator.checked.relations.get(relation)!.columns;
    return this.tuples(relation, time)
      .filter((tuple) => matchesPattern({ pattern }, tuple))
      .map((tuple) => {
        const node = type === 'location' ? String(tuple[0]) : undefined;
        return { kind: 'fact', node, time, relation, tuple, place: undefined };
      });
  }

  /** All that a rule needs was there, so that what it sent is under way, or lost. */
  private loss(
    rule: Rule,
    time: number,
    bindings: readonly Binding[],
    goal: FactGoal,
  ): AttemptFailure | undefined {
    const { relation: name, terms } = rule.head;
    const sender = rule.body.find((premise): premise is Atom => premise.kind === 'atom' && !premise.negated)!;
    for (const binding of bindings) {
      const payload = terms.map((term) =>
        term.kind === 'aggregate' ? null : valueOf(term, binding),
      ) as Tuple;
      if (!matchesPattern(goal, payload)) continue;
      for (const from of this.sendersIn(sender, binding, time)) {
        const faults = this.faultsBehind({ from, name, payload, time }, goal.time);
        if (faults === undefined) continue;
        const message = { kind: 'message', from, sent: time, name, payload } as const;
        return { kind: 'lost', message, faults: faults.map(({ fault }) => fault) };
      }
    }
    return undefined;
  }

  /** The nodes that sent, of which a rule may leave open which they are. */
  private sendersIn(sender: Atom, binding: Binding, now: number): readonly string[] {
    const pattern = patternOf(sender, binding);
    const facts = this.matching(sender.relation, sender.time ?? now, pattern);
    return distinct(facts.map(({ tuple: [from] }) => String(from)));
  }

  /** Why a message did not arrive at a time; undefined where it did. */
  private faultsBehind(message: Message, arrival: number): readonly Happened[] | undefined {
    const { from, payload, time } = message;
    if (this.isKept(message)) return arrival === inTime(time) ? this.faults.downing(from, time) : undefined;
    const arrivals = this.faults.arrivals({
      from,
      to: String(payload[0]),
      time,
    });
    return arrivals.find((each) => each.time === arrival && !each.arrives)?.faults;
  }

  /** Whether it did not leave its node, which crashed in the midst of the timestep. */
  private isKept({ from, name, payload, time }: Message): boolean {
    const { evaluator, sent } = this.run;
    return sent.some(
      (other) =>
        other.kept === true &&
        other.from === from &&
        other.time === time &&
        other.relation.name === name &&
        compareTuples(evaluator.tuple(other.relation, other.row), payload) === 0,
    );
  }
}

/** A message to another node. */
interface Message {
  readonly from: string;
  readonly name: string;
  readonly payload: Tuple;
  readonly time: number;
}

/** What a rule's variables are where its head is as asked for, as far as that tells; undefined where it cannot be. */
function bindHead({ head }: Rule, pattern: FactGoal['pattern']): Binding | undefined {
  const binding = new Map<string, Value>();
  for (const [column, term] of head.terms.entries()) {
    const value = pattern[column];
    if (value === null) continue;
    if (term.kind === 'constant' && term.value !== value) return undefined;
    if (term.kind !== 'variable') continue;
    if ((binding.get(term.name) ?? value) !== value) return undefined;
    binding.set(term.name, value);
  }
  return binding;
}

/** What a binding becomes where a fact is what an atom asks for; undefined where it is not. */
function extend({ terms }: Atom, tuple: Tuple, binding: Binding): Binding | undefined {
  const extended = new Map(binding);
  for (const [column, term] of terms.entries()) {
    const value = tuple[column];
    if (term.kind === 'variable' && !extended.has(term.name)) extended.set(term.name, value);
    else if (term.kind !== 'wildcard' && valueOf(term, extended) !== value) return undefined;
  }
  return extended;
}

function patternOf({ terms }: Atom, binding: Binding): readonly (Value | null)[] {
  return terms.map((term) => valueOf(term, binding));
}

/** Null where it is not known, or an operation has no value. */
function valueOf(term: Term, binding: Binding): Value | null {
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'variable':
      return binding.get(term.name) ?? null;
    case 'wildcard':
      return null;
    case 'arithmetic': {
      const [left, right] = [valueOf(term.left, binding), valueOf(term.right, binding)];
      if (typeof left !== 'number' || typeof right !== 'number') return null;
      return applyOperator(term.operator, left, right) ?? null;
    }
  }
}

function holds({ operator, left, right }: Comparison, binding: Binding): boolean {
  const [a, b] = [valueOf(left, binding), valueOf(right, binding)];
  return a !== null && b !== null && compareValues(operator, a, b);
}

/** Whether all that a premise reads is bound, as far as any premise that is left binds it. */
function isReady(premise: Premise, binding: Binding, waiting: readonly Premise[]): boolean {
  const positives = waiting.filter((other): other is Atom => other.kind === 'atom' && !other.negated);
  const bindable = new Set(positives.flatMap(({ terms }) => terms.flatMap(variablesOf)));
  const needed =
    premise.kind === 'comparison'
      ? [...variablesOf(premise.left), ...variablesOf(premise.right)]
      : premise.negated
        ? premise.terms.flatMap(variablesOf)
        : premise.terms.filter(({ kind }) => kind === 'arithmetic').flatMap(variablesOf);
  const own = premise.kind === 'atom' && !premise.negated ? directVariables(premise) : new Set<string>();
  return needed.every((name) => binding.has(name) || own.has(name) || !bindable.has(name));
}

function directVariables({ terms }: Atom): ReadonlySet<string> {
  return new Set(terms.flatMap((term) => (term.kind === 'variable' ? term.name : [])));
}

function variablesOf(term: Term): readonly string[] {
  if (term.kind === 'variable') return [term.name];
  return term.kind === 'arithmetic' ? [...variablesOf(term.left), ...variablesOf(term.right)] : [];
}

/** Each once, in the order of first appearance. */
function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
