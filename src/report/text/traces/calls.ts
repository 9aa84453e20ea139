/** Calls by name, as reports of traces have them. */
import { visible } from '../../../model/text/display.js';
import type { CallPoint } from '../../../lineage/traces/points.js';
import type { CallResult } from '../../../runner/traces/result.js';

/** `cart -> pricing GET /price, 2nd`. */
export function nameOfCall(point: CallPoint, last = point.ordinal): string {
  const { caller, callee, operation, ordinal } = point;
  const name = visible(`${caller} -> ${callee} ${operation}`.trimEnd());
  if (last > ordinal) return `${name}, ${ordinalOf(ordinal)} to ${ordinalOf(last)}`;
  return ordinal === 1 ? name : `${name}, ${ordinalOf(ordinal)}`;
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
