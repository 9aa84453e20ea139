/** Rows of the scenarios in TypeScript, read as the command line reads them. */
import type { Bounds } from '../src/injector/bounds.js';
import * as ldfi from '../src/index.js';
import { scenarioHost } from '../src/runner/files/file-system.js';
import type { VerdictName } from '../src/runner/result.js';
import { findScenarios, type FoundScenario } from '../src/runner/scenario/find.js';
import { moduleLoader } from '../src/runner/files/modules.js';
import { row, type Load, type Row } from './rows.js';

const FOLDERS = ['rules', 'handlers', 'services'] as const;

/** Every scenario within its own bounds, as `handlers/raft on three nodes`. @throws Error when one cannot be read */
export async function libraryRows(): Promise<readonly Row[]> {
  const folders = FOLDERS.map(async (folder) => {
    const found = await find(`scenarios/${folder}`);
    return found.map((scenario) => ownRow(folder, scenario));
  });
  return (await Promise.all(folders)).flat();
}

/** One scenario by handlers within bounds of the bench's choice. */
export async function handlersRow(
  file: string,
  scenario: string,
  bounds: Bounds,
  expected: VerdictName,
): Promise<Row> {
  const load = loadOf(`scenarios/handlers/${file}.ts`, scenario);
  return row(`handlers/${scenario}`, { scenario: await load(), load, bounds, expected });
}

function ownRow(folder: string, found: FoundScenario): Row {
  const load = loadOf(found.file, found.name);
  const scenario = prepared(found);
  const [{ bounds, expect: expected }] = scenario.checks;
  return row(`${folder}/${found.name}`, { scenario, load, bounds, expected });
}

function loadOf(file: string, name: string): Load {
  return async () => {
    const found = (await find(file)).find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`there is no scenario ${name} in ${file}`);
    return prepared(found);
  };
}

/** Nothing is kept from one reading to the next. */
async function find(path: string): Promise<readonly FoundScenario[]> {
  const host = scenarioHost(moduleLoader({ exports: () => ldfi, entries: () => ({}) }));
  const { found, diagnostics } = await findScenarios([path], { host, names: () => [] });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return found;
}

function prepared({ name, prepare }: FoundScenario) {
  const { scenario, diagnostics } = prepare(undefined);
  if (scenario === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return scenario;
}
