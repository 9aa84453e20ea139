/** How the work grows with nodes, with time and with crashes: one thing at a time. */
import { fileSystemHost } from '../../src/runner/cli/host.js';
import type { CheckResult } from '../../src/runner/result.js';
import { milliseconds, table } from '../figures.js';
import { checkRow, read, SCENARIOS, type Row } from '../rows.js';
import { grown, withFigures } from './targets.js';

/** Rows in order of size. */
type Family = () => readonly Row[];

const families: readonly Family[] = [
  () => [4, 6, 8, 10, 12].map((nodes) => grown('redun-deliv', nodes, [25, 20, 3])),
  () => [10, 20, 40, 80].map((eot) => grown('redun-deliv', 5, [eot, eot - 5, 2])),
  () => [1, 2, 3, 4].map((crashes) => grown('redun-deliv', 6, [12, 9, crashes])),
  () => [4, 5, 6, 7].map((nodes) => grown('ack-deliv', nodes, [8, 6, 1])),
  () => [12, 22, 32].map((eot) => scenario('flux', eot, eot - 1)),
  () => [8, 12, 16].map((eot) => scenario('paxos-synod', eot, eot - 1)),
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

function scenario(name: string, eot: number, eff: number): Row {
  return withFigures(name, read(`${SCENARIOS}/${name}.ded`, fileSystemHost), [eot, eff, 1], 'certified');
}

function cells(row: Row, { verdict, evidence, elapsed }: CheckResult): readonly string[] {
  const { firings, gates, diagramNodes, clauses } = evidence.statistics;
  const counts = [firings, gates, diagramNodes, clauses].map(String);
  const decided = evidence.strategy === 'compiled' ? evidence.representation : evidence.strategy;
  return [row.name, verdict.kind, decided, ...counts, milliseconds(elapsed)];
}
