/**
 * Aggregates under conditions. Each distinct binding of a body contributes where its condition holds; a
 * group then has every value that some subset of contributors gives, each under the condition that exactly
 * such a subset holds. `min` and `max` need one pass over sorted values; the rest is a dynamic program over
 * contributors (for counts, the cardinality network of a binary decision diagram).
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import type { AggregateFunction, Value } from '../program.js';
import { EvaluationError, TooManyTuples } from './errors.js';
import type { Match } from './join.js';
import type { Fold, JoinPlan, ValueSource } from './plan.js';
import { Tuples } from './tuples.js';
import type { ValueId, Values } from './values.js';

export interface AggregationContext {
  readonly algebra: Algebra;
  readonly values: Values;
  /** Leaves out what has no value, wherever it occurs. */
  readonly passesOverErrors: boolean;
  /** The most values that a group may have. */
  readonly tupleLimit: number;
}

export interface AggregateTuple {
  /** Of the head. */
  readonly tuple: readonly ValueId[];
  /** Of a message. */
  readonly sender: ValueId | undefined;
  readonly condition: Condition;
  /** The numbers of its group's contributors. */
  readonly contributors: readonly number[];
}

interface Contributor {
  /** What it gives to each fold. */
  readonly gives: readonly Value[];
  readonly group: number;
  condition: Condition;
}

/** Gathers the matches of one aggregating rule at one timestep, then gives the tuples of its head. */
export class Aggregation {
  private readonly folds: readonly Fold[];
  private readonly groupColumns: readonly ValueSource[];
  private readonly columns: readonly (ValueSource | Fold)[];
  private readonly binding: readonly ValueSource[];
  private readonly bindings: Tuples;
  private readonly groups: Tuples;
  private readonly contributors: Contributor[] = [];

  constructor(
    private readonly plan: JoinPlan,
    private readonly context: AggregationContext,
    private readonly time: number,
  ) {
    if (plan.output.kind !== 'aggregate') throw new Error('the rule has no aggregate');
    this.columns = plan.output.columns;
    this.binding = plan.output.binding;
    this.folds = this.columns.filter((column) => column.kind === 'fold');
    const grouping = this.columns.filter((column) => column.kind !== 'fold');
    // Every node sends its own messages, so that a message's aggregate is its sender's alone.
    this.groupColumns = plan.sender === undefined ? grouping : [...grouping, plan.sender];
    this.bindings = new Tuples(this.binding.length);
    this.groups = new Tuples(this.groupColumns.length);
  }

  /** The number of the contributor that the match belongs to. */
  add(match: Match): number {
    // First, since it may have no value: then nothing is to be changed.
    const group = this.groupColumns.map((source) => match.value(source));
    const row = this.bindings.intern(this.binding.map((source) => match.value(source)));
    const known = this.contributors[row];
    if (known !== undefined) {
      known.condition = this.context.algebra.or(known.condition, match.condition);
      return row;
    }
    this.contributors.push({
      gives: this.folds.map((fold) => this.context.values.value(match.value(fold.of))),
      group: this.groups.intern(group),
      condition: match.condition,
    });
    return row;
  }

  finish(emit: (tuple: AggregateTuple) => void): void {
    const members: number[][] = Array.from({ length: this.groups.size }, () => []);
    this.contributors.forEach((contributor, number) => members[contributor.group].push(number));
    members.forEach((numbers, group) => {
      const contributors = numbers.map((number) => this.contributors[number]);
      for (const { results, condition } of this.distribution(contributors)) {
        emit({
          tuple: this.headTuple(group, results),
          sender: this.sender(group),
          condition,
          contributors: numbers,
        });
      }
    });
  }

  private sender(group: number): ValueId | undefined {
    if (this.plan.sender === undefined) return undefined;
    return this.groups.columns[this.groupColumns.length - 1][group];
  }

  private headTuple(group: number, results: readonly Value[]): readonly ValueId[] {
    let nextFold = 0;
    let nextGroup = 0;
    return this.columns.map((column) =>
      column.kind === 'fold'
        ? this.context.values.id(results[nextFold++])
        : this.groups.columns[nextGroup++][group],
    );
  }

  private distribution(contributors: readonly Contributor[]): Iterable<Outcome> {
    const [fold] = this.folds;
    const extreme = this.folds.length === 1 && (fold.function === 'min' || fold.function === 'max');
    return extreme
      ? extremes(contributors, fold.function === 'max' ? 1 : -1, this.context.algebra)
      : this.sums(contributors);
  }

