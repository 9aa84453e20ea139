/** The phases of whole verdicts, from the text of a scenario to that of its report; and the cost of one firing. */
import { median, milliseconds, sum, table } from '../figures.js';
import { bounded, delivery } from '../families.js';
import { PHASES, phasedCheck, TimedPool, type Phases } from '../phases.js';
import type { Row } from '../rows.js';

const COLUMNS = [{ title: 'row' }, ...[...PHASES, 'in all'].map((title) => ({ title, numeric: true }))];

/** @param runs of which medians are taken, after a first one */
export async function phasesTable(rows: readonly Row[], runs: number): Promise<string> {
  const pool = new TimedPool();
  const totals: Phases[] = [];
  for (const row of rows) totals.push(await medianPhases(row, runs, pool));
  const all = Object.fromEntries(PHASES.map((phase) => [phase, sum(totals.map((each) => each[phase]))]));
  const lines = rows.map((row, i) => cells(row.name, totals[i]));
  return (
    table(COLUMNS, [...lines, cells('all of these', all as Phases)]) +
    `\nMilliseconds of processor time, medians of ${runs} warm runs. Modules were compiled when they were first read.\n`
  );
}

async function medianPhases(row: Row, runs: number, pool: TimedPool): Promise<Phases> {
  const measured: Phases[] = [];
  for (let run = 0; run <= runs; run++) measured.push((await phasedCheck(row, pool)).phases);
  const medians = PHASES.map((phase) => [phase, median(measured.slice(1).map((each) => each[phase]))]);
  return Object.fromEntries(medians) as Phases;
}

function cells(name: string, phases: Phases): readonly string[] {
  return [name, ...[...PHASES.map((phase) => phases[phase]), sum(Object.values(phases))].map(milliseconds)];
}

const LARGE: readonly (() => Promise<Row>)[] = [
  () => bounded('flux', { eot: 22, eff: 21, crashes: 1 }, 'certified'),
  () => bounded('raft', { eot: 12, eff: 6, crashes: 1 }, 'certified'),
  () => bounded('paxos-five', { eot: 8, eff: 3, crashes: 1 }, 'certified'),
  () => delivery('redun-deliv', 10, { eot: 25, eff: 20, crashes: 3 }),
  () => delivery('redun-deliv', 30, { eot: 12, eff: 10, crashes: 3 }),
];

const FIRINGS = [
  { title: 'row' },
  { title: 'firings', numeric: true },
  { title: 'allowed µs', numeric: true },
  { title: 'µs a firing', numeric: true },
  { title: 'met' },
  { title: 'firings with a diagram', numeric: true },
  { title: 'µs a firing with a diagram', numeric: true },
];

/** Microseconds. */
const ALLOWED = 0.5;

/** What evaluating one firing under conditions costs. @param runs a tenth of those of which the least counts */
export async function firingsTable(runs: number, only: RegExp): Promise<string> {
  const pool = new TimedPool();
  const lines: (readonly string[])[] = [];
  for (const load of LARGE) {
    const row = await load();
    if (only.test(row.name)) lines.push(await firingCells(row, runs, pool));
  }
  return `${table(FIRINGS, lines)}\nThe least of ${10 * runs} runs, by the clock: so short a time shows each thread that works beside it.\n`;
}

async function firingCells(row: Row, runs: number, pool: TimedPool): Promise<readonly string[]> {
  const alone = await costOfFiring(row, runs, pool, { budgets: { diagramNodes: 0 } });
  const both = await costOfFiring(row, runs, pool, {});
  const cost = (micros: number) => micros.toFixed(2);
  const met = alone.micros < ALLOWED ? 'yes' : 'NO';
  return [
    row.name,
    String(alone.firings),
    String(ALLOWED),
    cost(alone.micros),
    met,
    String(both.firings),
    cost(both.micros),
  ];
}

async function costOfFiring(
  row: Row,
  runs: number,
  pool: TimedPool,
  budgets: Parameters<typeof phasedCheck>[2],
) {
  const times: number[] = [];
  let firings = 0;
  for (let run = 0; run < 10 * runs; run++) {
    const { result, phases } = await phasedCheck(row, pool, budgets, () => performance.now());
    times.push(phases.evaluate);
    firings = result.evidence.statistics.firings;
  }
  return { firings, micros: (Math.min(...times) * 1_000) / firings };
}
