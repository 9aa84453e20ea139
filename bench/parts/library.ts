/** Every scenario of scenarios/, in Dedalus and in TypeScript, with the work that its verdict took. */
import type { CheckResult } from '../../src/runner/result.js';
import { decidedBy, faultSets, median, milliseconds, processorTime, table } from '../figures.js';
import { checkRow, isRight, type Row } from '../rows.js';

const COLUMNS = [
  { title: 'scenario' },
  { title: 'expected' },
  { title: 'verdict' },
  { title: 'decided by' },
  { title: 'fault sets', numeric: true },
  { title: 'executions', numeric: true },
  { title: 'handler runs', numeric: true },
  { title: 'local states', numeric: true },
  { title: 'diagram nodes', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'CPU ms', numeric: true },
];

export interface LibraryTable {
  readonly text: string;
  /** Names of rows. */
  readonly wrong: readonly string[];
}

/** @param runs of which the median is taken, after the first */
export async function libraryTable(rows: readonly Row[], runs: number): Promise<LibraryTable> {
  const lines: (readonly string[])[] = [];
  const wrong: string[] = [];
  for (const row of rows) {
    const results: CheckResult[] = [];
    const computed: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const before = processorTime();
      results.push(await checkRow(row));
      computed.push(processorTime() - before);
    }
    if (!isRight(row, results[0])) wrong.push(row.name);
    lines.push([...cells(row, results), milliseconds(median(computed.slice(1)))]);
  }
  const right = rows.length - wrong.length;
  return { text: `${table(COLUMNS, lines)}\n${right} of ${rows.length} verdicts as expected.\n`, wrong };
}

function cells(row: Row, [first, ...later]: readonly CheckResult[]): readonly string[] {
  const { verdict, evidence, elapsed } = first;
  const { handlerRuns, localStates, diagramNodes } = evidence.statistics;
  const byHandlers = row.scenario.protocol.kind === 'handlers';
  return [
    row.name,
    row.expected ?? '',
    isRight(row, first) ? verdict.kind : `WRONG: ${verdict.kind}`,
    decidedBy(evidence),
    faultSets(row),
    String(evidence.executions),
    byHandlers ? String(handlerRuns) : '',
    byHandlers ? String(localStates) : '',
    String(diagramNodes),
    milliseconds(elapsed),
    milliseconds(median(later.map((result) => result.elapsed))),
  ];
}
