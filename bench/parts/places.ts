/** How soon explanations come to the code that is at fault: of every scenario of the library with a seeded bug. */
import { formatBounds } from '../../src/injector/bounds.js';
import type { CodePlace } from '../../src/lineage/suspects.js';
import { placesTold } from '../../src/report/explanations/because.js';
import { check } from '../../src/runner/check.js';
import { faulty } from '../faulty.js';
import { table } from '../figures.js';
import type { Row } from '../rows.js';

const COLUMNS = [
  { title: 'scenario' },
  { title: 'at fault' },
  { title: 'told first, then' },
  { title: 'it is place', numeric: true },
];

/** Of places, those that are shown, and count. */
export const SOON = 2;

/** @param timeout milliseconds for each check */
export async function placesTable(rows: readonly Row[], timeout: number): Promise<string> {
  const lines: (readonly string[])[] = [];
  let hits = 0;
  for (const { name, scenario, bounds, expected } of rows) {
    const wrong = faulty[name.slice(0, -` ${formatBounds(bounds)}`.length)];
    if (expected !== 'violated' || wrong === undefined) continue;
    const { protocol, nodes } = scenario;
    const { verdict } = await check(protocol, { name, nodes, bounds, timeout, because: true, limit: 1 });
    const told = verdict.kind === 'violated' ? placesTold(verdict.counterexamples[0]) : [];
    const place = told.findIndex((each) => wrong.some((text) => isAt(each, text))) + 1;
    if (place > 0 && place <= SOON) hits++;
    const shown = told.slice(0, SOON).map((each) => `\`${textOf(each)}\``);
    lines.push([
      name,
      `\`${wrong[0].replace(/\s+/g, ' ')}\``,
      shown.join(', ') || 'nothing',
      place === 0 ? 'none' : String(place),
    ]);
  }
  return `${table(COLUMNS, lines)}\nAmong the first ${SOON} places in ${hits} of ${lines.length}.\n`;
}

function isAt({ by, place }: CodePlace, text: string): boolean {
  if (place === undefined) return by.split(' "')[0] === text;
  return place.source.text.slice(place.start).startsWith(text);
}

/** A rule by what it derives. */
function textOf({ by, place }: CodePlace): string {
  if (place === undefined) return by;
  return place.source.text
    .slice(place.start, place.end)
    .split(/ :-|\.when/)[0]
    .replace(/\s+/g, ' ');
}
