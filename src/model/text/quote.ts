/** How strings are written: the printer escapes what the lexer unescapes. */

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
]);

/** Quotes, backslashes, and what would not show or would garble a terminal: controls, formats, separators, lone surrogates. */
const ESCAPED = /["\\]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The string literal that reads as `value`. */
export function quote(value: string): string {
  const escaped = value.replace(
    ESCAPED,
    (character) => SHORT.get(character) ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `"${escaped}"`;
}

/** What one escape of a string literal stands for, and where it ends; undefined where it is none. */
export function readEscape(text: string, backslash: number): { value: string; end: number } | undefined {
  const next = text[backslash + 1];
  switch (next) {
    case '"':
    case '\\':
      return { value: next, end: backslash + 2 };
    case 'n':
      return { value: '\n', end: backslash + 2 };
    case 't':
      return { value: '\t', end: backslash + 2 };
    case 'u': {
      const digits = /^\{([0-9a-fA-F]{1,6})\}/.exec(text.slice(backslash + 2, backslash + 10));
      const code = digits === null ? Infinity : parseInt(digits[1], 16);
      if (digits === null || code > 0x10ffff) return undefined;
      return { value: String.fromCodePoint(code), end: backslash + 2 + digits[0].length };
    }
    default:
      return undefined;
  }
}
