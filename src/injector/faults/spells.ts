/**
 * What those kinds of faults have in common that go on for some timesteps and end: an event is that such a fault goes on
 * at one time, and each counts where the one of the timestep before is not true. So a fault is a *spell* of events one
 * after the other, and two of the same row have at least one timestep between them.
 */
import type { Ways } from '../polynomials.js';
import type { Timed } from './kind.js';

/** A fault that goes on at `time`, ..., `until` - 1. */
export interface Spell extends Timed {
  readonly until: number;
}

/** At one time, the event of a fault that goes on then. */
export function eventsOfSpell<F extends Spell>(fault: F): readonly F[] {
  return timesFrom(fault.time, fault.until).map((time) => ({ ...fault, time, until: time + 1 }));
}

/** The spells that some events are, in the order of the events, which is by time. */
export function spellsOf<F extends Spell>(
  events: readonly F[],
  isOfSame: (a: F, b: F) => boolean,
): readonly F[] {
  const spells: F[] = [];
  for (const event of events) {
    const before = spells.findIndex((spell) => spell.until === event.time && isOfSame(spell, event));
    if (before === -1) spells.push(event);
    else spells[before] = { ...spells[before], until: event.until };
  }
  return spells;
}

/** All spells within one, itself first, the longer ones before. */
export function spellsWithin<F extends Spell>(fault: F): readonly F[] {
  const length = fault.until - fault.time;
  return timesFrom(0, length).flatMap((shorter) =>
    timesFrom(0, shorter + 1).map((later) => {
      const time = fault.time + later;
      return { ...fault, time, until: time + length - shorter };
    }),
  );
}

/** Whether two spells of the same row are apart, with at least a timestep between them. */
export function areApart(a: Spell, b: Spell): boolean {
  return a.until < b.time || b.until < a.time;
}

/** The integers from one to another, which is not among them. */
export function timesFrom(from: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);
}

/** The ways in which spells may be in one row of so many timesteps, by how many they are: C(times + 1, 2 spells). */
export function waysOfSpells(times: number): Ways {
  const ways = [1n];
  for (let spells = 1; 2 * spells <= times + 1; spells++) {
    const chosen = BigInt(2 * spells);
    const from = BigInt(times + 1);
    // Two ends more are chosen, of those that are left.
    ways.push((ways[spells - 1] * (from - chosen + 2n) * (from - chosen + 1n)) / (chosen * (chosen - 1n)));
  }
  return ways;
}

/**
 * The events of at most so many spells, each way to choose them as likely as any other.
 *
 * @param rows the events of each row, by time
 * @param most an integer, or Infinity
 * @param random uniform in [0, 1)
 */
export function drawSpells<F>(
  rows: readonly (readonly F[])[],
  most: number,
  random: () => number,
): readonly F[] {
  const places = rows.flatMap((row) => row.map((event, index) => ({ event, isFirst: index === 0 })));
  let left = Math.min(most, places.length);
  let isOn = false;
  const ways = waysFrom(places, left);
  return places
    .filter(({ isFirst }, at) => {
      const cost = isFirst || !isOn ? 1 : 0;
      const off = ways[at + 1].off[left];
      const on = ways[at + 1].on[left - cost] ?? 0;
      isOn = random() * (off + on) < on;
      if (isOn) left -= cost;
      return isOn;
    })
    .map(({ event }) => event);
}

/** From one place on, the ways to go on where so many spells may still begin: where the event before is true, and where not. */
interface Onward {
  readonly on: readonly number[];
  readonly off: readonly number[];
}

/** Those of one place are to be compared with each other alone: they are in proportion, so that none is too great for a number. */
function waysFrom(places: readonly { readonly isFirst: boolean }[], most: number): readonly Onward[] {
  const ones = new Array<number>(most + 1).fill(1);
  const ways: Onward[] = [{ on: ones, off: ones }];
  for (const { isFirst } of places.toReversed()) {
    const { on, off } = ways.at(-1)!;
    const begin = off.map((without, left) => without + (on[left - 1] ?? 0));
    const goOn = isFirst ? begin : off.map((without, left) => without + on[left]);
    const scale = Math.max(...goOn);
    ways.push({ on: goOn.map((each) => each / scale), off: begin.map((each) => each / scale) });
  }
  return ways.reverse();
}
