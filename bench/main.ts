/** The bench: `npm run bench -- --help`. Exits 1 where a verdict is wrong, a count has risen, or words make no sense. */
import { cpus } from 'node:os';
import { risenCounts, updateCounts } from './counts.js';
import { HELP, readRequest, type Options, type Part } from './options.js';
import { alternatingTable } from './parts/alternating.js';
import { baselinesTable } from './parts/baselines.js';
import { scalingTable } from './parts/scaling.js';
import { verdictTable, type VerdictTable } from './parts/table.js';
import { measureTarget, targets, targetsTable } from './parts/targets.js';
import { allRows, publishedRows, type Row } from './rows.js';

const TITLES: Readonly<Record<Part, string>> = {
  table: 'Verdict table, by compiled',
  alternating: 'The same rows, by alternating',
  baselines: 'Random and exhaustive fault injection',
  targets: 'Speed targets',
  scaling: 'Scaling, by compiled',
};

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
    print(JSON.stringify(await measureTarget(options.measure, options.runs)));
  } else if (options.counts === 'none') await measure(options);
  else await count(options.counts);
}

async function measure(options: Options): Promise<void> {
  const everything = allRows();
  const rows = (options.all ? everything : publishedRows(everything)).filter(({ name }) =>
    options.only.test(name),
  );
  if (rows.length === 0) print(`No row of the table matches ${options.only}.\n`);
  let compiled: VerdictTable = { text: '', results: new Map(), wrong: [] };
  for (const part of options.parts) {
    // Before anything is printed, so that the first pass starts as early in the process as it can.
    if (part === 'table' && rows.length > 0) compiled = await verdictTable(rows, options.runs);
    print(`\n## ${TITLES[part]}\n\n${await textOf(part, rows, options, compiled)}`);
  }
  const [processor] = cpus();
  print(`\nMeasured on ${cpus().length} x ${processor.model.trim()}, Node ${process.version}.\n`);
  if (compiled.wrong.length > 0) fail(compiled.wrong.map((name) => `${name}: wrong verdict`));
}

function textOf(
  part: Part,
  rows: readonly Row[],
  options: Options,
  compiled: VerdictTable,
): string | Promise<string> {
  switch (part) {
    case 'table':
      return compiled.text;
    case 'alternating':
      return alternatingTable(rows, compiled.results, options.budget);
    case 'baselines':
      return baselinesTable(rows, options.budget);
    case 'targets':
      return targetsTable(options.runs, options.only);
    case 'scaling':
      return scalingTable(options.budget, options.only);
  }
}

async function count(task: 'update' | 'check'): Promise<void> {
  const rows = [...allRows(), ...targets.map((target) => target.row())];
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
