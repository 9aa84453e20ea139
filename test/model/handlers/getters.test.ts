/** Fields that are worked out where they are looked at, the same for all objects that have them. */
import { describe, expect, it } from 'vitest';
import { Getters } from '../../../src/model/handlers/getters.js';

interface Clock {
  readonly now: number;
}

function timed(getters: Getters<Clock>, now: number): { readonly time: number; readonly name: string } {
  return Object.freeze(getters.define({ name: `at ${now}` }, { now })) as ReturnType<typeof timed>;
}

describe('getters', () => {
  const clock = new Getters<Clock>({ time: ({ now }) => now });

  it('tell of the object that they are in', () => {
    const all = [timed(clock, 1), timed(clock, 2)];
    expect(all.map(({ time }) => time)).toEqual([1, 2]);
    expect(Object.keys(all[0])).toEqual(['name', 'time']);
  });

  it('are the same functions in all objects, so that these are of one shape', () => {
    const [one, other] = [1, 2].map((now) => Object.getOwnPropertyDescriptor(timed(clock, now), 'time'));
    // Functions are equal where they are one.
    expect(one).toEqual(other);
  });

  it('leave a copy what they told when it was made', () => {
    expect({ ...timed(clock, 3) }).toEqual({ name: 'at 3', time: 3 });
    const hidden = new Getters<Clock>({ time: ({ now }) => now }, false);
    expect(timed(hidden, 3).time).toBe(3);
    expect({ ...timed(hidden, 3) }).toEqual({ name: 'at 3' });
  });

  it('are told apart where an object has several', () => {
    const other = new Getters<string>({ place: (where) => where });
    const object = Object.freeze(other.define(timedUnfrozen(4), 'here'));
    expect(object).toMatchObject({ time: 4, place: 'here' });
  });

  function timedUnfrozen(now: number): object {
    return clock.define({}, { now }) as object;
  }
});
