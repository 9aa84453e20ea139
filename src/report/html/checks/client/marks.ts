/** The marks of pictures, as paths, each around a point. */
import type { SceneFault } from '../scene.js';

export function crossAt(x: number, y: number, half: number): string {
  return `M${x - half} ${y - half}l${2 * half} ${2 * half}m0 ${-2 * half}l${-2 * half} ${2 * half}`;
}

export function ringAt(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

/** A dial with its hands. */
export function clockAt(x: number, y: number): string {
  return `${ringAt(x, y, 6)}M${x} ${y - 4}v4h3`;
}

/** A fault at a node: a flag where it passes, a bar at both ends where it goes on, a cross where it is for good. */
export function markAt({ isPassing, until }: SceneFault, x: number, y: number): string {
  if (isPassing) return `M${x} ${y + 9}v-18l11 4.5l-11 4.5`;
  return until === null ? crossAt(x, y, 7) : `M${x - 9} ${y}h18`;
}

/** What the style of a fault's mark goes by, behind what all have. */
export function kindOfStrike({ isAcross, isPassing }: SceneFault): string {
  if (isAcross) return ' across';
  return isPassing ? ' passing' : '';
}
