/** The built program in folders of a test's own. `npm test` builds it first. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/cli.js';
import { Threads } from '../../src/cli/threads.js';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  /** Of a process that a signal ended, what a shell reports: 128 and the signal's number. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How the program is started. */
export interface Start {
  readonly folder: string;
  /** Options of Node. */
  readonly node?: readonly string[];
  /** A line of shell to run it by, in which `"$@"` is the program with its arguments. */
  readonly shell?: string;
  /** Default `ignore`. */
  readonly stdin?: 'pipe';
}

const SIGNALS: ReadonlyMap<string, number> = new Map([
  ['SIGINT', 2],
  ['SIGABRT', 6],
  ['SIGKILL', 9],
  ['SIGTERM', 15],
]);

/** Milliseconds after which a process counts as hanging. */
const HANGING = 600_000;

export function start(args: readonly string[], { folder, node = [], shell, stdin }: Start): ChildProcess {
  const command = [process.execPath, ...node, MAIN, ...args];
  const [program, ...rest] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawn(program, rest, { cwd: folder, env, stdio: [stdin ?? 'ignore', 'pipe', 'pipe'] });
}

/** @throws Error when the process does not end */
export async function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr!.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve, reject) => {
    const hanging = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`it hangs, having told:\n${out}${err}`));
    }, HANGING);
    child.on('close', (code, signal) => {
      clearTimeout(hanging);
      resolve({ code: code ?? 128 + (SIGNALS.get(signal ?? '') ?? 0), out, err });
    });
  });
}

export async function run(args: readonly string[], options: Start): Promise<Ended> {
  return ended(start(args, options));
}

/**
 * Supervised here, by the built program's threads.
 *
 * @param leastStep milliseconds that a step may take at least
 */
export async function superviseHere(args: readonly string[], leastStep: number): Promise<Ended> {
  const threads = new Threads(new URL('../../dist/cli/thread.js', import.meta.url), undefined);
  let out = '';
  let err = '';
  const screen = { isTerminal: false, columns: 80, colourLevel: 0 } as const;
  const never = new Promise<never>(() => undefined);
  const code = await runCli(args, '1.2.3', {
    out: { ...screen, write: (text) => (out += text) },
    err: { ...screen, write: (text) => (err += text) },
    start: threads.start,
    settle: threads.settle,
    interruption: never,
    impatience: never,
    environment: {},
    leastStep,
  });
  return { code, out, err };
}

/** All files below a folder, relative to it. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
