/** Messages on their way: an arrow to where they arrive; broken, with a cross, where they are lost. */
import type { SceneRun } from '../scene.js';
import type { Arrow } from './course.js';
import { STEP, type PictureFrame, xOf, yOf } from './places.js';
import { clipped } from './clipped.js';

export interface ArrowProps {
  readonly frame: PictureFrame;
  readonly run: SceneRun;
  readonly arrow: Arrow;
  /** What is written beside it. */
  readonly words: string | undefined;
  readonly isLit: boolean;
  readonly onChoose: (arrow: Arrow) => void;
}

/** How much of its way a message is drawn that does not arrive. */
const LOST = 0.62;
const UNSENT = 0.22;

export function ArrowShape({ frame, run, arrow, words, isLit, onChoose }: ArrowProps) {
  const { messages, from, to } = arrow;
  const sent = messages.map((number) => frame.scene.texts[run.messages[number].text]);
  const place = wordsPlace(frame, arrow);
  return (
    <g class={`arrow ${fateOf(arrow)}${isLit ? ' lit' : ''}`} onClick={() => onChoose(arrow)}>
      <title>{`${frame.scene.nodes[from]} → ${frame.scene.nodes[to]}: ${sent.join(', ')}`}</title>
      <path class="reach" d={lineOf(frame, arrow)} />
      <path class="line" d={lineOf(frame, arrow)} />
      <path class="tip" d={tipOf(frame, arrow)} />
      {words !== undefined && (
        <text x={place.x} y={place.y}>
          {clipped(words, Math.floor(frame.lane / 7))}
        </text>
      )}
    </g>
  );
}

function fateOf({ arrival, isSent, isLate }: Arrow): string {
  if (!isSent) return 'unsent';
  if (arrival === null) return 'lost';
  return isLate ? 'late' : 'delivered';
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function endsOf(
  frame: PictureFrame,
  { from, to, sent, arrival, isSent }: Arrow,
): { readonly start: Point; readonly end: Point } {
  const start = { x: xOf(frame, from), y: yOf(sent) };
  const whole = { x: xOf(frame, to), y: yOf(arrival ?? sent + 1) };
  const share = arrival !== null ? 1 : isSent ? LOST : UNSENT;
  return { start, end: between(start, whole, share) };
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

function lineOf(frame: PictureFrame, arrow: Arrow): string {
  const { start, end } = endsOf(frame, arrow);
  if (arrow.from !== arrow.to) return `M${start.x} ${start.y}L${end.x} ${end.y}`;
  const bow = Math.min(26, frame.lane / 3);
  return `M${start.x} ${start.y}q${bow} ${(end.y - start.y) / 2} 0 ${end.y - start.y}`;
}

/** The head of an arrow; a cross where there is none; a ring where it never left. */
function tipOf(frame: PictureFrame, arrow: Arrow): string {
  const { start, end } = endsOf(frame, arrow);
  const { x, y } = end;
  if (!arrow.isSent) return `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`;
  if (arrow.arrival === null) return `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`;
  const angle = arrow.from === arrow.to ? (3 * Math.PI) / 4 : Math.atan2(y - start.y, x - start.x);
  const barb = (turn: number) => `${x - 9 * Math.cos(angle + turn)} ${y - 9 * Math.sin(angle + turn)}`;
  return `M${barb(0.4)}L${x} ${y}L${barb(-0.4)}`;
}

/** Between the lane of the sender and the next one. */
function wordsPlace(frame: PictureFrame, arrow: Arrow): Point {
  const { start, end } = endsOf(frame, arrow);
  const half = frame.lane / 2;
  if (arrow.from === arrow.to) return { x: start.x + half, y: start.y + STEP / 2 };
  const midway = Math.min(1, half / Math.abs(end.x - start.x));
  // Midway is where it crosses what comes the other way, and what was sent later.
  const isEarly = arrow.isLate || end.x > start.x;
  const place = between(start, end, Math.min(1, (midway * (isEarly ? 2 : 4)) / 3));
  // What is lost is told below its line: above it may be what the same node sends elsewhere, and is not lost.
  return { x: place.x, y: place.y + (arrow.arrival === null ? 15 : -5) };
}
