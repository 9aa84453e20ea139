/**
 * The speed targets. Each is measured in processes of its own: one for its first run and its peak memory, as
 * a user meets it, and one for the median of several.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { VerdictName } from '../../src/runner/result.js';
import { bounded, delivery } from '../families.js';
import { median, milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

/** What a target allows. */
interface Target {
  readonly row: () => Row;
  readonly maxMs: number;
  readonly maxMb?: number;
  /** Whether a counterexample must be proven to have the fewest faults. */
  readonly minimum?: boolean;
}

/** What a child process measured. */
interface Measurement {
  readonly verdict: VerdictName;
  readonly minimality: string;
  readonly representation: string;
  readonly executions: number;
  /** Milliseconds of each run, the first one included. */
  readonly elapsed: readonly number[];
  /** Processor time of all threads during all runs, in milliseconds. */
  readonly cpu: number;
  readonly peakMb: number;
}

export const targets: readonly Target[] = [
  {
    row: () => bounded('flux', { eot: 22, eff: 21, crashes: 1 }, 'certified'),
    maxMs: 500,
  },
  {
    row: () => delivery('redun-deliv', 10, { eot: 25, eff: 20, crashes: 3 }),
    maxMs: 500,
    maxMb: 300,
  },
  {
    row: () => bounded('paxos-five', { eot: 8, eff: 3, crashes: 1 }, 'certified'),
    maxMs: 500,
  },
  {
    row: () => bounded('paxos-unchecked', { eot: 12, eff: 8, crashes: 1 }, 'violated'),
    maxMs: 500,
    minimum: true,
  },
];

const COLUMNS = [
  { title: 'target' },
  { title: 'verdict' },
  { title: 'decided by' },
  { title: 'executions', numeric: true },
  { title: 'allowed ms', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'CPU ms a run', numeric: true },
  { title: 'allowed MB', numeric: true },
  { title: 'peak MB', numeric: true },
  { title: 'met' },
];

/** @param runs of which the median is taken */
export function targetsTable(runs: number, only: RegExp): string {
  const lines = targets.flatMap((target) => {
    const row = target.row();
    return only.test(row.name) ? [cells(target, row, inChild(row.name, 1), inChild(row.name, runs))] : [];
  });
  return table(COLUMNS, lines);
}

function cells(target: Target, row: Row, once: Measurement, often: Measurement): readonly string[] {
  const time = median(often.elapsed);
  const met =
    time <= target.maxMs &&
    once.peakMb <= (target.maxMb ?? Infinity) &&
    once.verdict === row.expected &&
    (target.minimum !== true || once.minimality === 'minimum') &&
    once.executions <= 2;
  return [
    row.name,
    once.verdict + (once.minimality === '' ? '' : `, ${once.minimality}`),
    once.representation,
    String(once.executions),
    String(target.maxMs),
    milliseconds(once.elapsed[0]),
    milliseconds(time),
    milliseconds(often.cpu / often.elapsed.length),
    String(target.maxMb ?? ''),
    once.peakMb.toFixed(0),
    met ? 'yes' : 'NO',
  ];
}

function inChild(name: string, runs: number): Measurement {
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const output = execFileSync(process.execPath, [main, '--measure', name, '--runs', String(runs)], {
    encoding: 'utf8',
  });
  return JSON.parse(output) as Measurement;
}

/** What the child does. @throws Error when there is no such target */
export async function measureTarget(name: string, runs: number): Promise<Measurement> {
  const row = targets.map((target) => target.row()).find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`there is no target ${name}`);
  const before = process.cpuUsage();
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await checkRow(row));
  const { user, system } = process.cpuUsage(before);
  const { verdict, evidence } = results[0];
  return {
    verdict: verdict.kind,
    minimality: verdict.kind === 'violated' ? verdict.counterexamples[0].minimality : '',
    representation: evidence.representation,
    executions: evidence.executions,
    elapsed: results.map(({ elapsed }) => elapsed),
    cpu: (user + system) / 1_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  };
}
