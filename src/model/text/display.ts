/**
 * Text as a terminal shows it: what a character looks like and how many columns it takes. What would not
 * show, or would move the cursor or turn the direction of writing, is replaced by something that shows.
 */

import { eastAsianWidth } from 'get-east-asian-width';

/** A character in terminal columns. */
export interface Cell {
  readonly shown: string;
  readonly width: number;
}

const TAB_WIDTH = 4;

/** Text of which each character shows as itself, in one column, as nearly all does. */
const PLAIN = /^[ -~]*$/;

const COMBINING = /[\p{Mn}\p{Me}]/u;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** @param column that the character starts at, from 0, for tabs to reach their stop */
export function cellOf(character: string, column: number): Cell {
  if (character === '\t') {
    const width = TAB_WIDTH - (column % TAB_WIDTH);
    return { shown: ' '.repeat(width), width };
  }
  if (isHidden(character)) return { shown: '\ufffd', width: 1 };
  if (COMBINING.test(character)) return { shown: character, width: 0 };
  return { shown: character, width: eastAsianWidth(character.codePointAt(0)!) };
}

/** Whether each character of a text shows as itself, in one column; of other text that may be so as well. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Whether a character shows as nothing, or as something else than it is. */
export function isHidden(character: string): boolean {
  return HIDDEN.test(character);
}

/** The same text on one line, safe to print. */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return Array.from(text, (character) => cellOf(character, 0).shown).join('');
}
