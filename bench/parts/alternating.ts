/** The same rows by `alternating`, each within a time budget. */
import type { CheckResult } from '../../src/runner/result.js';
import { milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

const COLUMNS = [
  { title: 'row' },
  { title: 'verdict' },
  { title: 'agrees with compiled' },
  { title: 'executions', numeric: true },
  { title: 'until a violation', numeric: true },
  { title: 'Molly', numeric: true },
  { title: 'ms', numeric: true },
];

/** @param compiled results by the name of the row @param budget milliseconds a row */
export async function alternatingTable(
  rows: readonly Row[],
  compiled: ReadonlyMap<string, CheckResult>,
  budget: number,
): Promise<string> {
  const lines: (readonly string[])[] = [];
  const tally = { finished: 0, agreeing: 0 };
  for (const row of rows) {
    const result = await checkRow(row, { strategy: 'alternating', timeout: budget });
    const judge = compiled.get(row.name) ?? (await checkRow(row));
    const agreement = agrees(result, judge);
    if (agreement !== 'unfinished') tally.finished++;
    if (agreement === 'yes') tally.agreeing++;
    const { verdict, evidence, elapsed } = result;
    lines.push([
      row.name,
      verdict.kind,
      agreement,
      String(evidence.executions),
      verdict.kind === 'violated' ? String(evidence.statistics.executionsToViolation) : '',
      String(row.published?.executions ?? ''),
      milliseconds(elapsed),
    ]);
  }
  const { finished, agreeing } = tally;
  return (
    table(COLUMNS, lines) +
    `\n${finished} of ${rows.length} rows finished within ${budget / 1_000} s each, and ${agreeing} of those ` +
    `agree with compiled.\n`
  );
}

/** In the verdict, and where both prove fewest faults fewest, in the faults. */
function agrees(result: CheckResult, judge: CheckResult): string {
  const [own, other] = [result.verdict, judge.verdict];
  if (own.kind === 'inconclusive') return 'unfinished';
  if (own.kind !== other.kind) return `NO: ${other.kind}`;
  if (own.kind !== 'violated' || other.kind !== 'violated') return 'yes';
  const [mine, its] = [own.counterexamples[0], other.counterexamples[0]];
  if (mine.minimality !== 'minimum' || its.minimality !== 'minimum') return 'yes';
  return JSON.stringify(mine.faults) === JSON.stringify(its.faults) ? 'yes' : 'NO: other faults';
}
