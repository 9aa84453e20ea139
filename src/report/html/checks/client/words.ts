/** Where the words beside arrows stand: near where each begins, and not upon one another as far as there is room. */
import type { Arrow, Step } from './course.js';
import { clipped } from './clipped.js';
import { endsOf, between, type PicturePoint } from './arrow-lines.js';
import { type PictureFrame, STEP } from './places.js';

/** The words of an arrow, as far as there is room for them, and where their middle is. */
export interface PlacedWords extends PicturePoint {
  readonly text: string;
}

/** Pixels that a letter takes, and a line of them. */
const LETTER = 6.6;
const LINE = 13;

/** Above a line, and below it. */
const ABOVE = -5;
const BELOW = 15;

/** Shares of the way between two lanes: midway is where an arrow crosses what comes the other way. */
const SHARES = [1 / 3, 1 / 2, 2 / 3, 1 / 4, 3 / 4];

export function placeWords(frame: PictureFrame, steps: readonly Step[]): ReadonlyMap<Arrow, PlacedWords> {
  const placed = new Map<Arrow, PlacedWords>();
  // What a step tells can only be in the way of what the next ones tell.
  const recent: (readonly PlacedWords[])[] = [];
  for (const { words } of steps) {
    const own: PlacedWords[] = [];
    recent.push(own);
    if (recent.length > 3) recent.shift();
    for (const [arrow, whole] of words) {
      const text = clipped(whole, Math.floor(frame.lane / 7));
      const candidates = placesOf(frame, arrow).map((place) => ({ text, ...place }));
      const others = recent.flat();
      const free = candidates.find((each) => !others.some((other) => overlap(each, other)));
      const chosen = free ?? candidates[0];
      own.push(chosen);
      placed.set(arrow, chosen);
    }
  }
  return placed;
}

function overlap(a: PlacedWords, b: PlacedWords): boolean {
  const width = ((a.text.length + b.text.length) / 2) * LETTER;
  return Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < LINE;
}

/** Where the words of an arrow may stand, the best first. */
function placesOf(frame: PictureFrame, arrow: Arrow): readonly PicturePoint[] {
  const { start, end } = endsOf(frame, arrow);
  const half = frame.lane / 2;
  if (arrow.from === arrow.to) {
    // Beyond the last lane there is no room for them.
    const side = arrow.from === frame.scene.nodes.length - 1 ? -half : half;
    return [STEP / 2, STEP / 3, (2 * STEP) / 3].map((down) => ({ x: start.x + side, y: start.y + down }));
  }
  const gap = frame.lane / Math.abs(end.x - start.x);
  const gaps = Array.from({ length: Math.max(1, Math.floor(1 / gap)) }, (_, index) => index);
  const isRight = end.x > start.x;
  // What goes left is told towards its end, and so below what comes the other way.
  const shares = arrow.isLate || isRight ? SHARES : SHARES.map((share) => 1 - share);
  // What is lost is told below its line: above it may be what the same node sends elsewhere, and is not lost.
  const sides = arrow.arrival === null ? [BELOW, ABOVE] : [ABOVE, BELOW];
  return gaps.flatMap((index) =>
    sides.flatMap((side) =>
      shares.map((share) => {
        const place = between(start, end, Math.min(1, (index + share) * gap));
        return { x: place.x, y: place.y + side };
      }),
    ),
  );
}
