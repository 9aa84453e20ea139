import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest, suggest } from '../../../../src/model/text/suggest.js';

const word = fc.stringMatching(/^[a-c]{0,6}$/);

/** All words one edit away. */
function edits(word: string): readonly string[] {
  const letters = ['a', 'b', 'c'];
  return Array.from({ length: word.length + 1 }, (_, at) => [
    ...letters.map((letter) => word.slice(0, at) + letter + word.slice(at)),
    ...(at === word.length ? [] : [word.slice(0, at) + word.slice(at + 1)]),
    ...(at === word.length ? [] : letters.map((letter) => word.slice(0, at) + letter + word.slice(at + 1))),
    ...(at + 1 < word.length ? [word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)] : []),
  ]).flat();
}

describe('the distance of two names', () => {
  it('is one for one edit, and symmetric', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b) === 1).toBe(a !== b && edits(a).includes(b));
      }),
      { numRuns: 500 },
    );
  });

  it('is half an edit for case', () => {
    expect(editDistance('Log', 'log')).toBe(0.5);
  });

  it('is not computed past a limit, nor for very long names', () => {
    fc.assert(
      fc.property(word, word, fc.nat(6), (a, b, limit) => {
        const distance = editDistance(a, b);
        expect(editDistance(a, b, limit) <= limit).toBe(distance <= limit);
        if (distance <= limit) expect(editDistance(a, b, limit)).toBe(distance);
      }),
    );
    expect(editDistance('x'.repeat(100_000), `${'x'.repeat(99_999)}y`)).toBe(Infinity);
  });
});

describe('the nearest name', () => {
  it('is the nearest of all, the first by code units where several are', () => {
    fc.assert(
      fc.property(word, fc.uniqueArray(word), (name, candidates) => {
        const tolerance = (other: string): number => {
          const length = Math.max(name.length, other.length);
          return length < 2 ? 0.5 : Math.max(1, Math.floor(length / 3));
        };
        const near = candidates
          .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
          .filter(({ candidate, distance }) => distance <= tolerance(candidate))
          .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
        expect(nearest(name, candidates)).toBe(near.at(0)?.candidate);
      }),
    );
  });

  it.each([
    ['lgo', ['log', 'node'], 'log'],
    ['bcast', ['broadcast'], undefined],
    ['a', ['b', 'A'], 'A'],
    ['a', ['b', 'c'], undefined],
  ])('to %s among %j is %s', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toBe(expected);
    expect(suggest(name, candidates)).toBe(
      expected === undefined ? undefined : `did you mean \`${expected}\`?`,
    );
  });
});
