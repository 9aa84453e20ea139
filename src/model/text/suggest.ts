/** "Did you mean": the nearest known name, where it is near. */
import { compareStrings } from '../order.js';

/** A name longer than this is no slip of the fingers, and not worth the time. */
const LONGEST = 64;
/** No more candidates than this are looked at, so that a flood of slips costs little. */
const MOST = 300;

/** A hint that names the candidate nearest to `name`; undefined where none is near. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const best = nearest(name, candidates);
  return best === undefined ? undefined : `did you mean \`${best}\`?`;
}

/** The candidate fewest edits away, ties by code units; undefined where none is within a third of its length. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let looked = 0;
  let best: { distance: number; candidate: string } | undefined;
  for (const candidate of candidates) {
    if (looked++ === MOST) break;
    const limit = Math.min(best?.distance ?? Infinity, tolerance(Math.max(name.length, candidate.length)));
    const distance = editDistance(name, candidate, limit);
    if (distance > limit) continue;
    if (
      best === undefined ||
      distance < best.distance ||
      (distance === best.distance && compareStrings(candidate, best.candidate) < 0)
    )
      best = { distance, candidate };
  }
  return best?.candidate;
}

/** One letter for another is a different name; only its case may be a slip. */
function tolerance(length: number): number {
  return length < 2 ? 0.5 : Math.max(1, Math.floor(length / 3));
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment; Boytsov,
 * "Indexing methods for approximate dictionary searching", 2011); letters that differ in case count half.
 * Infinity where that is found to be beyond `limit`, or where a name is very long.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > LONGEST) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1] + substitution(a[row - 1], b[column - 1]);
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? beforeLast[column - 2] + 1
          : Infinity;
      current.push(Math.min(last[column] + 1, current[column - 1] + 1, replaced, swapped));
    }
    if (Math.min(...current) > limit) return Infinity;
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? 0.5 : 1;
}
