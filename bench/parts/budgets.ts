/**
 * What budgets buy: checks with smaller diagrams, and with less effort to confirm what a diagram said, beside
 * the default ones.
 */
import type { Budgets } from '../../src/runner/guard/budgets.js';
import type { CheckResult } from '../../src/runner/result.js';
import { milliseconds, sum, table } from '../figures.js';
import { phasedCheck, TimedPool } from '../phases.js';
import type { Row } from '../rows.js';

interface Trial {
  readonly title: string;
  readonly budgets: Partial<Budgets>;
}

const DIAGRAMS: readonly Trial[] = [100_000, 200_000, 50_000, 20_000, 0].map((diagramNodes) => ({
  title: `${diagramNodes} nodes`,
  budgets: { diagramNodes },
}));

const CONFIRMATIONS: readonly Trial[] = [2_000, 1_000, 500, 100].map((confirmationConflicts) => ({
  title: `${confirmationConflicts} conflicts`,
  budgets: { confirmationConflicts },
}));

/** Passes over all rows by each trial in turn; the least time of each row counts. */
const PASSES = 2;

/** @param targets of rules, each a line of its own; the other rows are added up */
export async function budgetsTable(
  targets: readonly Row[],
  rules: readonly Row[],
  handlers: readonly Row[],
): Promise<string> {
  const groups = [...targets.map((row) => [row]), rules].filter((rows) => rows.length > 0);
  const diagrams = await linesOf(groups, DIAGRAMS);
  const confirmations = await linesOf(handlers.length > 0 ? [handlers] : [], CONFIRMATIONS);
  return [tableOf(DIAGRAMS, diagrams), tableOf(CONFIRMATIONS, confirmations), NOTE].join('\n');
}

const NOTE =
  'Milliseconds of processor time from evaluation to replay. In brackets, of several rows: those that a diagram ' +
  'decided, and\nthose that were confirmed. `!`: a counterexample was not proven to have the fewest faults.\n';

function tableOf(trials: readonly Trial[], lines: readonly (readonly string[])[]): string {
  return table([{ title: 'rows' }, ...trials.map(({ title }) => ({ title, numeric: true }))], lines);
}

async function linesOf(
  groups: readonly (readonly Row[])[],
  trials: readonly Trial[],
): Promise<readonly (readonly string[])[]> {
  const pool = new TimedPool();
  const lines: (readonly string[])[] = [];
  for (const rows of groups) {
    const cells: string[] = [];
    // What the process compiles is not the first trial's to pay.
    for (const row of rows) await phasedCheck(row, pool);
    for (const { budgets } of trials) cells.push(await cellOf(rows, budgets, pool));
    lines.push([rows.length === 1 ? rows[0].name : `${rows.length} rows`, ...cells]);
  }
  return lines;
}

async function cellOf(rows: readonly Row[], budgets: Partial<Budgets>, pool: TimedPool): Promise<string> {
  const times: number[] = [];
  const results: CheckResult[] = [];
  for (const row of rows) {
    const tried: number[] = [];
    for (let pass = 0; pass < PASSES; pass++) {
      const { result, phases } = await phasedCheck(row, pool, { budgets });
      tried.push(sum(Object.values(phases)) - phases.read - phases.prepare - phases.print);
      if (pass === 0) results.push(result);
    }
    times.push(Math.min(...tried));
  }
  return milliseconds(sum(times)) + summary(results);
}

function summary(results: readonly CheckResult[]): string {
  const unproven = results.some(
    ({ verdict }) => verdict.kind === 'violated' && verdict.counterexamples[0].minimality !== 'minimum',
  );
  const count = (test: (result: CheckResult) => boolean) => results.filter(test).length;
  const byDiagram = count(({ evidence }) => evidence.representation === 'diagram');
  const confirmed = count(({ evidence }) => evidence.confirmed);
  return `${results.length === 1 ? '' : ` (${byDiagram}, ${confirmed})`}${unproven ? ' !' : ''}`;
}
