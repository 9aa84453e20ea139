/** Servers of others, which tests start on a free port of this machine, and which end with them. */
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { atEnd } from '../../at-end.js';

export function start(program: string, args: readonly string[]): void {
  const child = spawn(program, args, { stdio: 'ignore' });
  atEnd(() => child.kill('SIGKILL'));
}

/** Waits for something of another process; where it never comes, the test ends by its time. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await wait(100);
}
