/**
 * The processes of a campaign, each the head of a group of its own, so that what it starts ends with it. A guardian,
 * which is a process as well, knows of all groups and ends them when its standard input does: at the end of the
 * campaign, and whatever else becomes of ldfi, be it killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';

/** Reads ids of groups, and ends them all when there is no more to read. */
const GUARDIAN = `
let ids = '';
process.stdin.on('data', (chunk) => { ids += chunk; });
process.stdin.on('close', () => {
  for (const id of ids.split('\\n')) {
    if (id === '') continue;
    try { process.kill(-Number(id), 'SIGKILL'); } catch {}
  }
});`;

/** How much of what a process writes is kept, in characters. */
const KEPT = 4_000;

export interface StartedProcess {
  readonly hasEnded: boolean;
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
    const started = { hasEnded: false, written: '' };
    const keep = (chunk: unknown): void => {
      started.written = (started.written + String(chunk)).slice(-KEPT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      keep(error.message);
      started.hasEnded = true;
    });
    child.once('exit', () => {
      started.hasEnded = true;
    });
    return started;
  }

  /** Ends all of them. */
  async end(): Promise<void> {
    const running = this.children.filter(
      ({ exitCode, signalCode, pid }) => exitCode === null && signalCode === null && pid !== undefined,
    );
    const ended = running.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    this.guardian.stdin!.end();
    await Promise.all(ended);
  }
}
