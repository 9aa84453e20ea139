/**
 * Puts what parts print into docs/performance.md, each between two comments with its name, so that no figure
 * there is one that a command did not print.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Part } from './options.js';

export const PAGE = 'docs/performance.md';

/** @throws Error where the page has no place for the part */
export function writeToPage(part: Part, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- bench: ${part} -->\n`, '<!-- end -->\n'];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${PAGE} has no place for the part ${part}`);
  writeFileSync(PAGE, `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`);
}
