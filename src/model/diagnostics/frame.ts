/** A line of source with carets under a span, in at most about 100 columns. */
import { cellOf } from '../text/display.js';
import { positionOf } from './source.js';
import type { SourceSpan } from './source.js';

/** Both without the margin; the carets stand under the marked part of the line. */
export interface Frame {
  readonly line: number;
  readonly text: string;
  readonly carets: string;
}

const WIDTH = 100;
/** How much of a long line is shown before the span, in columns. */
const LEAD = 30;
/** A line is not looked at further than this many code units to either side of a span. */
const REACH = 2 * WIDTH;

export function frame(span: SourceSpan): Frame {
  const { text } = span.source;
  const { line, column } = positionOf(span.source, span.start);
  const lineStart = span.start - column + 1;
  const lineEnd = endOfLine(text, span.start);
  const from = wholeCharacter(text, Math.max(lineStart, span.start - REACH));
  const to = wholeCharacter(text, Math.min(lineEnd, span.start + REACH));
  const marked = layOut(text.slice(from, to), span.start - from, Math.min(span.end, lineEnd) - from);
  const shown = window(marked, from > lineStart, to < lineEnd);
  const lastLine = line + countBreaks(text, span.start, span.end);
  return { line, text: shown.text, carets: shown.carets + (lastLine > line ? ` to line ${lastLine}` : '') };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end === -1) return text.length;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  return offset > 0 && /^[\udc00-\udfff]/.test(text.slice(offset, offset + 1)) ? offset - 1 : offset;
}

function countBreaks(text: string, start: number, end: number): number {
  let count = 0;
  // A break that the span ends with does not lead it to another line.
  for (let at = text.indexOf('\n', start); at !== -1 && at < end - 1; at = text.indexOf('\n', at + 1))
    count++;
  return count;
}

/** Characters with their columns, and the columns that are marked. */
interface Layout {
  readonly cells: readonly { readonly shown: string; readonly start: number; readonly end: number }[];
  readonly width: number;
  readonly markStart: number;
  readonly markEnd: number;
}

function layOut(text: string, start: number, end: number): Layout {
  const cells: { shown: string; start: number; end: number }[] = [];
  let column = 0;
  let offset = 0;
  let markStart: number | undefined;
  let markEnd = 0;
  for (const character of text) {
    if (offset >= start) markStart ??= column;
    const { shown, width } = cellOf(character, column);
    cells.push({ shown, start: column, end: column + width });
    column += width;
    if (offset < end) markEnd = column;
    offset += character.length;
  }
  markStart ??= column;
  return { cells, width: column, markStart, markEnd: Math.max(markEnd, markStart + 1) };
}

function window(
  { cells, width, markStart, markEnd }: Layout,
  cutBefore: boolean,
  cutAfter: boolean,
): { text: string; carets: string } {
  const whole = width <= WIDTH && !cutBefore && !cutAfter;
  const first = whole ? 0 : Math.max(0, Math.min(markStart - LEAD, width - WIDTH));
  const last = whole ? width : first + WIDTH;
  const shown = cells.filter(({ start, end }) => start >= first && end <= last);
  const before = cutBefore || first > 0 ? '…' : '';
  const after = cutAfter || last < width ? '…' : '';
  const origin = (shown.at(0)?.start ?? first) - before.length;
  const markedEnd = Math.min(markEnd, Math.max(shown.at(-1)?.end ?? last, markStart + 1));
  return {
    text: before + shown.map((cell) => cell.shown).join('') + after,
    carets: ' '.repeat(markStart - origin) + '^'.repeat(markedEnd - markStart),
  };
}
