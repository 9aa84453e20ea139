/**
 * Names of nodes as people type them: in a schedule of faults, in a list after `--nodes`, in the header of a file of
 * Dedalus. A name that holds blanks, or one of the signs of these notations, stands in double quotes, with the escapes
 * of Dedalus strings; so a name that is printed is read as itself, whatever it is.
 */
import { quote, readEscape } from './quote.js';

/** A name in quotes, as part of a pattern. */
export const QUOTED_NAME = String.raw`"(?:[^"\\]|\\.)*"`;

/** What no notation takes for anything but a name. */
const PLAIN = /^(?:[^\s;,@">-]|-(?!>))+$/u;

export function formatNodeName(name: string): string {
  const quoted = quote(name);
  const isEscaped = quoted.length !== name.length + 2;
  return isEscaped || !PLAIN.test(name) ? quoted : name;
}

/** @param separator a comma, and what is to stand beside it */
export function formatNodeNames(names: readonly string[], separator = ','): string {
  return names.map(formatNodeName).join(separator);
}

/** What a name stands for as it was typed; an unknown escape stands for itself. */
export function readNodeName(text: string): string {
  if (!text.startsWith('"')) return text;
  let value = '';
  for (let at = 1; at < text.length - 1;) {
    const escape = text[at] === '\\' ? readEscape(text, at) : undefined;
    value += escape?.value ?? text[at];
    at = escape?.end ?? at + 1;
  }
  return value;
}

/** An item of a list of names, without the blanks around it. */
export interface ListedName {
  readonly text: string;
  readonly start: number;
}

/** A quote that is not closed reaches to the end. */
const ITEMS = /(?:"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^,"])*/gu;

/** The items of a list with commas between them; commas within quotes are none of these. */
export function splitNodeNames(list: string): readonly ListedName[] {
  const items: ListedName[] = [];
  for (let at = 0; at <= list.length;) {
    ITEMS.lastIndex = at;
    const [item] = ITEMS.exec(list)!;
    items.push({ text: item.trim(), start: at + item.length - item.trimStart().length });
    at += item.length + 1;
  }
  return items;
}
