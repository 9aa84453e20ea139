/** What it saves to have the runs of one check shared by threads. */
import type { CheckResult } from '../../src/runner/result.js';
import { median, milliseconds, table } from '../figures.js';
import { mainThreadTime } from '../process-time.js';
import { checkRow, type Row } from '../rows.js';

/** Of each check. */
const EXECUTIONS = 4_000;

const COLUMNS = [
  { title: 'row' },
  { title: 'runs', numeric: true },
  { title: '1 thread ms', numeric: true },
  { title: '2 threads ms', numeric: true },
  { title: 'ratio', numeric: true },
  { title: 'CPU of 1 ms', numeric: true },
  { title: 'CPU of the first of 2 ms', numeric: true },
  { title: 'CPU ratio', numeric: true },
];

interface Sample {
  readonly result: CheckResult;
  /** Milliseconds, and of those how long the thread of the check computed itself. */
  readonly elapsed: number;
  readonly computed: number;
}

interface Pair {
  readonly one: Sample;
  readonly two: Sample;
}

/** Rows that take long enough by themselves. */
const ROWS = ['kafka 7/4/1', 'raft 12/6/1'];

/** The numbers of threads take turns, so that what else the machine does disturbs both alike. */
export async function poolTable(rows: readonly Row[], runs: number): Promise<string> {
  const lines: (readonly string[])[] = [];
  for (const row of rows.filter(({ name }) => ROWS.includes(name))) {
    const pairs: Pair[] = [];
    for (let run = 0; run < runs; run++) pairs.push({ one: await sample(row, 1), two: await sample(row, 2) });
    lines.push(cells(row, pairs));
  }
  return table(COLUMNS, lines);
}

async function sample(row: Row, jobs: number): Promise<Sample> {
  const before = mainThreadTime();
  const result = await checkRow(row, {
    strategy: 'exhaustive',
    jobs,
    budgets: { executions: EXECUTIONS },
  });
  return { result, elapsed: result.elapsed, computed: mainThreadTime() - before };
}

function cells({ name }: Row, pairs: readonly Pair[]): readonly string[] {
  const [{ one, two }] = pairs;
  if (one.result.evidence.executions !== two.result.evidence.executions)
    throw new Error(`${name}: two threads count other runs than one`);
  const each = (measure: 'elapsed' | 'computed') => [
    milliseconds(median(pairs.map((pair) => pair.one[measure]))),
    milliseconds(median(pairs.map((pair) => pair.two[measure]))),
    median(pairs.map((pair) => pair.two[measure] / pair.one[measure])).toFixed(2),
  ];
  return [name, String(one.result.evidence.executions), ...each('elapsed'), ...each('computed')];
}
