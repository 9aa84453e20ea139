/** String literals of TypeScript, in the quotes that need fewer escapes, as the usual formatter writes them. */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Backslashes, and what would not show: controls, separators, direction marks, lone surrogates. */
const ESCAPED = /\\|[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

export function quoteText(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'";
  const escaped = text
    .replace(
      ESCAPED,
      (character) =>
        ESCAPES.get(character) ?? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
    )
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
