/** Text set in terminal columns, which `length` does not count. */
import { cellOf, isPlain } from './display.js';

/** The columns that `text` takes on a terminal, where it is free of tabs. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const character of text) width += cellOf(character, 0).width;
  return width;
}

/** At most `width` columns of `text`, the last an ellipsis where some was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    const next = displayWidth(character);
    if (used + next > width - 1) break;
    kept += character;
    used += next;
  }
  return `${kept}…`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Sets items one after another in lines of at most `width` columns, breaking between items only. */
export function wrapItems(items: readonly string[], width: number, separator: string): readonly string[] {
  return fill(items, width, separator);
}

/** Sets prose in lines of at most `width` columns, breaking at spaces, and a longer word after a comma if it has one. */
export function wrapProse(text: string, width: number): readonly string[] {
  return fill(
    text.split(' ').flatMap((word) => breakWord(word, width)),
    width,
    ' ',
  );
}

function breakWord(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let end = endWithin(word, from, width); end < word.length; end = endWithin(word, from, width)) {
    const comma = word.lastIndexOf(',', end - 1) + 1;
    const cut = comma > from ? comma : end;
    pieces.push(word.slice(from, cut));
    from = cut;
  }
  return [...pieces, word.slice(from)];
}

/** How far a piece of text reaches that has at most `width` columns, and at least one character. */
function endWithin(text: string, from: number, width: number): number {
  let end = from;
  let columns = 0;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end)!);
    columns += displayWidth(character);
    if (columns > width && end > from) break;
    end += character.length;
  }
  return end;
}

function fill(pieces: readonly string[], width: number, separator: string): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const joined = `${lines.at(-1) ?? ''}${separator}${piece}`;
    if (lines.length > 0 && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(piece);
  }
  return lines;
}
