/** Where arrows begin and end in a picture. */
import type { Arrow } from './course.js';
import { type PictureFrame, xOf, yOf } from './places.js';

export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** How much of its way a message is drawn that does not arrive. */
const LOST = 0.62;
const UNSENT = 0.22;

export function endsOf(
  frame: PictureFrame,
  { from, to, sent, arrival, isSent }: Arrow,
): { readonly start: PicturePoint; readonly end: PicturePoint } {
  const start = { x: xOf(frame, from), y: yOf(sent) };
  const whole = { x: xOf(frame, to), y: yOf(arrival ?? sent + 1) };
  const share = arrival !== null ? 1 : isSent ? LOST : UNSENT;
  return { start, end: between(start, whole, share) };
}

export function between(a: PicturePoint, b: PicturePoint, share: number): PicturePoint {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
