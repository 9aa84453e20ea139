/** How long the built command line takes until it says something, and what of that is its own work. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { median, milliseconds, table } from '../figures.js';

const PROGRAM = 'dist/runner/main.js';

interface Command {
  readonly title: string;
  readonly args: readonly string[];
  /** Milliseconds. */
  readonly allowed?: number;
}

const COMMANDS: readonly Command[] = [
  { title: 'node, and nothing else', args: ['--eval', 'console.log()'] },
  {
    title: 'a scenario in Dedalus',
    args: [PROGRAM, 'check', 'scenarios/dedalus/simple-deliv.ded'],
    allowed: 150,
  },
  {
    title: 'a scenario in TypeScript, by handlers',
    args: [PROGRAM, 'check', 'scenarios/handlers/two-phase-commit.ts', '--grep', '^2pc$'],
  },
];

const COLUMNS = [
  { title: 'command' },
  { title: 'allowed ms', numeric: true },
  { title: 'least ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'CPU ms', numeric: true },
  { title: 'met' },
];

/** Until the first output, in milliseconds. */
interface Start {
  readonly elapsed: number;
  /** On all threads; undefined where the system does not tell. */
  readonly computed: number | undefined;
}

/** @throws Error where the program is not built */
export async function startupTable(runs: number): Promise<string> {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}: npm run build`);
  const lines: (readonly string[])[] = [];
  for (const command of COMMANDS) {
    const starts: Start[] = [];
    for (let run = 0; run <= runs; run++) starts.push(await start(command.args));
    lines.push(cells(command, starts.slice(1)));
  }
  return table(COLUMNS, lines);
}

function cells({ title, allowed }: Command, starts: readonly Start[]): readonly string[] {
  const elapsed = starts.map((each) => each.elapsed);
  const computed = starts.flatMap((each) => each.computed ?? []);
  const cpu = computed.length === 0 ? undefined : median(computed);
  const time = Math.min(median(elapsed), cpu ?? Infinity);
  return [
    title,
    String(allowed ?? ''),
    milliseconds(Math.min(...elapsed)),
    milliseconds(median(elapsed)),
    cpu === undefined ? '' : milliseconds(cpu),
    allowed === undefined ? '' : time <= allowed ? 'yes' : 'NO',
  ];
}

function start(args: readonly string[]): Promise<Start> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let first: Start | undefined;
    child.stdout.on('data', () => {
      first ??= { elapsed: performance.now() - began, computed: processorTimeOf(child.pid!) };
    });
    child.on('error', reject);
    child.on('close', () => {
      if (first === undefined) reject(new Error(`node ${args.join(' ')} says nothing`));
      else resolve(first);
    });
  });
}

/** As Linux keeps it for each thread, in nanoseconds; undefined elsewhere, or once the process is gone. */
function processorTimeOf(pid: number): number | undefined {
  const threads = `/proc/${pid}/task`;
  try {
    const times = readdirSync(threads).map((thread) =>
      Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return times.reduce((total, time) => total + time, 0) / 1e6;
  } catch {
    return undefined;
  }
}
