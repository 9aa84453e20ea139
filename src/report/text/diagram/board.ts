/** What is watched, in columns before the picture of a run: a value at each step, which stands out where it is new. */
import { displayWidth, padEnd } from '../../../model/text/text.js';
import type { Style } from '../style.js';
import type { Drawn } from './picture.js';
import type { DiagramStep } from './steps.js';
import type { Watched } from './watched.js';

const GAP = 2;

/** The columns that there is room for. */
export interface Board {
  readonly columns: readonly { readonly watched: Watched; readonly width: number }[];
  /** Of all of them, with the gaps between. */
  readonly width: number;
  /** The titles of those that there is no room for. */
  readonly leftOut: readonly string[];
}

/** @param room columns of the terminal that the picture does without */
export function boardOf(watched: readonly Watched[], eot: number, room: number): Board {
  const times = Array.from({ length: eot }, (_, index) => index + 1);
  const all = watched.map((each) => ({
    watched: each,
    width: Math.max(...[each.title, ...times.map(each.at)].map(displayWidth)),
  }));
  let used = 0;
  const end = all.findIndex((each) => (used += each.width + GAP) > room);
  const columns = end === -1 ? all : all.slice(0, end);
  return {
    columns,
    width: columns.reduce((sum, each) => sum + each.width + GAP, 0),
    leftOut: all.slice(columns.length).map((each) => each.watched.title),
  };
}

/** The lines of a picture, each with what is watched before it. */
export function withBoard(
  board: Board,
  { header, steps: drawn }: Drawn,
  steps: readonly DiagramStep[],
  style: Style,
): readonly string[] {
  const { columns, width } = board;
  const blank = ' '.repeat(width);
  const titles = columns.map((each) => padEnd(each.watched.title, each.width + GAP)).join('');
  const top = columns.length > 0 && header.length === 0 ? [''] : header;
  return [
    ...top.map((line, index) => (index === top.length - 1 ? style.faint(titles) : blank) + line),
    ...drawn.flatMap((lines, index) => {
      const values = valuesAt(board, steps[index].from, style);
      return lines.map((line, place) => (place === 0 ? values : blank) + line);
    }),
  ];
}

function valuesAt({ columns }: Board, time: number, { faint, strong }: Style): string {
  return columns
    .map(({ watched: { at }, width }) => {
      const mark = at(time) === at(time - 1) ? faint : strong;
      return mark(padEnd(at(time), width + GAP));
    })
    .join('');
}
