/** `random` and `exhaustive`: what lineage saves. */
import { countFaultSets } from '../../src/injector/bounds.js';
import { defaultBudgets } from '../../src/runner/budgets.js';
import { defaultSolver } from '../../src/runner/check.js';
import { Search } from '../../src/runner/search.js';
import { finish } from '../../src/model/steps.js';
import { firstViolation } from '../../src/runner/strategies/random.js';
import { Undecided } from '../../src/runner/undecided.js';
import { runGuarded } from '../../src/runner/watchdog.js';
import { loadBackend } from '../../src/solver/backends.js';
import type { SolverFactory } from '../../src/solver/sat.js';
import { mean, milliseconds, table } from '../figures.js';
import { checkRow, type Row } from '../rows.js';

const SEEDS = 25;

/** Fault sets up to which all are tried. */
const MOST_FAULT_SETS = 5_000n;

const COLUMNS = [
  { title: 'row' },
  { title: 'fault sets', numeric: true },
  { title: 'random: mean executions', numeric: true },
  { title: 'published random', numeric: true },
  { title: 'random: ms a search', numeric: true },
  { title: 'exhaustive: executions', numeric: true },
  { title: 'exhaustive: verdict' },
  { title: 'exhaustive: ms', numeric: true },
];

/** @param budget milliseconds a row */
export async function baselinesTable(rows: readonly Row[], budget: number): Promise<string> {
  const factory = await loadBackend(defaultSolver);
  const lines: (readonly string[])[] = [];
  for (const row of rows) {
    const total = countFaultSets(row.scenario.nodes.length, row.bounds);
    const few = total <= MOST_FAULT_SETS;
    if (row.expected !== 'violated' && !few) continue;
    lines.push([
      row.name,
      size(total),
      ...(row.expected === 'violated' ? randomCells(row, factory, budget) : ['', '', '']),
      ...(few ? await exhaustiveCells(row, budget) : ['', '', '']),
    ]);
  }
  return (
    table(COLUMNS, lines) +
    `\nrandom: ${SEEDS} seeds, executions until the first violation, the failure-free one included; a fault set ` +
    `drawn again is not run again.\n`
  );
}

function size(total: bigint): string {
  return total < 100_000n ? String(total) : Number(total).toExponential(2).replace('+', '');
}

/** Mean executions, the published mean, and the time of one search. */
function randomCells(row: Row, factory: SolverFactory, budget: number): readonly string[] {
  const beside = String(row.published?.random ?? '');
  const started = performance.now();
  const guarded = runGuarded(
    () => Array.from({ length: SEEDS }, (_, seed) => executionsUntilViolation(row, factory, seed)),
    { timeoutMs: budget },
  );
  if (guarded.kind !== 'finished') return ['out of time', beside, ''];
  const counts = guarded.value;
  const found = counts.filter((count) => count !== undefined);
  const time = milliseconds((performance.now() - started) / SEEDS);
  if (found.length < SEEDS) {
    return [`${SEEDS - found.length} of ${SEEDS} found none`, beside, time];
  }
  return [mean(found).toFixed(2), beside, time];
}

/** Undefined where the budget of executions ended first. */
function executionsUntilViolation(row: Row, factory: SolverFactory, seed: number): number | undefined {
  const { protocol, nodes } = row.scenario;
  const search = new Search({
    protocol,
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
    finish(firstViolation(search));
    return search.executions;
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

async function exhaustiveCells(row: Row, budget: number): Promise<readonly string[]> {
  const { verdict, evidence, elapsed } = await checkRow(row, { strategy: 'exhaustive', timeout: budget });
  return [String(evidence.executions), verdict.kind, milliseconds(elapsed)];
}
