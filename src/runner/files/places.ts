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
 * its names that is found, each within the one before. What has a name of its own is looked for where that is declared in
 * the same text: `handlers: coordinator`, or what a function of that name gives. Undefined where not even the first one is.
 */
export function fieldSpan(source: Source, line: number, path: readonly string[]): SourceSpan | undefined {
  const { text } = source;
  let open = text.indexOf('{', lineSpan(source, line).start);
  let found: SourceSpan | undefined;
  for (const name of path) {
    const key = open === -1 ? undefined : findKey(text, open, name);
    if (key === undefined) break;
    found = { source, start: key.start, end: key.end };
    open = objectAt(text, key);
  }
  return found;
}

/** Where the object begins that is the value of a key; -1 where it is none, or elsewhere. */
function objectAt(text: string, key: { readonly start: number; readonly end: number }): number {
  const behind = text.slice(key.end);
  if (/^['"]?\s*:\s*\{/.test(behind)) return text.indexOf('{', key.end);
  const name = /^\s*:\s*([\w$]+)\s*[,(}]/.exec(behind)?.[1];
  const shorthand = /^\s*[,}]/.test(behind) ? text.slice(key.start, key.end) : undefined;
  return declaredAt(text, name ?? shorthand);
}

/** The object that is declared by this name, or that a function gives which is. */
function declaredAt(text: string, name: string | undefined): number {
  if (name === undefined || !/^[\w$]+$/.test(name)) return -1;
  const declaration = new RegExp(`^\\s*(?:export )?const ${name.replace(/\$/g, '\\$&')}\\b`, 'm').exec(text);
  if (declaration === null) return -1;
  const from = declaration.index + declaration[0].length;
  const object = /(?:=>\s*\(|=)\s*\{/.exec(text.slice(from));
  return object === null ? -1 : from + object.index + object[0].length - 1;
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
