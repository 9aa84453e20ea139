/** Some of many faults, at most so many together: at random, and as samples. Of faults that exclude each other, one. */
import type { Bounds } from '../bounds.js';
import { limitOf, SAMPLE_WORDS, type FaultKind, type Timed } from './kind.js';

/**
 * At most so many faults, each way to choose them as likely as any other.
 *
 * @param groups of faults that exclude each other; those of different groups do not
 * @param most an integer, or Infinity
 * @param random uniform in [0, 1)
 */
export function drawFew<F>(
  groups: readonly (readonly F[])[],
  most: number,
  random: () => number,
): readonly F[] {
  const ways = most >= groups.length ? undefined : waysFrom(groups, most);
  let left = most;
  return groups.flatMap((group, index) => {
    if (left === 0) return [];
    // The ways to choose from here on, with none of this group, and with one that is given.
    const [without, withOne] =
      ways === undefined ? [1, 1] : [ways[index + 1][left], ways[index + 1][left - 1]];
    const drawn = random() * (without + group.length * withOne);
    if (drawn >= group.length * withOne) return [];
    left--;
    return [group[Math.floor(drawn / withOne)]];
  });
}

/**
 * The ways to choose at most so many faults from the groups from one on: `ways[group][most]`. Those of one group are to
 * be compared with each other alone: they are in proportion, so that none is too great for a number.
 */
function waysFrom(groups: readonly (readonly unknown[])[], most: number): readonly (readonly number[])[] {
  const ways = [new Array<number>(most + 1).fill(1)];
  for (const group of [...groups].reverse()) {
    const later = ways.at(-1)!;
    const all = later.map((without, few) => without + group.length * (later[few - 1] ?? 0));
    ways.push(all.map((each) => each / all[most]));
  }
  return ways.reverse();
}

/**
 * Of sample fault sets, each of a few faults of a kind, whether an event is true. Every fault has its turn, in as many as
 * others.
 *
 * @param faults within the bounds
 */
export function sampleFew<F extends Timed>(
  kind: FaultKind<F>,
  faults: readonly F[],
  bounds: Bounds,
): (event: F) => readonly number[] {
  return sampleSome(faults, {
    most: limitOf(kind, bounds),
    joins: (fault, others) => kind.joins(fault, others, bounds),
    truth: (some) => kind.truth(some),
  });
}

/** Which faults may happen together, and what is true of those that do. */
interface Together<F> {
  /** The most faults, an integer or Infinity. */
  readonly most: number;
  joins(fault: F, others: readonly F[]): boolean;
  truth(faults: readonly F[]): (event: F) => boolean;
}

/** The same of faults of any kinds. */
export function sampleSome<F>(faults: readonly F[], together: Together<F>): (event: F) => readonly number[] {
  const most = Math.min(together.most, faults.length, MOST_SAMPLED);
  // One after the other they are of the same channel, and alike.
  const step = strideThrough(faults.length);
  let turn = 0;
  const samples = Array.from({ length: 32 * SAMPLE_WORDS }, (_, number) => {
    const chosen: F[] = [];
    for (let left = number === 0 ? 0 : most; left > 0; left--) {
      const fault = faults[(turn++ * step) % faults.length];
      if (together.joins(fault, chosen)) chosen.push(fault);
    }
    return together.truth(chosen);
  });
  return sampleBits(samples);
}

const MOST_SAMPLED = 8;

/** About the golden section of so many, and without a common divisor with it: each has its turn. */
function strideThrough(length: number): number {
  let step = Math.max(1, Math.floor(length * 0.618));
  while (divisor(step, length) > 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/**
 * Of samples, a bit for each of which an event is true, 32 to a word.
 *
 * @param truths of each sample, whether an event is true of it
 */
export function sampleBits<F>(truths: readonly ((event: F) => boolean)[]): (event: F) => readonly number[] {
  return (event) => {
    const words = new Array<number>(SAMPLE_WORDS).fill(0);
    truths.forEach((isTrue, number) => {
      if (isTrue(event)) words[number >> 5] |= 1 << (number & 31);
    });
    return words;
  };
}
