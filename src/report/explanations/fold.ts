/**
 * What makes an explanation short. What is so because it was so the timestep before is told once, with all its times, and
 * rests on whatever began it; and of what something rests on, the same at several times is told at once.
 */
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { Sentence } from './sentences.js';

/** What is so, or is not, and what it rests on. */
export interface Told extends Sentence {
  /** `fault`: one that happened. `code`: a rule, or a call of a handler, or what it failed at. `absent`: what is not so. */
  readonly kind: 'fault' | 'code' | 'absent' | 'so';
  /** Where the protocol says it. */
  readonly place: SourceSpan | undefined;
  readonly because: readonly Told[];
  /** Where more is behind it: `deeper` than was asked for, or `told` elsewhere. */
  readonly more: 'deeper' | 'told' | undefined;
}

/** The same, told in fewer words. */
export function foldAlike(told: Told): Told {
  const because = mergeAlike(told.because.map(foldAlike));
  const index = because.findIndex((each) => before(told, each) !== undefined);
  if (index === -1) return { ...told, because };
  const earlier = before(told, because[index])!;
  const others = because.filter((_, at) => at !== index);
  return {
    ...told,
    times: union(earlier.times, told.times),
    because: mergeAlike([...others, ...earlier.because]),
    more: earlier.more,
  };
}

/** The same a timestep before, where it is all that a reason rests on: by a rule, or by failing at it. */
function before(told: Told, reason: Told): Told | undefined {
  const [time] = told.times;
  for (let each = reason; ; [each] = each.because) {
    if (isSame(each, told) && each.times.at(-1) === time - 1) return each;
    if (each.kind !== 'code' || each.because.length !== 1) return undefined;
  }
}

/** Whether they differ in their times alone. */
function isSame(a: Told, b: Told): boolean {
  return a.times.length > 0 && a.kind === b.kind && a.before === b.before && a.after === b.after;
}

/** Those that differ in their times alone as one; what faults did is told apart. */
function mergeAlike(all: readonly Told[]): readonly Told[] {
  const merged: Told[] = [];
  for (const next of all) {
    const index = merged.findIndex((known) => isAlike(known, next));
    if (index === -1) merged.push(next);
    else merged[index] = merge(merged[index], next);
  }
  return merged;
}

function isAlike(a: Told, b: Told): boolean {
  return a.kind === b.kind && a.before === b.before && a.after === b.after && faultsOf(a) === faultsOf(b);
}

function faultsOf({ because }: Told): string {
  return because.flatMap((each) => (each.kind === 'fault' ? [each.before] : [])).join('; ');
}

function merge(a: Told, b: Told): Told {
  return {
    ...a,
    times: union(a.times, b.times),
    because: mergeAlike([...a.because, ...b.because]),
    more: a.more ?? b.more,
  };
}

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}
