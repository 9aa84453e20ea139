/** Calls by name, as reports of traces have them. */
import { visible } from '../../../model/text/display.js';
import type { CallPoint } from '../../../lineage/traces/points.js';
import type { CallResult } from '../../../runner/traces/result.js';

/** `cart -> pricing GET /price, 2nd`. @param last of a range of calls, its ordinal */
export function nameOfCall(point: CallPoint, last = point.ordinal): string {
  return visible(`${point.caller} -> ${stepOf(point, last)}`);
}

function stepOf({ callee, operation, ordinal }: CallPoint, last: number): string {
  const name = `${callee} ${operation}`.trimEnd();
  if (last > ordinal) return `${name}, ${ordinalOf(ordinal)} to ${ordinalOf(last)}`;
  return ordinal === 1 ? name : `${name}, ${ordinalOf(ordinal)}`;
}

/** The most steps of a name: a way may be as long as a trace is deep. */
const LONGEST_NAME = 20;

/**
 * Names of calls that are told together, so that no two are called alike: as much of the way to each as tells it from
 * the others, such as `shop -> cart GET /cart, 2nd -> pricing GET /price`.
 */
export class CallPointNames {
  /** How many steps of its way the name of a call has. */
  private readonly steps = new Map<number, number>();

  /** @param told calls by their numbers among the points */
  constructor(
    told: Iterable<number>,
    private readonly points: readonly CallPoint[],
  ) {
    this.tellApart([...new Set(told)], 1);
  }

  /** @param last of a range of calls, its ordinal */
  nameOf(point: number, last?: number): string {
    return this.nameWith(point, this.steps.get(point) ?? 1, last);
  }

  private tellApart(calls: readonly number[], steps: number): void {
    const alike = new Map<string, number[]>();
    for (const point of calls) {
      const name = this.nameWith(point, steps);
      alike.set(name, [...(alike.get(name) ?? []), point]);
      this.steps.set(point, steps);
    }
    if (steps === LONGEST_NAME) return;
    for (const several of alike.values()) if (several.length > 1) this.tellApart(several, steps + 1);
  }

  private nameWith(point: number, steps: number, last = this.points[point].ordinal): string {
    let first = this.points[point];
    let way = stepOf(first, last);
    for (let step = 1; step < steps && first.parent >= 0; step++) {
      const { caller, parent } = first;
      first = this.points[parent];
      // Whoever answered may have called under another name.
      const through = first.callee === caller ? '' : `${caller} -> `;
      way = `${stepOf(first, first.ordinal)} -> ${through}${way}`;
    }
    return visible(`${first.caller} -> ${way}`);
  }
}

/** `1st`, `2nd`, `13th`. */
export function ordinalOf(number: number): string {
  const isTeen = Math.floor((number % 100) / 10) === 1;
  const ending = isTeen ? undefined : ['th', 'st', 'nd', 'rd'][number % 10];
  return `${number}${ending ?? 'th'}`;
}

/** Calls that one caller makes one after another, and that have shown the same. */
export interface CallRange {
  readonly first: CallResult;
  /** The ordinal of the last. */
  readonly last: number;
}

/** Calls in a loop are told as one. */
export function rangesOf(calls: readonly CallResult[], points: readonly CallPoint[]): readonly CallRange[] {
  const ranges: { readonly first: CallResult; last: number }[] = [];
  for (const call of calls) {
    const range = ranges.at(-1);
    if (range !== undefined && continues(range, call, points)) range.last++;
    else ranges.push({ first: call, last: points[call.point].ordinal });
  }
  return ranges;
}

function continues({ first, last }: CallRange, call: CallResult, points: readonly CallPoint[]): boolean {
  const one = points[first.point];
  const other = points[call.point];
  return (
    other.ordinal === last + 1 &&
    one.parent === other.parent &&
    one.caller === other.caller &&
    one.callee === other.callee &&
    one.operation === other.operation &&
    first.requests === call.requests &&
    first.fatal === undefined &&
    call.fatal === undefined
  );
}
