/**
 * The verdict table by `compiled`. Whole passes over the table are timed, not one row many times, because
 * users meet a row among others. The first pass is the cold one: nothing is compiled yet.
 */
import { formatSchedule } from '../../src/injector/schedule.js';
import type { CheckResult, Counterexample } from '../../src/runner/result.js';
import { decidedBy, median, milliseconds, processorTime, sum, table } from '../figures.js';
import { checkRow, isRight, type Row } from '../rows.js';

/** One row, with the time of every pass. */
interface Timed {
  readonly row: Row;
  readonly result: CheckResult;
  readonly cold: number;
  readonly warm: readonly number[];
}

export interface VerdictTable {
  readonly text: string;
  /** Names of rows. */
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

/** One pass over all rows. */
interface Pass {
  readonly results: readonly CheckResult[];
  /** Milliseconds that the process has lived and computed, on all threads, when the pass ended. */
  readonly lived: number;
  readonly computed: number;
}

export async function verdictTable(rows: readonly Row[], runs: number): Promise<VerdictTable> {
  const passes: Pass[] = [];
  for (let run = 0; run <= runs; run++) passes.push(await pass(rows));
  const timed = rows.map((row, i) => {
    const [first, ...others] = passes.map(({ results }) => results[i]);
    return { row, result: first, cold: first.elapsed, warm: others.map(({ elapsed }) => elapsed) };
  });
  const wrong = timed.filter(({ row, result }) => !isRight(row, result)).map(({ row }) => row.name);
  return { text: table(COLUMNS, timed.map(cells)) + totals(timed, passes), wrong };
}

async function pass(rows: readonly Row[]): Promise<Pass> {
  const results: CheckResult[] = [];
  for (const row of rows) results.push(await checkRow(row));
  return { results, lived: performance.now(), computed: processorTime() };
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
    decidedBy(evidence),
    String(evidence.executions),
    String(row.published?.executions ?? ''),
    milliseconds(cold),
    milliseconds(median(warm)),
  ];
}

function faultsOf(counterexample: Counterexample | undefined): string {
  return counterexample === undefined ? '' : formatSchedule(counterexample.faults);
}

function totals(timed: readonly Timed[], passes: readonly Pass[]): string {
  const [cold] = passes;
  const warm = passes.slice(1).map((pass, i) => ({
    wall: sum(pass.results.map(({ elapsed }) => elapsed)),
    computed: pass.computed - passes[i].computed,
  }));
  const right = timed.filter(({ row, result }) => isRight(row, result)).length;
  const most = Math.max(...timed.map(({ result }) => result.evidence.executions));
  return [
    '',
    `${right} of ${timed.length} verdicts right; at most ${most} executions a row (target: 2).`,
    `One pass, cold: ${milliseconds(sum(cold.results.map(({ elapsed }) => elapsed)))} ms of checks; ` +
      `${milliseconds(cold.lived)} ms since the process started, of which it computed ` +
      `${milliseconds(cold.computed)} ms (target: 2000 ms).`,
    `One pass, warm: ${milliseconds(median(warm.map(({ wall }) => wall)))} ms, of which it computed ` +
      `${milliseconds(median(warm.map(({ computed }) => computed)))} ms (medians of ${warm.length}).`,
    '',
  ].join('\n');
}
