/** Reports for terminals that show ASCII alone: each sign that a report draws with has one that stands for it there. */
import type { Screen, Screens } from './io.js';

/** Each as wide as what it stands for, so that columns stay columns. */
export const ASCII_SIGNS: Readonly<Record<string, string>> = {
  '─': '-',
  '│': '|',
  '├': '+',
  '└': '`',
  '╌': '.',
  '┊': ':',
  '►': '>',
  '◄': '<',
  '→': '>',
  '⇢': '>',
  '⇠': '<',
  '⇉': '>',
  '⇇': '<',
  '↻': '@',
  '●': '*',
  '◌': 'o',
  '◷': '@',
  '✗': 'x',
  '✓': 'v',
  '†': '+',
  '⚑': '!',
  '‡': '%',
  '‖': '"',
  '·': '.',
  '↑': '^',
  '≈': '=',
  '≠': '#',
  '×': 'x',
  '…': '~',
  '–': '-',
  '—': '-',
  '’': "'",
  '\ufffd': '?',
};

const SIGN = new RegExp(`[${Object.keys(ASCII_SIGNS).join('')}]`, 'gu');

export function inAscii(text: string): string {
  return text.replace(SIGN, (sign) => ASCII_SIGNS[sign]);
}

/** @param wanted whether the user asked for it; otherwise each screen says whether it shows nothing else */
export function asciiScreens<Io extends Screens>(io: Io, wanted: boolean): Io {
  return { ...io, out: asciiScreen(io.out, wanted), err: asciiScreen(io.err, wanted) };
}

function asciiScreen(screen: Screen, wanted: boolean): Screen {
  if (!wanted && screen.showsAsciiAlone !== true) return screen;
  return {
    ...screen,
    write: (text) => {
      screen.write(inAscii(text));
    },
  };
}

/**
 * Whether the locale, in the order of POSIX, names another character set than UTF-8. Where nobody names a locale, as in
 * most containers, nothing is known, and most show UTF-8.
 */
export function namesOtherCharset({
  LC_ALL,
  LC_CTYPE,
  LANG,
}: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((each) => (each ?? '') !== '');
  return locale !== undefined && !/utf-?8/i.test(locale);
}
