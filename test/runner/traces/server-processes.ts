/** Servers of others, which tests start on a free port of this machine, and which end with them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from 'vitest';

const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

export function start(program: string, args: readonly string[]): void {
  running.push(spawn(program, args, { stdio: 'ignore' }));
}

/** Waits for something of another process; where it never comes, the test ends by its time. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await wait(100);
}
