/**
 * What `alternating` spends on absent facts: the rows with a published count, with and without regard to what a
 * fact that is absent from a good run may rest on.
 */
import type { CheckResult } from '../../src/runner/result.js';
import { table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

const COLUMNS = [
  { title: 'row' },
  { title: 'Molly', numeric: true },
  { title: 'alternating', numeric: true },
  { title: 'verdict' },
  { title: 'absent facts ignored', numeric: true },
  { title: 'verdict' },
];

/** @param budget milliseconds a row, each way */
export async function absencesTable(rows: readonly Row[], budget: number): Promise<string> {
  const lines: (readonly string[])[] = [];
  for (const row of rows) {
    const executions = row.published?.executions;
    if (executions === undefined) continue;
    const options = { strategy: 'alternating', timeout: budget } as const;
    const regarded = await checkRow(row, options);
    const ignored = await checkRow(row, { ...options, negativeSupport: false });
    lines.push([row.name, String(executions), ...cells(regarded), ...cells(ignored)]);
  }
  return table(COLUMNS, lines);
}

function cells({ verdict, evidence }: CheckResult): readonly string[] {
  const least = verdict.kind === 'violated' ? `, ${verdict.counterexamples[0].minimality}` : '';
  return [String(evidence.executions), verdict.kind + least];
}