  /**
   * The dynamic program: after each contributor, every state of the folds and when it is reached.
   * @throws TooManyTuples
   */
  private sums(contributors: readonly Contributor[]): Iterable<Outcome> {
    const { algebra, tupleLimit } = this.context;
    const functions = this.folds.map((fold) => fold.function);
    let states = new Map<string, State>([[nameOf(undefined), { parts: undefined, condition: TRUE }]]);
    for (const { gives, condition } of contributors) {
      const next = new Map<string, State>();
      const reach = (parts: State['parts'], when: Condition) => {
        if (when === FALSE) return;
        const name = nameOf(parts);
        const known = next.get(name);
        next.set(name, { parts, condition: known === undefined ? when : algebra.or(known.condition, when) });
      };
      for (const state of states.values()) {
        reach(state.parts, algebra.and(state.condition, algebra.not(condition)));
        const parts = functions.map((name, i) => step(name, state.parts?.[i], gives[i]));
        reach(parts, algebra.and(state.condition, condition));
        // One of them may be that in which nothing contributed.
        if (next.size > tupleLimit + 1) throw this.tooMany();
      }
      states = next;
    }
    return [...states.values()].flatMap((state) => this.outcome(functions, state));
  }

  private tooMany(): TooManyTuples {
    const { rule, head } = this.plan;
    const time = rule.timing === 'deductive' ? this.time : this.time + 1;
    return new TooManyTuples(head.name, this.context.tupleLimit, rule.head.span, time);
  }

  /** @throws EvaluationError where a sum leaves the range of exact integers in some admissible run */
  private outcome(
    functions: readonly AggregateFunction[],
    { parts, condition }: State,
  ): readonly [] | readonly [Outcome] {
    if (parts === undefined) return [];
    const results = parts.map((part, i) => conclude(functions[i], part));
    const exact = results.every((result) => typeof result === 'string' || Number.isSafeInteger(result));
    if (exact) return [{ results, condition }];
    const { algebra, passesOverErrors } = this.context;
    if (passesOverErrors || !algebra.isPossible(condition)) return [];
    throw new EvaluationError({ kind: 'integer overflow' }, this.plan.rule.head.span, this.time);
  }
}

interface Outcome {
  /** One value a fold. */
  readonly results: readonly Value[];
  readonly condition: Condition;
}

interface State {
  /** One a fold; undefined while nothing contributed. */
  readonly parts: readonly Part[] | undefined;
  readonly condition: Condition;
}

interface Part {
  /** A sum on its way may leave the range that it ends in. */
  readonly value: Value | bigint;
  /** Contributors so far, kept for averages only, so that other states merge. */
  readonly count: number;
}

function nameOf(parts: State['parts']): string {
  const plain = parts?.map(({ value, count }) => [typeof value === 'bigint' ? `${value}` : value, count]);
  return JSON.stringify(plain ?? null);
}

function step(name: AggregateFunction, part: Part | undefined, given: Value): Part {
  switch (name) {
    case 'count':
      return { value: ((part?.value ?? 0) as number) + 1, count: 0 };
    case 'sum':
    case 'avg': {
      const value = ((part?.value ?? 0n) as bigint) + BigInt(given);
      return { value, count: name === 'avg' ? (part?.count ?? 0) + 1 : 0 };
    }
    case 'min':
      return { value: part === undefined || given < part.value ? given : part.value, count: 0 };
    case 'max':
      return { value: part === undefined || given > part.value ? given : part.value, count: 0 };
  }
}

function conclude(name: AggregateFunction, { value, count }: Part): Value {
  if (typeof value !== 'bigint') return value;
  return Number(name === 'avg' ? value / BigInt(count) : value);
}

/** A value is the greatest (`sign` 1) or least (-1) where a contributor that gives it holds and none beyond it does. */
function* extremes(contributors: readonly Contributor[], sign: 1 | -1, algebra: Algebra): Iterable<Outcome> {
  const byValue = new Map<Value, Condition>();
  for (const { gives, condition } of contributors) {
    const [value] = gives;
    byValue.set(value, algebra.or(byValue.get(value) ?? FALSE, condition));
  }
  let noneBeyond: Condition = TRUE;
  const beyondFirst = [...byValue].sort(([a], [b]) => (a === b ? 0 : a < b ? sign : -sign));
  for (const [value, holds] of beyondFirst) {
    const condition = algebra.and(holds, noneBeyond);
    if (condition !== FALSE) yield { results: [value], condition };
    noneBeyond = algebra.and(noneBeyond, algebra.not(holds));
  }
}
