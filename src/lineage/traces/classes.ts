/**
 * Classes of requests. Requests are of one class where they ask for the same and, as long as nothing fails, make the
 * same calls. One in which a call failed belongs to the class that it would have been of, as far as can be told: the
 * one that has the failed call and shares the most calls. What it rested on instead, a retry or a fallback, is
 * another support of the class.
 */
import type { Observation } from './requests.js';

/** A class, and what its requests have shown. */
export interface RequestClass {
  /** Requests of it. */
  count: number;
  /** Those with a good outcome. */
  good: number;
  /** A trace of it. */
  readonly traceId: string;
  /** A trace of it in which nothing failed; undefined where there is none. */
  readonly regular: string | undefined;
  /** What good outcomes rested on. */
  readonly supports: CallSet[];
  /** Sets of calls of which a failure was survived, and those of which it was not. */
  readonly survived: CallSet[];
  readonly fatal: CallSet[];
}

/** Calls that were seen together, and how often. */
export interface CallSet {
  readonly points: readonly number[];
  count: number;
  /** The first trace that shows it. */
  readonly traceId: string;
}

/** Observations that are the same, told once. */
interface Kind {
  readonly observation: Observation;
  count: number;
}

/** Of classes that have a failed call, how many are compared. */
const COMPARED = 100;

/** All requests that ask for the same. */
export class RequestGroup {
  private readonly kinds = new Map<string, Kind>();

  add(observation: Observation): void {
    const { good, support, failed } = observation;
    const key = `${good ? 1 : 0} ${support.join(',')} ${failed.join(',')}`;
    const known = this.kinds.get(key);
    if (known === undefined) this.kinds.set(key, { observation, count: 1 });
    else known.count++;
  }

  /** In the order in which the first request of each was met. */
  classes(): readonly RequestClass[] {
    const kinds = [...this.kinds.values()];
    const regular = kinds.filter(isRegular);
    const classes = regular.map((kind) => classOf(kind));
    const byPoint = new Map<number, number[]>();
    for (const [index, { observation }] of regular.entries())
      for (const point of observation.support) {
        const having = byPoint.get(point);
        if (having === undefined) byPoint.set(point, [index]);
        else if (having.length < COMPARED) having.push(index);
      }
    for (const kind of kinds) {
      if (isRegular(kind)) continue;
      const index = closest(kind.observation, regular, byPoint);
      if (index === undefined) classes.push(classOf(kind));
      else extend(classes[index], kind);
    }
    return classes;
  }
}

function isRegular({ observation }: Kind): boolean {
  return observation.good && observation.failed.length === 0;
}

function classOf(kind: Kind): RequestClass {
  const { traceId } = kind.observation;
  const regular = isRegular(kind) ? traceId : undefined;
  const fresh: RequestClass = { count: 0, good: 0, traceId, regular, supports: [], survived: [], fatal: [] };
  extend(fresh, kind);
  return fresh;
}

function extend(into: RequestClass, { observation, count }: Kind): void {
  const { good, support, failed, origins, traceId } = observation;
  into.count += count;
  if (good) {
    into.good += count;
    note(into.supports, { points: support, count, traceId });
    if (failed.length > 0) note(into.survived, { points: failed, count, traceId });
  } else if (failed.length > 0) note(into.fatal, { points: origins, count, traceId });
}

function note(evidence: CallSet[], { points, count, traceId }: CallSet): void {
  const known = evidence.find((each) => each.points.join() === points.join());
  if (known === undefined) evidence.push({ points, count, traceId });
  else known.count += count;
}

/** The class that an observation with failures varies. */
function closest(
  { support, failed }: Observation,
  regular: readonly Kind[],
  byPoint: ReadonlyMap<number, readonly number[]>,
): number | undefined {
  const candidates = new Set(failed.flatMap((point) => byPoint.get(point) ?? []));
  const attempted = new Set([...support, ...failed]);
  let best: number | undefined;
  let most = -1;
  for (const index of [...candidates].sort((a, b) => a - b)) {
    const calls = regular[index].observation.support;
    const shared = calls.filter((point) => attempted.has(point)).length;
    const isCloser =
      shared > most || (shared === most && calls.length < regular[best!].observation.support.length);
    if (!isCloser) continue;
    best = index;
    most = shared;
  }
  return best;
}
