/**
 * Text in terminal columns. East Asian wide characters and emoji take two columns, combining marks none;
 * alignment by `length` would put every mark to their right in the wrong place.
 */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;
// eslint-disable-next-line no-control-regex -- the one place that keeps them out of the terminal
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** The columns that `text`, free of control characters, takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Shows control characters as escapes, so that no name or value can move the cursor. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
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
  let rest = word;
  while (displayWidth(rest) > width) {
    let end = rest.length;
    while (displayWidth(rest.slice(0, end)) > width) end--;
    const comma = rest.lastIndexOf(',', end - 1) + 1;
    const cut = comma > 0 ? comma : Math.max(1, end);
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
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
