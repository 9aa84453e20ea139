/** What one part of a node's state may hold, and under which conditions: they exclude each other. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';

/** A value that something may have. */
export interface Possibility {
  readonly value: unknown;
  readonly condition: Condition;
}

/** By what can be told apart of them. */
export type Possibilities = ReadonlyMap<string, Possibility>;

export class StateCell {
  private current: Possibilities;

  /** @param first what it holds before anything is written */
  private constructor(readonly first: Possibilities) {
    this.current = first;
  }

  /** One that has this value whatever happens. */
  static holding(text: string, value: unknown): StateCell {
    return new StateCell(new Map([[text, { value, condition: TRUE }]]));
  }

  get possibilities(): Possibilities {
    return this.current;
  }

  /** The condition of one value. */
  conditionOf(text: string): Condition {
    return this.current.get(text)?.condition ?? FALSE;
  }

  /** What it may hold under a condition. */
  under(condition: Condition, algebra: Algebra): Possibilities {
    const possible = new Map<string, Possibility>();
    for (const [text, { value, condition: before }] of this.current) {
      const both = algebra.and(before, condition);
      if (!algebra.isFalse(both)) possible.set(text, { value, condition: both });
    }
    return possible;
  }

  /** Holds what it held at another time, under a condition. */
  restore(condition: Condition, before: Possibilities, algebra: Algebra): void {
    if (this.current !== before)
      this.replace(condition, [new StateCell(before).under(condition, algebra)], algebra);
  }

  /** Has other values under a condition, and keeps its own where that does not hold. */
  replace(condition: Condition, by: readonly Possibilities[], algebra: Algebra): void {
    const next = new Map(this.under(algebra.not(condition), algebra));
    for (const possibilities of by) merge(next, possibilities, algebra);
    this.current = next;
  }
}

/** What can be told apart of an answer; equal answers have equal texts. */
export function answerText(answer: unknown): string {
  if (Object.is(answer, -0)) return '-0';
  return JSON.stringify(answer) ?? 'undefined';
}

/** What has one value whatever happens. */
export function certain(value: unknown): Possibilities {
  return new Map([[answerText(value), { value, condition: TRUE }]]);
}

/** Adds possibilities that exclude those which are there. */
export function merge(into: Map<string, Possibility>, more: Possibilities, algebra: Algebra): void {
  for (const [text, { value, condition }] of more) {
    const before = into.get(text)?.condition ?? FALSE;
    into.set(text, { value, condition: algebra.or(before, condition) });
  }
}
