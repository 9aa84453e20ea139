/** Places in modules. What is known of them is at most a line, from a stack, and names to be looked for. */
import { lineSpan } from '../../model/rules/locate.js';
import { positionOf, type Source, type Span } from '../../model/source.js';

/** A line from a column on, both from 1, without the blanks around it. */
export function restOfLine(source: Source, line: number, column: number): Span {
  const span = lineSpan(source, line);
  const blanks = positionOf(source, span.start).column - 1;
  return { ...span, start: Math.min(span.end, span.start + Math.max(0, column - 1 - blanks)) };
}

/**
 * The place of a field such as `bounds.eot` in an object that begins on a line: each name is looked for after the
 * one before it, as far as the object's brackets reach. The place of the last name that is found; undefined where
 * none is.
 */
export function fieldSpan(source: Source, line: number, path: readonly string[]): Span | undefined {
  const from = lineSpan(source, line).start;
  const reach = source.text.slice(from, endOfBrackets(source.text, from));
  let found: Span | undefined;
  let at = 0;
  for (const name of path) {
    const match = fieldPattern(name).exec(reach.slice(at));
    if (match === null) break;
    const start = from + at + match.index + match[1].length;
    found = { source, start, end: start + match[2].length };
    at = start + match[2].length - from;
  }
  return found;
}

/** A name where it is followed by what follows the name of a field or method. */
function fieldPattern(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(^|[{,;\s(])((['"]?)${escaped}\3)(?=\s*[:(,}])`, 'u');
}

/** Behind the bracket that closes the first one; the end of the text where none does. */
function endOfBrackets(text: string, from: number): number {
  const bracket = /[([{]|[)\]}]/g;
  bracket.lastIndex = from;
  let depth = 0;
  for (let match = bracket.exec(text); match !== null; match = bracket.exec(text)) {
    depth += '([{'.includes(match[0]) ? 1 : -1;
    if (depth === 0) return match.index + 1;
  }
  return text.length;
}
