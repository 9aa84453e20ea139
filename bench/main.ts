/** The bench: `npm run bench -- --help`. Exits 1 where a verdict is wrong, a count has risen, or words make no sense. */
import { cpus } from 'node:os';
import { risenCounts, updateCounts } from './counts.js';
import { libraryRows } from './library.js';
import { measureHere } from './measure.js';
import { HELP, readRequest, type Options, type Part } from './options.js';
import { writeToPage } from './page.js';
import { budgetsTable } from './parts/budgets.js';
import { libraryTable } from './parts/library.js';
import { liveTable } from './parts/live.js';
import { firingsTable, phasesTable } from './parts/phases.js';
import { mutantsTable } from './parts/mutants.js';
import { pageTable } from './parts/page.js';
import { placesTable } from './parts/places.js';
import { poolTable } from './parts/pool.js';
import { protectionsTable } from './parts/protections.js';
import { repairsTable } from './parts/repairs.js';
import { scalingTable } from './parts/scaling.js';
import { startupTable } from './parts/startup.js';
import { strategiesTable } from './parts/strategies.js';
import { verdictTable } from './parts/table.js';
import { tracesTable } from './parts/traces.js';
import { handlerTargetsTable, ruleTargetsTable } from './parts/targets.js';
import { dedalusRows, publishedRows, type Row } from './rows.js';
import { cellTargets, handlerTargets, kindTargets, ruleTargets, type Target } from './targets.js';

const TITLES: Readonly<Record<Part, string>> = {
  table: 'Verdict table, by compiled',
  library: 'The scenario library, by compiled',
  strategies: 'Four strategies',
  targets: 'Speed targets of rules',
  handlers: 'Speed targets of handlers',
  cells: 'Handlers of many states',
  kinds: 'Kinds of faults',
  firings: 'The cost of a firing',
  startup: 'From the command to its first output',
  budgets: 'What budgets buy',
  phases: 'Phases',
  scaling: 'Scaling, by compiled',
  traces: 'Reading traces',
  page: 'The page of a large counterexample',
  live: 'Runs of running systems',
  pool: 'Runs that threads share',
  protections: 'What would be enough',
  repairs: 'Repairs',
  places: 'Where the fault is',
  mutants: 'Where mutants are wrong',
};

/** What a part prints, and which of its rows have a wrong verdict. */
interface Printed {
  readonly text: string;
  readonly wrong: readonly string[];
}

function print(text: string): void {
  process.stdout.write(text);
}

async function main(): Promise<void> {
  const request = readRequest(process.argv.slice(2));
  if (request.kind === 'help') {
    if (request.problem !== undefined) fail([request.problem, '']);
    print(HELP);
    return;
  }
  const { options } = request;
  if (options.measure !== undefined) {
    print(JSON.stringify(await measureHere(options.measure, options.runs)));
  } else if (options.counts === 'none') await measure(options);
  else await count(options.counts);
}

async function measure(options: Options): Promise<void> {
  const wrong: string[] = [];
  for (const part of options.parts) {
    // Before anything is printed, so that the first pass of the first part starts as early in the process as it can.
    const printed = await printedOf(part, options);
    print(`\n## ${TITLES[part]}\n\n${printed.text}`);
    if (options.write) writeToPage(part, printed.text);
    wrong.push(...printed.wrong);
  }
  const [processor] = cpus();
  print(`\nMeasured on ${cpus().length} x ${processor.model.trim()}, Node ${process.version}.\n`);
  if (wrong.length > 0) fail(wrong.map((name) => `${name}: wrong verdict`));
}

async function printedOf(part: Part, { only, runs, budget }: Options): Promise<Printed> {
  const chosen = (rows: readonly Row[]) => rows.filter(({ name }) => only.test(name));
  const published = async () => chosen(publishedRows(await dedalusRows()));
  switch (part) {
    case 'table': {
      const rows = await published();
      return rows.length === 0 ? fine('') : verdictTable(rows, runs);
    }
    case 'library':
      return libraryTable(chosen([...(await dedalusRows()), ...(await libraryRows())]), runs);
    case 'strategies':
      return fine(await strategiesTable(await published(), budget));
    case 'targets':
      return fine(await ruleTargetsTable(ruleTargets, runs, only));
    case 'handlers':
      return fine(await handlerTargetsTable(handlerTargets, runs, only));
    case 'cells':
      return fine(await handlerTargetsTable(cellTargets, runs, only));
    case 'kinds':
      return fine(await handlerTargetsTable(kindTargets, runs, only));
    case 'firings':
      return fine(await firingsTable(runs, only));
    case 'startup':
      return fine(await startupTable(runs));
    case 'budgets': {
      const handlers = (await libraryRows()).filter(({ scenario }) => scenario.protocol.kind === 'handlers');
      const targets = chosen(await rowsOf(ruleTargets));
      return fine(await budgetsTable(targets, await published(), chosen(handlers)));
    }
    case 'phases':
      return fine(await phasesTable([...(await published()), ...chosen(await libraryRows())], runs));
    case 'scaling':
      return fine(await scalingTable(budget, only));
    case 'traces':
      return fine(await tracesTable(only, runs));
    case 'page':
      return fine(await pageTable(runs, only));
    case 'live':
      return fine(await liveTable(only));
    case 'pool':
      return fine(await poolTable(chosen(await dedalusRows()), runs));
    case 'protections':
      return fine(
        await protectionsTable(chosen([...(await dedalusRows()), ...(await libraryRows())]), budget),
      );
    case 'places':
      return fine(await placesTable(chosen([...(await dedalusRows()), ...(await libraryRows())]), budget));
    case 'mutants':
      return fine(await mutantsTable(chosen([...(await dedalusRows()), ...(await libraryRows())]), budget));
    case 'repairs':
      return fine(await repairsTable(chosen([...(await dedalusRows()), ...(await libraryRows())]), budget));
  }
}

function fine(text: string): Printed {
  return { text, wrong: [] };
}

async function rowsOf(targets: readonly Target[]): Promise<readonly Row[]> {
  return Promise.all(targets.map((target) => target.row()));
}

async function count(task: 'update' | 'check'): Promise<void> {
  const rows = [...(await dedalusRows()), ...(await libraryRows()), ...(await rowsOf(ruleTargets))];
  const distinct = rows.filter((row, i) => rows.findIndex(({ name }) => name === row.name) === i);
  if (task === 'update') {
    await updateCounts(distinct);
    print(`counted ${distinct.length} rows\n`);
    return;
  }
  const problems = await risenCounts(distinct);
  if (problems.length > 0) fail(problems);
  else print(`${distinct.length} rows, and no count rose by more than a tenth\n`);
}

function fail(problems: readonly string[]): void {
  print(problems.map((problem) => `${problem}\n`).join(''));
  process.exitCode = 1;
}

await main();
