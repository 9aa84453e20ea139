/** What is measured: programs, each within one set of bounds. */
import { readdirSync } from 'node:fs';
import { formatBounds, type Bounds } from '../src/injector/bounds.js';
import type { SourceHost } from '../src/model/rules/dedalus/load.js';
import { compareStrings } from '../src/model/order.js';
import { check } from '../src/runner/check.js';
import type { CheckOptions } from '../src/runner/options/check.js';
import { fileSystemHost } from '../src/runner/files/file-system.js';
import type { CheckResult, VerdictName } from '../src/runner/result.js';
import { loadScenario } from '../src/runner/scenario/dedalus.js';
import type { PreparedScenario } from '../src/runner/scenario/prepared.js';
import { SolverPool } from '../src/solver/pool.js';
import { published, type Published } from './published.js';

/** Reads a scenario anew. @throws Error when it has errors */
export type Load = () => Promise<PreparedScenario>;

/** One program within one set of bounds. */
export interface Row {
  /** Of the scenario, and its bounds. */
  readonly name: string;
  readonly scenario: PreparedScenario;
  readonly load: Load;
  readonly bounds: Bounds;
  readonly expected: VerdictName | undefined;
  readonly published: Published | undefined;
}

export const SCENARIOS = 'scenarios/dedalus';

/** Every header line of every scenario in Dedalus. @throws Error when a scenario cannot be read */
export async function dedalusRows(): Promise<readonly Row[]> {
  const names = readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.ded'))
    .map((file) => file.slice(0, -'.ded'.length))
    .sort(compareStrings);
  const rows = names.map(async (name) => {
    const load = fromFile(`${SCENARIOS}/${name}.ded`, fileSystemHost);
    const scenario = await load();
    return scenario.checks.map(({ bounds, expect }) =>
      row(name, { scenario, load, bounds, expected: expect }),
    );
  });
  return (await Promise.all(rows)).flat();
}

/** The rows of the published table, in its order. @throws Error when a scenario lacks one */
export function publishedRows(rows: readonly Row[]): readonly Row[] {
  return published.map((wanted) => {
    const found = rows.find((candidate) => candidate.published === wanted);
    if (found === undefined) throw new Error(`no header line of ${wanted.scenario} says ${wanted.bounds}`);
    return found;
  });
}

/** @param name of the scenario */
export function row(name: string, details: Pick<Row, 'scenario' | 'load' | 'bounds' | 'expected'>): Row {
  const figures = formatBounds(details.bounds);
  const facts = published.find((entry) => entry.scenario === name && entry.bounds === figures);
  return { name: `${name} ${figures}`, ...details, published: facts };
}

/** A file of Dedalus. */
export function fromFile(file: string, host: SourceHost): Load {
  return () => {
    const { scenario, diagnostics } = loadScenario(file, undefined, host);
    if (scenario !== undefined) return Promise.resolve(scenario);
    throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  };
}

/** As the command line does for the files of one command. */
const pool = new SolverPool();

export function checkRow(
  { scenario, bounds, expected }: Row,
  options: Pick<
    CheckOptions,
    'strategy' | 'timeout' | 'budgets' | 'negativeSupport' | 'jobs' | 'pool' | 'onProgress'
  > = {},
): Promise<CheckResult> {
  const { name, protocol, nodes } = scenario;
  return check(protocol, { name, nodes, bounds, expected, pool, ...options });
}

/** Whether a result is as the scenario, and what is published of it, say. */
export function isRight({ expected, published }: Row, { verdict }: CheckResult): boolean {
  return verdict.kind === expected && (published === undefined || published.verdict === expected);
}
