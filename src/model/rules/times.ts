/** When rules fire, and when what they derive holds. */
import { inTime, sendingTimes } from '../world.js';
import type { Rule } from './program.js';

/**
 * When what a rule derives may hold, where it fires at a time: the earliest first.
 *
 * @param longestDelay the most timesteps by which a message may be late
 */
export function headTimes({ timing }: Rule, fired: number, longestDelay: number): readonly number[] {
  switch (timing) {
    case 'deductive':
      return [fired];
    case 'next':
      return [fired + 1];
    case 'async':
      return Array.from({ length: 1 + longestDelay }, (_, late) => inTime(fired) + late);
  }
}

/** When a rule may fire, from 1, to derive what holds at a time: the latest first. */
export function firingTimes({ timing }: Rule, holds: number, longestDelay: number): readonly number[] {
  switch (timing) {
    case 'deductive':
      return [holds];
    case 'next':
      return sendingTimes(holds, 0);
    case 'async':
      return sendingTimes(holds, longestDelay);
  }
}
