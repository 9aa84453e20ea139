/**
 * The processes of a campaign, each the head of a group of its own, so that what it starts ends with it. A guardian,
 * which is a process as well, knows of all groups and ends them when its standard input does: at the end of the
 * campaign, and whatever else becomes of ldfi, be it killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Reads ids of groups, and commands; ends the groups, and then runs the commands, when there is no more to read. */
const GUARDIAN = `
const { spawnSync } = require('node:child_process');
let lines = '';
process.stdin.on('data', (chunk) => { lines += chunk; });
process.stdin.on('close', () => {
  const told = lines.split('\\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  for (const id of told.filter((each) => typeof each === 'number'))
    try { process.kill(-id, 'SIGKILL'); } catch {}
  for (const [program, ...words] of told.filter(Array.isArray)) spawnSync(program, words, { stdio: 'ignore' });
});`;

/** How much of what a process writes is kept, in characters. */
const KEPT = 4_000;

export interface StartedProcess {
  readonly hasEnded: boolean;
  /** Fulfilled when it has, with its exit code; undefined where it has none. */
  readonly end: Promise<number | undefined>;
  /** The end of what it has written. */
  readonly written: string;
}

export class ProcessGroups {
  private readonly guardian: ChildProcess;
  private readonly children: ChildProcess[] = [];

  constructor() {
    this.guardian = spawn(process.execPath, ['-e', GUARDIAN], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.guardian.unref();
  }

  start(
    command: readonly string[],
    options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ): StartedProcess {
    const [program, ...words] = command;
    const child = spawn(program, words, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.children.push(child);
    if (child.pid !== undefined) this.guardian.stdin!.write(`${child.pid}\n`);
    let ended: (code: number | undefined) => void;
    const end = new Promise<number | undefined>((resolve) => (ended = resolve));
    const started = { hasEnded: false, written: '', end };
    const keep = (chunk: unknown): void => {
      started.written = (started.written + String(chunk)).slice(-KEPT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      keep(error.message);
      started.hasEnded = true;
      ended(undefined);
    });
    child.once('close', (code) => {
      ended(code ?? undefined);
    });
    child.once('exit', () => {
      started.hasEnded = true;
    });
    return started;
  }

  /** Has a command run at the end, once all processes have ended. */
  endWith(command: readonly string[]): void {
    this.guardian.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** Ends all of them. */
  async end(): Promise<void> {
    const running = this.children.filter(
      ({ exitCode, signalCode, pid }) => exitCode === null && signalCode === null && pid !== undefined,
    );
    const ended = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    this.guardian.ref();
    const isDone = this.guardian.exitCode === null ? once(this.guardian, 'exit') : undefined;
    this.guardian.stdin!.end();
    await Promise.all([...ended, isDone]);
  }
}
