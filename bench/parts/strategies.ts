/** The four strategies on the same rows: what lineage saves, and what one pass saves beyond that. */
import { countFaultSets } from '../../src/injector/counts.js';
import { defaultBudgets } from '../../src/runner/guard/budgets.js';
import { defaultSolver } from '../../src/runner/options/check.js';
import type { CheckResult } from '../../src/runner/result.js';
import { answeredAtOnce } from '../../src/runner/drivers/answered.js';
import { searchOn } from '../../src/runner/search.js';
import { firstViolation } from '../../src/runner/strategies/random.js';
import { Undecided } from '../../src/runner/guard/undecided.js';
import { runGuarded } from '../../src/runner/guard/watchdog.js';
import { loadBackend } from '../../src/solver/backends.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { faultSets, mean, milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

const SEEDS = 25;

/** Fault sets up to which all are tried. */
const MOST_FAULT_SETS = 5_000n;

const COLUMNS = [
  { title: 'row' },
  { title: 'verdict' },
  { title: 'fault sets', numeric: true },
  { title: 'compiled', numeric: true },
  { title: 'alternating', numeric: true },
  { title: 'Molly', numeric: true },
  { title: 'random', numeric: true },
  { title: 'Molly’s random', numeric: true },
  { title: 'exhaustive', numeric: true },
  { title: 'alternating ms', numeric: true },
  { title: 'exhaustive ms', numeric: true },
];

/** One row by one strategy: executions, or why there are none, and time. */
interface Cells {
  readonly executions: string;
  readonly time: string;
}

const NONE: Cells = { executions: '', time: '' };

/** @param budget milliseconds a row and strategy */
export async function strategiesTable(rows: readonly Row[], budget: number): Promise<string> {
  const factory = await loadBackend(defaultSolver);
  const lines: (readonly string[])[] = [];
  const tally = { finished: 0, agreeing: 0 };
  for (const row of rows) {
    const judge = await checkRow(row);
    const result = await checkRow(row, { strategy: 'alternating', timeout: budget });
    const agreement = agreementOf(result, judge);
    if (agreement !== 'unfinished') tally.finished++;
    if (agreement === 'agrees') tally.agreeing++;
    lines.push(
      cells(row, judge, {
        alternating: alternatingCells(result, agreement),
        random: judge.verdict.kind === 'violated' ? meanExecutions(row, factory, budget) : '',
        exhaustive: await exhaustiveCells(row, judge, budget),
      }),
    );
  }
  const seconds = budget / 1_000;
  return (
    `${table(COLUMNS, lines)}\nExecutions, the failure-free one included. alternating: ${tally.finished} of ${rows.length} rows finished ` +
    `within ${seconds} s each, and ${tally.agreeing} of those agree with compiled; \`>\` marks one that did not ` +
    `finish. The first violation that it meets is its last execution.\nrandom: mean of ${SEEDS} seeds, executions until the first violation; a fault set drawn again is not ` +
    `run again.\nexhaustive: where there are at most ${MOST_FAULT_SETS} fault sets.\n`
  );
}

function cells(
  row: Row,
  judge: CheckResult,
  by: { readonly alternating: Cells; readonly random: string; readonly exhaustive: Cells },
): readonly string[] {
  return [
    row.name,
    judge.verdict.kind,
    faultSets(row),
    String(judge.evidence.executions),
    by.alternating.executions,
    String(row.published?.executions ?? ''),
    by.random,
    String(row.published?.random ?? ''),
    by.exhaustive.executions,
    by.alternating.time,
    by.exhaustive.time,
  ];
}

type Agreement = 'agrees' | 'unfinished' | 'differs';

function alternatingCells({ evidence, elapsed }: CheckResult, agreement: Agreement): Cells {
  const mark = { agrees: '', unfinished: '> ', differs: 'WRONG: ' }[agreement];
  return { executions: `${mark}${evidence.executions}`, time: milliseconds(elapsed) };
}

/** In the verdict, and where both prove fewest faults fewest, in the faults. */
function agreementOf(result: CheckResult, judge: CheckResult): Agreement {
  const [own, other] = [result.verdict, judge.verdict];
  if (own.kind === 'inconclusive') return 'unfinished';
  if (own.kind !== other.kind) return 'differs';
  if (own.kind !== 'violated' || other.kind !== 'violated') return 'agrees';
  const [mine, its] = [own.counterexamples[0], other.counterexamples[0]];
  if (mine.minimality !== 'minimum' || its.minimality !== 'minimum') return 'agrees';
  return JSON.stringify(mine.faults) === JSON.stringify(its.faults) ? 'agrees' : 'differs';
}

function meanExecutions(row: Row, factory: SolverFactory, budget: number): string {
  const guarded = runGuarded(
    () => Array.from({ length: SEEDS }, (_, seed) => executionsUntilViolation(row, factory, seed)),
    { timeoutMs: budget },
  );
  if (guarded.kind !== 'finished') return 'out of time';
  const found = guarded.value.filter((count) => count !== undefined);
  return found.length < SEEDS ? `${SEEDS - found.length} of ${SEEDS} found none` : mean(found).toFixed(2);
}

/** Undefined where the budget of executions ended first. */
function executionsUntilViolation(row: Row, factory: SolverFactory, seed: number): number | undefined {
  const { protocol, nodes } = row.scenario;
  const search = searchOn(protocol, {
    nodes,
    bounds: row.bounds,
    budgets: defaultBudgets,
    factory,
    wanted: 1,
    seed,
    negativeSupport: true,
    lineage: 'causal',
    onProgress: undefined,
  });
  try {
    answeredAtOnce(firstViolation(search), search.subject);
    return search.executions;
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

async function exhaustiveCells(row: Row, judge: CheckResult, budget: number): Promise<Cells> {
  if (countFaultSets(row.scenario.nodes.length, row.bounds) > MOST_FAULT_SETS) return NONE;
  const { verdict, evidence, elapsed } = await checkRow(row, { strategy: 'exhaustive', timeout: budget });
  const right = verdict.kind === judge.verdict.kind;
  return { executions: `${right ? '' : 'WRONG: '}${evidence.executions}`, time: milliseconds(elapsed) };
}
