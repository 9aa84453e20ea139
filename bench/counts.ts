/**
 * Counts of work that are the same on every machine, kept in bench/counts.json, so that a change that makes
 * the program work harder is seen where timings are too noisy to show it. The history of that file is theirs: it
 * only changes by command, so that many small rises are seen as well as a large one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { checkRow, type Row } from './rows.js';

const FILE = 'bench/counts.json';

/** A rise by more than this part of what it was fails. */
const TOLERANCE = 0.1;

/** Those that are 0 are left out of the file. */
const COUNTED = [
  'firings',
  'handlerRuns',
  'localStates',
  'gates',
  'diagramNodes',
  'clauses',
  'solverCalls',
  'executions',
] as const;
type Counts = Readonly<Partial<Record<(typeof COUNTED)[number], number>>>;

/** By the name of the row. */
type CountsFile = Readonly<Record<string, Counts>>;

export async function updateCounts(rows: readonly Row[]): Promise<void> {
  const entries: (readonly [name: string, counts: Counts])[] = [];
  for (const row of rows) entries.push([row.name, await countsOf(row)]);
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

/** All rises beyond the tolerance, and rows that are counted on one side alone. */
export async function risenCounts(rows: readonly Row[]): Promise<readonly string[]> {
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as CountsFile;
  const names = new Set(rows.map(({ name }) => name));
  const problems = Object.keys(kept)
    .filter((name) => !names.has(name))
    .map((name) => `${name}: is no longer there`);
  for (const row of rows) {
    const before = kept[row.name] as Counts | undefined;
    if (before === undefined) problems.push(`${row.name}: is new`);
    else problems.push(...rises(row.name, before, await countsOf(row)));
  }
  return problems;
}

async function countsOf(row: Row): Promise<Counts> {
  const { executions, statistics } = (await checkRow(row)).evidence;
  const counts = { ...statistics, executions };
  return Object.fromEntries(
    COUNTED.filter((count) => counts[count] > 0).map((count) => [count, counts[count]]),
  );
}

function rises(name: string, before: Counts, now: Counts): readonly string[] {
  return COUNTED.flatMap((count) => {
    const [was, is] = [before[count] ?? 0, now[count] ?? 0];
    return is > was * (1 + TOLERANCE) ? [`${name}: ${count} rose from ${was} to ${is}`] : [];
  });
}
