/**
 * The verdict table by `compiled`. Whole passes over the table are timed, not one row many times, because
 * users meet a row among others. The first pass is the cold one: nothing is compiled yet.
 */
import type { CheckResult, Counterexample } from '../../src/runner/result.js';
import { formatSchedule } from '../../src/injector/schedule.js';
import { median, milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

/** One row, with the time of every pass. */
interface Timed {
  readonly row: Row;
  readonly result: CheckResult;
  readonly cold: number;
  readonly warm: readonly number[];
}

export interface VerdictTable {
  readonly text: string;
  /** By the name of the row. */
  readonly results: ReadonlyMap<string, CheckResult>;
  readonly wrong: readonly string[];
}

const COLUMNS = [
  { title: 'row' },
  { title: 'expected' },
  { title: 'verdict' },
  { title: 'counterexample' },
  { title: 'proven' },
  { title: 'decided by' },
  { title: 'executions', numeric: true },
  { title: 'Molly', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'median ms', numeric: true },
];

/** The milliseconds from the start of the process until now, and those that its threads computed. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

export async function verdictTable(rows: readonly Row[], runs: number): Promise<VerdictTable> {
  const passes: (readonly CheckResult[])[] = [await pass(rows)];
  const cold = spent();
  for (let run = 0; run < runs; run++) passes.push(await pass(rows));
  const timed = rows.map((row, i) => {
    const [first, ...others] = passes.map((results) => results[i]);
    return { row, result: first, cold: first.elapsed, warm: others.map(({ elapsed }) => elapsed) };
  });
  const results = new Map(timed.map(({ row, result }) => [row.name, result]));
  const wrong = timed.filter(({ row, result }) => !isRight(row, result)).map(({ row }) => row.name);
  return { text: table(COLUMNS, timed.map(cells)) + totals(timed, passes, cold), results, wrong };
}

async function pass(rows: readonly Row[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const row of rows) results.push(await checkRow(row));
  return results;
}

function spent(): Spent {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1_000 };
}

function isRight({ expected, published }: Row, { verdict }: CheckResult): boolean {
  return verdict.kind === expected && (published === undefined || published.verdict === expected);
}

function cells({ row, result, cold, warm }: Timed): readonly string[] {
  const { verdict, evidence } = result;
  const least = verdict.kind === 'violated' ? verdict.counterexamples[0] : undefined;
  return [
    row.name,
    row.expected ?? '',
    isRight(row, result) ? verdict.kind : `WRONG: ${verdict.kind}`,
    faultsOf(least),
    least?.minimality ?? '',
    evidence.representation + (evidence.confirmed ? ', confirmed' : ''),
    String(evidence.executions),
    String(row.published?.executions ?? ''),
    milliseconds(cold),
    milliseconds(median(warm)),
  ];
}

function faultsOf(counterexample: Counterexample | undefined): string {
  return counterexample === undefined ? '' : formatSchedule(counterexample.faults);
}

function totals(timed: readonly Timed[], passes: readonly (readonly CheckResult[])[], cold: Spent): string {
  const [first, ...others] = passes.map((results) => results.reduce((sum, { elapsed }) => sum + elapsed, 0));
  const right = timed.filter(({ row, result }) => isRight(row, result)).length;
  const most = Math.max(...timed.map(({ result }) => result.evidence.executions));
  return [
    '',
    `${right} of ${timed.length} verdicts right; at most ${most} executions a row (target: 2).`,
    `One pass, cold: ${milliseconds(first)} ms of checks; ${milliseconds(cold.wall)} ms since the process ` +
      `started (${milliseconds(cold.cpu)} ms of processor time), reading and loading included (target: 2000 ms).`,
    `One pass, warm: ${milliseconds(median(others))} ms (median of ${others.length}).`,
    '',
  ].join('\n');
}
