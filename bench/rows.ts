/** What is measured: lines of scenarios' headers, and generated programs. */
import { readdirSync } from 'node:fs';
import { formatBounds, type Bounds } from '../src/injector/bounds.js';
import type { SourceHost } from '../src/model/dedalus/load.js';
import { compareStrings } from '../src/model/order.js';
import { check, type CheckOptions } from '../src/runner/check.js';
import { fileSystemHost } from '../src/runner/cli/host.js';
import type { CheckResult, VerdictName } from '../src/runner/result.js';
import { loadScenario } from '../src/runner/scenario/dedalus.js';
import type { PreparedScenario } from '../src/runner/scenario/prepared.js';
import { SolverPool } from '../src/solver/pool.js';
import { published, type Published } from './published.js';

/** One program within one set of bounds. */
export interface Row {
  /** Of the scenario, and its bounds. */
  readonly name: string;
  readonly scenario: PreparedScenario;
  readonly bounds: Bounds;
  readonly expected: VerdictName | undefined;
  readonly published: Published | undefined;
}

export const SCENARIOS = 'scenarios/dedalus';

/** Every header line of every scenario. @throws Error when a scenario cannot be read */
export function allRows(): readonly Row[] {
  const names = readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.ded'))
    .map((file) => file.slice(0, -'.ded'.length));
  return names.sort(compareStrings).flatMap((name) => {
    const scenario = read(`${SCENARIOS}/${name}.ded`, fileSystemHost);
    return scenario.checks.map(({ bounds, expect }) => row(name, scenario, bounds, expect));
  });
}

/** The rows of the published table, in its order. @throws Error when a scenario lacks one */
export function publishedRows(rows: readonly Row[]): readonly Row[] {
  return published.map((wanted) => {
    const found = rows.find((candidate) => candidate.published === wanted);
    if (found === undefined) throw new Error(`no header line of ${wanted.scenario} says ${wanted.bounds}`);
    return found;
  });
}

export function row(
  name: string,
  scenario: PreparedScenario,
  bounds: Bounds,
  expected: VerdictName | undefined,
): Row {
  const figures = formatBounds(bounds);
  const facts = published.find((entry) => entry.scenario === name && entry.bounds === figures);
  return { name: `${name} ${figures}`, scenario, bounds, expected, published: facts };
}

/** @throws Error when the program has errors */
export function read(file: string, host: SourceHost): PreparedScenario {
  const { scenario, diagnostics } = loadScenario(file, undefined, host);
  if (scenario !== undefined) return scenario;
  throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
}

/** As the command line does for the files of one command. */
const pool = new SolverPool();

export function checkRow(
  { scenario, bounds, expected }: Row,
  options: Pick<CheckOptions, 'strategy' | 'timeout'> = {},
): Promise<CheckResult> {
  const { name, protocol, nodes } = scenario;
  return check(protocol, { name, nodes, bounds, expected, pool, ...options });
}
