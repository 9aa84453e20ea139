/**
 * Places in modules. What is known of them is at most a line, from a stack, and names of fields to be looked for
 * in the text behind it. That is no parser: where a module is written in an unusual way a field is not found, and
 * the line has to do.
 */
import { lineSpan } from '../../model/rules/typescript/locate.js';
import { positionOf, type Source, type SourceSpan } from '../../model/diagnostics/source.js';

/** A line from a column on, both from 1, without the blanks around it. */
export function restOfLine(source: Source, line: number, column: number): SourceSpan {
  const span = lineSpan(source, line);
  const blanks = positionOf(source, span.start).column - 1;
  return { ...span, start: Math.min(span.end, span.start + Math.max(0, column - 1 - blanks)) };
}

/**
 * The place of a field such as `bounds.eot` in the first object that begins on a line or after it: of the last of
 * its names that is found, each within the one before. Undefined where not even the first one is.
 */
export function fieldSpan(source: Source, line: number, path: readonly string[]): SourceSpan | undefined {
  const { text } = source;
  let open = text.indexOf('{', lineSpan(source, line).start);
  let found: SourceSpan | undefined;
  for (const name of path) {
    const key = open === -1 ? undefined : findKey(text, open, name);
    if (key === undefined) break;
    found = { source, start: key.start, end: key.end };
    open = /^\s*:\s*\{/.test(text.slice(key.end)) ? text.indexOf('{', key.end) : -1;
  }
  return found;
}

/** Strings and comments, in which brackets mean nothing; brackets; commas; names. */
const TOKEN =
  /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[^])*`|\/\/.*|\/\*[^]*?\*\/|[{}()[\],]|[\w$]+/g;

/** The key of this name in the object whose brace is at `open`, not in objects within it. */
function findKey(text: string, open: number, name: string): { start: number; end: number } | undefined {
  const token = new RegExp(TOKEN);
  token.lastIndex = open;
  let depth = 0;
  let isKey = false;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [word] = match;
    if (/^\/[/*]/.test(word)) continue;
    if (isKey && depth === 1 && (word === name || word.slice(1, -1) === name))
      return { start: match.index, end: match.index + word.length };
    if ('{(['.includes(word)) depth++;
    else if ('})]'.includes(word)) depth--;
    if (depth === 0) return undefined;
    isKey = depth === 1 && (word === ',' || word === '{' || (isKey && word === 'async'));
  }
  return undefined;
}
