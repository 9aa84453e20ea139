/**
 * `npm run bench:peers`: the same protocols, decided by ldfi, by Spin and by clingo, with one model of faults. Exits 1 where
 * two of them differ.
 */
import { cpus } from 'node:os';
import { table } from '../figures.js';
import { writeToPage } from '../page.js';
import { NO_ANSWER, type Answer } from './answer.js';
import { searchByClingo, type ByClingo } from './clingo.js';
import { disagreements } from './agreement.js';
import { checkByLdfi, type ByLdfi } from './ldfi.js';
import { HELP, readPeerRequest, type PeerOptions } from './options.js';
import { isInstalled } from './processes.js';
import { peerRows, type PeerRow } from './rows.js';
import { searchBySpin, type BySpin } from './spin.js';

/** What was found of a row, and by whom. */
interface Found {
  readonly row: PeerRow;
  readonly handlers: ByLdfi;
  readonly spin: BySpin | undefined;
  readonly rules: ByLdfi | undefined;
  readonly clingo: ByClingo | undefined;
}

/** Who else is there. */
interface Peers {
  readonly spin: boolean;
  readonly clingo: boolean;
}

async function main(): Promise<void> {
  const request = readPeerRequest(process.argv.slice(2));
  if (request.kind === 'help') {
    if (request.problem !== undefined) fail([request.problem, '']);
    process.stdout.write(HELP);
    return;
  }
  const { options } = request;
  const peers = whoIsThere();
  const found: Found[] = [];
  for (const [number, row] of peerRows.entries()) {
    if (!options.only.test(row.name)) continue;
    found.push(await decide(number, row, peers, options));
    // A row may take minutes.
    if (process.stderr.isTTY) process.stderr.write(`${row.name}\n`);
  }
  const text = tableOf(found, peers) + noteOf(options);
  process.stdout.write(`${text}\n`);
  if (options.write) writeToPage('peers', text);
  const problems = found.flatMap(({ row, handlers, spin, rules, clingo }) =>
    disagreements(row, { handlers, spin, rules, clingo }),
  );
  if (problems.length > 0) fail(problems);
}

function whoIsThere(): Peers {
  const missing = (
    [
      ['spin', 'spin', 'Spin'],
      ['gcc', 'gcc', 'Spin'],
      ['clingo', 'gringo', 'clingo'],
    ] as const
  ).filter(([program]) => !isInstalled(program));
  for (const [program, debian, of] of missing)
    process.stderr.write(`${program} is not installed (Debian's package ${debian}): no columns of ${of}\n`);
  const is = (peer: string) => missing.every(([, , of]) => of !== peer);
  return { spin: is('Spin'), clingo: is('clingo') };
}

async function decide(number: number, row: PeerRow, peers: Peers, options: PeerOptions): Promise<Found> {
  const { runs, seconds } = options;
  const { rules, model } = row;
  return {
    row,
    handlers: checkByLdfi({ number, written: 'handlers' }, runs, seconds),
    spin: peers.spin ? searchBySpin(model, { seconds }) : undefined,
    rules: rules === undefined ? undefined : checkByLdfi({ number, written: 'rules' }, runs, seconds),
    clingo: peers.clingo && rules !== undefined ? searchByClingo(await rules.row(), seconds) : undefined,
  };
}

const numeric = (title: string) => ({ title, numeric: true });

function tableOf(found: readonly Found[], peers: Peers): string {
  const columns = [
    { title: 'row' },
    { title: 'verdict' },
    numeric('ldfi'),
    numeric('ldfi warm'),
    ...(peers.spin ? ['Spin', 'Spin whole', 'Spin fewest'].map(numeric) : []),
    numeric('rules'),
    numeric('rules warm'),
    ...(peers.clingo ? [numeric('clingo')] : []),
  ];
  return table(
    columns,
    found.map(({ row, handlers, spin, rules, clingo }) => [
      row.name,
      told({ verdict: row.expected, fewest: handlers.fewest ?? spin?.fewest }),
      ...ofLdfi(handlers),
      ...(peers.spin ? ofSpin(spin!) : []),
      ...(rules === undefined ? ['', ''] : ofLdfi(rules)),
      ...(peers.clingo ? [clingo === undefined ? '' : time(clingo, clingo.whole)] : []),
    ]),
  );
}

function ofLdfi(by: ByLdfi): readonly string[] {
  return [time(by, by.whole), time(by, by.warm)];
}

function ofSpin(by: BySpin): readonly string[] {
  const fewest =
    by.verdict === 'violated' ? time(by.fewest === undefined ? NO_ANSWER : by, by.searchFewest) : '';
  return [time(by, by.search), time(by, by.build + by.search), fewest];
}

/** Of who came to no verdict, what was spent on it. */
function time({ verdict }: Answer, seconds: number): string {
  return (verdict === undefined ? '> ' : '') + (seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(0));
}

function told({ verdict, fewest }: Answer): string {
  return verdict === 'violated' ? `violated by ${fewest ?? '?'}` : String(verdict);
}

function noteOf({ seconds }: PeerOptions): string {
  const [{ model }] = cpus();
  return (
    `\nSeconds of processor time; after \`>\` none was enough, of ${seconds} or of the memory. Measured on ` +
    `${cpus().length} x ${model.trim()}, Node ${process.version}.\n`
  );
}

function fail(problems: readonly string[]): void {
  process.stdout.write(problems.map((problem) => `${problem}\n`).join(''));
  process.exitCode = 1;
}

await main();
