/** Messages on their way: an arrow to where they arrive; broken, with a cross, where they are lost. */
import type { SceneRun } from '../scene.js';
import type { Arrow } from './course.js';
import { endsOf } from './arrow-lines.js';
import { crossAt, ringAt } from './marks.js';
import type { PictureFrame } from './places.js';
import type { PlacedWords } from './words.js';

export interface ArrowProps {
  readonly frame: PictureFrame;
  readonly run: SceneRun;
  readonly arrow: Arrow;
  /** What is written beside it. */
  readonly words: PlacedWords | undefined;
  readonly isLit: boolean;
  readonly onChoose: (arrow: Arrow) => void;
}

export function ArrowShape({ frame, run, arrow, words, isLit, onChoose }: ArrowProps) {
  const { messages, from, to } = arrow;
  const sent = messages.map((number) => frame.scene.texts[run.messages[number].text]);
  return (
    <g class={`arrow ${fateOf(arrow)}${isLit ? ' lit' : ''}`} onClick={() => onChoose(arrow)}>
      <title>{`${frame.scene.nodes[from]} → ${frame.scene.nodes[to]}: ${sent.join(', ')}`}</title>
      <path class="reach" d={lineOf(frame, arrow)} />
      <path class="line" d={lineOf(frame, arrow)} />
      <path class="tip" d={tipOf(frame, arrow)} />
      {words !== undefined && (
        <text x={words.x} y={words.y}>
          {words.text}
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
  if (!arrow.isSent) return ringAt(x, y, 4);
  if (arrow.arrival === null) return crossAt(x, y, 5);
  const angle = arrow.from === arrow.to ? (3 * Math.PI) / 4 : Math.atan2(y - start.y, x - start.x);
  const barb = (turn: number) => `${x - 9 * Math.cos(angle + turn)} ${y - 9 * Math.sin(angle + turn)}`;
  return `M${barb(0.4)}L${x} ${y}L${barb(-0.4)}`;
}
