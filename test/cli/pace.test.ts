import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/cli/pace.js';

/** After each timestep has taken so many seconds, while the next one has taken so many. */
function leftAfter(steps: readonly number[], spent: number, eot: number): number | undefined {
  const pace = new Pace();
  let now = 0;
  pace.see(1, now);
  for (const [index, seconds] of steps.entries()) {
    now += seconds * 1_000;
    pace.see(index + 2, now);
  }
  const left = pace.left(eot, now + spent * 1_000);
  return left === undefined ? undefined : left / 1_000;
}

describe('what is left of a pass, at the least', () => {
  it.each([
    [[1, 1, 1], 0, 6, 3],
    [[1, 2, 4], 0, 6, 12],
    [[1, 2, 4], 3, 6, 9],
    // The timestep that it is at takes longer than the last did.
    [[1, 2, 4], 10, 6, 20],
    [[1, 1, 1], 1, 4, 0],
  ])('after timesteps of %j seconds and %d of the next, of %d, is %d', (steps, spent, eot, left) => {
    expect(leftAfter(steps, spent, eot)).toBe(left);
  });

  it('is not known at first, nor of what is quick, nor where no pass is under way', () => {
    expect(leftAfter([4, 4], 0, 6)).toBeUndefined();
    expect(leftAfter([0.1, 0.1, 0.1], 0, 6)).toBeUndefined();
    const pace = new Pace();
    for (let time = 1; time <= 4; time++) pace.see(time, time * 1_000);
    expect(pace.left(8, 5_000)).toBeDefined();
    pace.see(undefined, 5_000);
    expect(pace.left(8, 6_000)).toBeUndefined();
    // Another pass begins, or another way of it.
    pace.see(1, 6_000);
    expect(pace.left(8, 20_000)).toBeUndefined();
  });

  it('shares the time of those that passed between two looks', () => {
    const pace = new Pace();
    pace.see(1, 0);
    pace.see(5, 4_000);
    expect(pace.left(6, 4_000)).toBe(2_000);
  });
});
