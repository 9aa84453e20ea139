/**
 * `npm run bench:compare -- <before> <after>`: two checkouts, each built, in one run and turn by turn, since times of
 * different moments cannot be compared on a machine that is shared. Exits 1 where they find different things, or the
 * second takes more than 1.1 times as long.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, milliseconds, table } from '../figures.js';
import { start } from '../start.js';
import type { Sample } from './worker.js';

/** What is still no slower. */
const LIMIT = 1.1;

/** Turns of each checkout, of which ratios are taken pair by pair. */
const TURNS = 9;

/** Of processes that are started. */
const STARTS = 30;
/** Of a violation it is told why. */
const STARTED = [
  ['a certificate', 'redun-deliv.ded', '6/3/0'],
  ['a violation', 'simple-deliv.ded', '4/2/0'],
] as const;

const COLUMNS = [
  { title: 'what' },
  { title: 'before ms', numeric: true },
  { title: 'after ms', numeric: true },
  { title: 'CPU before ms', numeric: true },
  { title: 'CPU after ms', numeric: true },
  { title: 'ratio', numeric: true },
  { title: 'CPU ratio', numeric: true },
  { title: `within ${LIMIT}` },
];

interface Pair {
  readonly before: Sample;
  readonly after: Sample;
}

/** A checkout in a process of its own, which answers one question at a time. */
class Checkout {
  private readonly process: ChildProcess;
  private readonly ended: Promise<never>;

  constructor(folder: string) {
    this.process = fork(fileURLToPath(new URL('worker.js', import.meta.url)), [folder]);
    this.ended = once(this.process, 'exit').then(() => {
      throw new Error(`what runs ${folder} has ended`);
    });
  }

  /** What there is to be timed. */
  works(): Promise<readonly string[]> {
    return this.answer();
  }

  pass(work: string): Promise<Sample> {
    this.process.send(work);
    return this.answer();
  }

  close(): void {
    this.ended.catch(() => undefined);
    this.process.disconnect();
  }

  private async answer<Answer>(): Promise<Answer> {
    const [answer] = (await Promise.race([once(this.process, 'message'), this.ended])) as [Answer];
    return answer;
  }
}

async function compare(before: Checkout, after: Checkout, work: string): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn <= TURNS; turn++) {
    const pair = { before: await before.pass(work), after: await after.pass(work) };
    // The first compiles.
    if (turn > 0) pairs.push(pair);
  }
  return pairs;
}

/** The built command lines of two checkouts, each time as a process of its own. */
async function compareStarts(
  folders: readonly [before: string, after: string],
  file: string,
  text: string,
): Promise<readonly Pair[]> {
  const [eot, eff, crashes] = text.split('/');
  const bounds = ['--eot', eot, '--eff', eff, '--crashes', crashes];
  const [before, after] = folders.map((folder) => [
    join(folder, programOf(folder)),
    'check',
    join(folder, 'scenarios/dedalus', file),
    ...bounds,
  ]);
  const pairs: Pair[] = [];
  for (let turn = 0; turn <= STARTS; turn++) {
    const pair = { before: await startSample(before), after: await startSample(after) };
    // The first finds the files in no cache.
    if (turn > 0) pairs.push(pair);
  }
  return pairs;
}

/** What it says is no part of what is compared. */
async function startSample(args: readonly string[]): Promise<Sample> {
  const { elapsed, computed = elapsed } = await start(args);
  return { wall: elapsed, computed, found: [] };
}

function programOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly bin: { readonly ldfi: string };
  };
  return manifest.bin.ldfi;
}

function cells(
  work: string,
  pairs: readonly Pair[],
): { readonly row: readonly string[]; readonly holds: boolean } {
  const of = (figure: 'wall' | 'computed') => ({
    before: median(pairs.map((pair) => pair.before[figure])),
    after: median(pairs.map((pair) => pair.after[figure])),
    ratio: median(pairs.map((pair) => pair.after[figure] / pair.before[figure])),
  });
  const [wall, computed] = [of('wall'), of('computed')];
  const alike = pairs.every(({ before, after }) => before.found.join('\n') === after.found.join('\n'));
  // What other processes take from one it does not compute itself.
  const holds = alike && Math.min(wall.ratio, computed.ratio) <= LIMIT;
  const times = [wall.before, wall.after, computed.before, computed.after].map(milliseconds);
  const ratios = [wall.ratio, computed.ratio].map((ratio) => ratio.toFixed(2));
  return { row: [work, ...times, ...ratios, alike ? (holds ? 'yes' : 'NO') : 'FOUND OTHERWISE'], holds };
}

const [first, second] = process.argv.slice(2);
if (second === undefined) {
  process.stderr.write('npm run bench:compare -- <before> <after>: two checkouts, each built by `npm ci`\n');
  process.exitCode = 2;
} else {
  const [before, after] = [new Checkout(first), new Checkout(second)];
  const [works] = await Promise.all([before.works(), after.works()]);
  const rows: (readonly string[])[] = [];
  const add = (work: string, pairs: readonly Pair[]) => {
    const { row, holds } = cells(work, pairs);
    rows.push(row);
    if (!holds) process.exitCode = 1;
  };
  for (const [what, file, text] of STARTED)
    add(`from the command to ${what}`, await compareStarts([first, second], file, text));
  for (const work of works) add(work, await compare(before, after, work));
  process.stdout.write(table(COLUMNS, rows));
  before.close();
  after.close();
}
