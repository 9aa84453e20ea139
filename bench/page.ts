/**
 * Puts what parts print into the documentation, most into docs/performance.md, each between two comments with its name, so that no figure
 * there is one that a command did not print.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Part } from './options.js';

const PAGE = 'docs/performance.md';

/** Of parts that are about something else than how long things take. */
const OTHER_PAGES: Partial<Readonly<Record<Part | 'peers', string>>> = {
  protections: 'docs/protect.md',
  repairs: 'docs/repair.md',
  places: 'docs/explain.md',
  mutants: 'docs/explain.md',
};

/** The page that shows what a part prints. */
export function pageOf(part: Part | 'peers'): string {
  return OTHER_PAGES[part] ?? PAGE;
}

/** @throws Error where the page has no place for the part */
export function writeToPage(part: Part | 'peers', text: string): void {
  writeToPlace(pageOf(part), `bench: ${part}`, text);
}

/** @throws Error where the page has no place of the name */
export function writeToPlace(path: string, name: string, text: string): void {
  const page = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, '<!-- end -->\n'];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${path} has no place for ${name}`);
  writeFileSync(path, `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`);
}
