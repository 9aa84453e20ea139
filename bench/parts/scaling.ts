/** How the work grows with nodes, with time, with crashes and with proposers: one thing at a time. */
import type { CheckResult } from '../../src/runner/result.js';
import { bounded, delivery, paxos } from '../families.js';
import { decidedBy, milliseconds, table } from '../figures.js';
import { acknowledgedDelivery, twoPhaseCommit } from '../handler-families.js';
import { handlersRow } from '../library.js';
import { PHASES, phasedCheck, TimedPool, type PhasedCheck } from '../phases.js';
import type { Row } from '../rows.js';

interface Family {
  /** What grows. */
  readonly title: string;
  /** In order of size. */
  readonly rows: readonly (() => Promise<Row>)[];
}

const families: readonly Family[] = [
  {
    title: 'nodes',
    rows: [
      ...[4, 6, 8, 10, 12].map(
        (nodes) => () => delivery('redun-deliv', nodes, { eot: 25, eff: 20, crashes: 3 }),
      ),
    ],
  },
  {
    title: 'nodes',
    rows: [4, 5, 6, 7].map((nodes) => () => delivery('ack-deliv', nodes, { eot: 8, eff: 6, crashes: 1 })),
  },
  {
    title: 'nodes',
    rows: [3, 4, 5, 6, 7].map((nodes) => () => paxos(nodes, 2, { eot: 8, eff: 3, crashes: 1 })),
  },
  {
    title: 'nodes, by handlers',
    rows: [3, 4, 5, 6, 7].map((nodes) => () => acknowledgedDelivery(nodes, { eot: 8, eff: 6, crashes: 1 })),
  },
  {
    title: 'nodes, by handlers',
    rows: [4, 5, 6, 7].map((nodes) => () => twoPhaseCommit(nodes, { eot: 8, eff: 4, crashes: 1 })),
  },
  {
    title: 'EOT',
    rows: [10, 20, 40, 80].map((eot) => () => delivery('redun-deliv', 5, { eot, eff: eot - 5, crashes: 2 })),
  },
  {
    title: 'EOT',
    rows: [12, 22, 32].map((eot) => () => bounded('flux', { eot, eff: eot - 1, crashes: 1 }, 'certified')),
  },
  {
    title: 'EOT',
    rows: [8, 12, 16].map(
      (eot) => () => bounded('paxos-synod', { eot, eff: eot - 1, crashes: 1 }, 'certified'),
    ),
  },
  {
    title: 'EOT',
    rows: [8, 12, 16, 20].map((eot) => () => raft('three', { eot, eff: eot - 6, crashes: 1 })),
  },
  {
    title: 'crashes',
    rows: [1, 2, 3, 4].map((crashes) => () => delivery('redun-deliv', 6, { eot: 12, eff: 9, crashes })),
  },
  {
    title: 'crashes',
    rows: [0, 1, 2].map((crashes) => () => raft('five', { eot: 10, eff: 5, crashes })),
  },
  {
    title: 'proposers',
    rows: [1, 2, 3, 4, 5].map((proposers) => () => paxos(5, proposers, { eot: 8, eff: 3, crashes: 1 })),
  },
];

function raft(nodes: 'three' | 'five', bounds: Row['bounds']): Promise<Row> {
  return handlersRow('raft', `raft on ${nodes} nodes`, bounds, 'certified');
}

const COLUMNS = [
  { title: 'grows' },
  { title: 'row' },
  { title: 'verdict' },
  { title: 'decided by' },
  { title: 'firings', numeric: true },
  { title: 'handler runs', numeric: true },
  { title: 'gates', numeric: true },
  { title: 'diagram nodes', numeric: true },
  { title: 'clauses', numeric: true },
  ...PHASES.map((title) => ({ title, numeric: true })),
];

/** A family is left at its first row that passes the budget. @param budget milliseconds a row */
export async function scalingTable(budget: number, only: RegExp): Promise<string> {
  const pool = new TimedPool();
  const lines: (readonly string[])[] = [];
  for (const { title, rows } of families) {
    for (const load of rows) {
      const row = await load();
      if (!only.test(row.name)) continue;
      const check = await phasedCheck(row, pool, { timeout: budget });
      lines.push([title, row.name, ...resultCells(check.result), ...phaseCells(check)]);
      if (check.result.verdict.kind === 'inconclusive') break;
    }
  }
  return `${table(COLUMNS, lines)}\nPhases in milliseconds of processor time, of one run.\n`;
}

function resultCells({ verdict, evidence }: CheckResult): readonly string[] {
  const { firings, handlerRuns, gates, diagramNodes, clauses } = evidence.statistics;
  const counts = [firings, handlerRuns, gates, diagramNodes, clauses].map(String);
  return [verdict.kind, decidedBy(evidence), ...counts];
}

function phaseCells({ phases }: PhasedCheck): readonly string[] {
  return PHASES.map((phase) => milliseconds(phases[phase]));
}
