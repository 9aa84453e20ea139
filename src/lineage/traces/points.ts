/**
 * Names of calls that mean the same in every request: the way from the request to the call, by what was called and
 * which time it was, counted by caller. Points are numbers, so that a way of a million calls costs no more than one.
 */
import { compareStrings } from '../../model/order.js';
import type { Call } from './calls.js';

/** A call as it may be in many requests. */
export interface CallPoint {
  /** The point that it is called for; -1 for the request itself. */
  readonly parent: number;
  readonly caller: string;
  readonly callee: string;
  readonly operation: string;
  /** From 1: which of the same calls it is that are made for the same point. */
  readonly ordinal: number;
}

/** All points that were met. Number n is the n-th of them, from 0. */
export class CallPoints {
  private readonly points: CallPoint[] = [];
  private readonly numbers = new Map<string, number>();

  at(point: number): CallPoint {
    return this.points[point];
  }

  /**
   * The point of each call.
   *
   * @param calls of one request, each after the one that it was made for
   * @param root what tells the points of one kind of request from those of others
   */
  of(calls: readonly Call[], root: string): readonly number[] {
    const points = new Array<number>(calls.length);
    const ordinals = new Map<string, number>();
    for (const index of inOrder(calls)) {
      const { parent, caller, callee, operation } = calls[index];
      const within = parent < 0 ? -1 : points[parent];
      const above = parent < 0 ? root : String(within);
      // Requests may be in requests: what is counted is told by the call, and what is named by its point.
      const counted = JSON.stringify([parent, caller, callee, operation]);
      const ordinal = (ordinals.get(counted) ?? 0) + 1;
      ordinals.set(counted, ordinal);
      const key = JSON.stringify([above, caller, callee, operation, ordinal]);
      points[index] = this.number(key, { parent: within, caller, callee, operation, ordinal });
    }
    return points;
  }

  private number(key: string, point: CallPoint): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.points.length);
    return this.points.push(point) - 1;
  }
}

/** Calls that were made for the same call, by when their caller made them; each after the one it was made for. */
function inOrder(calls: readonly Call[]): readonly number[] {
  const depths = new Uint32Array(calls.length);
  for (const [index, { parent }] of calls.entries()) if (parent >= 0) depths[index] = depths[parent] + 1;
  return [...calls.keys()].sort(
    (a, b) => depths[a] - depths[b] || compareStarts(calls[a], calls[b]) || a - b,
  );
}

/** Of one caller, whose clock both are by; others are in a fixed order. */
function compareStarts(a: Call, b: Call): number {
  const byCaller = compareStrings(a.caller, b.caller);
  if (byCaller !== 0) return byCaller;
  if (a.start === undefined || b.start === undefined)
    return Number(a.start === undefined) - Number(b.start === undefined);
  return a.start < b.start ? -1 : Number(a.start > b.start);
}
