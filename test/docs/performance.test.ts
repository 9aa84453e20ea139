/** The documentation shows what the bench printed, and of what does not depend on the machine, the latest. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARTS, type Part } from '../../bench/options.js';
import { pageOf } from '../../bench/page.js';

type Counts = Readonly<Partial<Record<string, number>>>;

const counts = JSON.parse(
  readFileSync(new URL('../../bench/counts.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Counts>>;

/** The counts that the page shows of a scenario, by their column. */
const SHOWN: Readonly<Record<string, string>> = {
  executions: 'executions',
  'handler runs': 'handlerRuns',
  'local states': 'localStates',
  'diagram nodes': 'diagramNodes',
};

/** What a part printed. */
function printed(part: Part | 'peers'): string {
  const page = readFileSync(new URL(`../../${pageOf(part)}`, import.meta.url), 'utf8');
  return new RegExp(`<!-- bench: ${part} -->\\n([^]*?)<!-- end -->`).exec(page)?.[1] ?? '';
}

/** The rows of a table, each by the titles of its columns. */
function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const [titles, , ...rows] = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(titles.map((title, i) => [title, cells[i]])));
}

it.each(PARTS)('it shows what the part %s prints', (part) => {
  expect(rowsOf(printed(part)), `npm run bench -- --part ${part} --write`).not.toEqual([]);
});

it('it shows what other programs take', () => {
  expect(rowsOf(printed('peers')), 'npm run bench:peers -- --write').not.toEqual([]);
});

it('its counts of the library are those of bench/counts.json', () => {
  const shown = rowsOf(printed('library'));
  const expected = shown.map(({ scenario }) => [
    scenario,
    ...Object.values(SHOWN).map((count) => counts[scenario]?.[count] ?? 0),
  ]);
  const numbers = shown.map((row) => [
    row.scenario,
    ...Object.keys(SHOWN).map((column) => Number(row[column])),
  ]);
  expect(numbers, 'npm run bench -- --part library --write').toEqual(expected);
});

it('its library is that of bench/counts.json', () => {
  const shown = new Set(rowsOf(printed('library')).map(({ scenario }) => scenario));
  const missing = Object.keys(counts).filter((name) => !shown.has(name) && !/ on \d+ nodes \d/.test(name));
  expect(missing).toEqual([]);
});
