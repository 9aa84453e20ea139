/** The judge of proofs, on proofs that were worked out by hand. */
import { describe, expect, it } from 'vitest';
import { stepsToContradiction } from './naive-proof.js';

/** Both variables, in every combination, are wrong. */
const WRONG = [
  [1, 2],
  [1, -2],
  [-1, 2],
  [-1, -2],
];

describe('a proof', () => {
  it('takes no steps where the contradiction is plain', () => {
    expect(stepsToContradiction([[1], [-1, 2], [-2]], [])).toBe(0);
    expect(stepsToContradiction([[]], [[1]])).toBe(0);
  });

  it('takes the steps that lead to one', () => {
    expect(stepsToContradiction(WRONG, [])).toBeUndefined();
    expect(stepsToContradiction(WRONG, [[1], []])).toBe(1);
    expect(stepsToContradiction(WRONG, [[1, 2], [1, -1], [-2], [7]])).toBe(3);
  });

  it('is none with a step that does not follow, or that leads nowhere', () => {
    expect(stepsToContradiction(WRONG, [[], [1]])).toBeUndefined();
    expect(stepsToContradiction(WRONG.slice(1), [[1], [-1]])).toBeUndefined();
    expect(stepsToContradiction(WRONG, [[1, -1]])).toBeUndefined();
  });
});
