/** How the work grows with nodes, with time and with crashes: one thing at a time. */
import type { CheckResult } from '../../src/runner/result.js';
import { bounded, delivery } from '../families.js';
import { milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

/** Rows in order of size. */
type Family = () => readonly Row[];

const families: readonly Family[] = [
  () => [4, 6, 8, 10, 12].map((nodes) => delivery('redun-deliv', nodes, { eot: 25, eff: 20, crashes: 3 })),
  () => [10, 20, 40, 80].map((eot) => delivery('redun-deliv', 5, { eot, eff: eot - 5, crashes: 2 })),
  () => [1, 2, 3, 4].map((crashes) => delivery('redun-deliv', 6, { eot: 12, eff: 9, crashes })),
  () => [4, 5, 6, 7].map((nodes) => delivery('ack-deliv', nodes, { eot: 8, eff: 6, crashes: 1 })),
  () => [12, 22, 32].map((eot) => bounded('flux', { eot, eff: eot - 1, crashes: 1 }, 'certified')),
  () => [8, 12, 16].map((eot) => bounded('paxos-synod', { eot, eff: eot - 1, crashes: 1 }, 'certified')),
];

const COLUMNS = [
  { title: 'row' },
  { title: 'verdict' },
  { title: 'decided by' },
  { title: 'firings', numeric: true },
  { title: 'gates', numeric: true },
  { title: 'diagram nodes', numeric: true },
  { title: 'clauses', numeric: true },
  { title: 'ms', numeric: true },
];

/** A family is left at its first row that passes the budget. @param budget milliseconds a row */
export async function scalingTable(budget: number, only: RegExp): Promise<string> {
  const lines: (readonly string[])[] = [];
  for (const family of families) {
    for (const row of family().filter(({ name }) => only.test(name))) {
      const result = await checkRow(row, { timeout: budget });
      lines.push(cells(row, result));
      if (result.verdict.kind === 'inconclusive') break;
    }
  }
  return table(COLUMNS, lines);
}

function cells(row: Row, { verdict, evidence, elapsed }: CheckResult): readonly string[] {
  const { firings, gates, diagramNodes, clauses } = evidence.statistics;
  const counts = [firings, gates, diagramNodes, clauses].map(String);
  const decided = evidence.strategy === 'compiled' ? evidence.representation : evidence.strategy;
  return [row.name, verdict.kind, decided, ...counts, milliseconds(elapsed)];
}
