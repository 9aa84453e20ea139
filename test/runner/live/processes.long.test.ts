import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProcessGroups } from '../../../src/runner/live/processes.js';

const folder = mkdtempSync(join(tmpdir(), 'ldfi-processes-'));
const PROCESSES = fileURLToPath(new URL('../../../src/runner/live/processes.ts', import.meta.url));

/** Starts another process, says which, and stays. */
const PARENT = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
require('node:fs').writeFileSync(process.argv[1], process.pid + ' ' + child.pid);
setInterval(() => 0, 1000);`;

beforeAll(async () => {
  await build({
    entryPoints: [PROCESSES],
    outfile: join(folder, 'processes.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  writeFileSync(
    join(folder, 'campaign.mjs'),
    `import { readFileSync } from 'node:fs';
    import { ProcessGroups } from './processes.mjs';
    const file = process.argv[2];
    new ProcessGroups().start([process.execPath, '-e', ${JSON.stringify(PARENT)}, file], { cwd: '.', env: process.env });
    setInterval(() => { try { console.log(readFileSync(file, 'utf8')); } catch {} }, 50);`,
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'all that a campaign started ends with it, by %s',
  async (signal) => {
    const campaign = spawn(process.execPath, [join(folder, 'campaign.mjs'), join(folder, signal)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids = await firstLine(campaign.stdout);
    expect(pids).toHaveLength(2);
    campaign.kill(signal);
    await once(campaign, 'exit');
    for (const pid of pids) await gone(pid);
  },
);

test('what ends by itself is known to have ended, with what it wrote', async () => {
  const groups = new ProcessGroups();
  const started = groups.start([process.execPath, '-e', 'console.error("no port")'], {
    cwd: folder,
    env: process.env,
  });
  while (!started.hasEnded) await new Promise((resolve) => setTimeout(resolve, 20));
  await groups.end();
  expect(started.written).toContain('no port');
});

/** Waits until there is no such process, and writes that it was run. */
const LAST = `
const [file, pid] = process.argv.slice(1);
const wait = () => { try { if (pid) process.kill(Number(pid), 0); else throw 0; setTimeout(wait, 20); } catch {
  require('node:fs').writeFileSync(file, 'run');
} };
wait();`;

test('what is to be run at the end is, once all processes have ended', async () => {
  const groups = new ProcessGroups();
  const child = join(folder, 'child');
  const told = join(folder, 'told');
  groups.start([process.execPath, '-e', PARENT, child], { cwd: folder, env: process.env });
  await written(child);
  const [pid] = readFileSync(child, 'utf8').split(' ');
  groups.endWith([process.execPath, '-e', LAST, told, pid]);
  await groups.end();
  expect(readFileSync(told, 'utf8')).toBe('run');
});

test('what is to be run at the end is where the campaign is killed', async () => {
  const told = join(folder, 'told by another');
  writeFileSync(
    join(folder, 'ending.mjs'),
    `import { ProcessGroups } from './processes.mjs';
    new ProcessGroups().endWith([process.execPath, '-e', ${JSON.stringify(LAST)}, ${JSON.stringify(told)}]);
    setInterval(() => console.log('1 1'), 50);`,
  );
  const campaign = spawn(process.execPath, [join(folder, 'ending.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await firstLine(campaign.stdout);
  campaign.kill('SIGKILL');
  await once(campaign, 'exit');
  await written(told);
});

test('a program that there is not is told of', async () => {
  const groups = new ProcessGroups();
  const started = groups.start([join(folder, 'missing')], { cwd: folder, env: process.env });
  while (!started.hasEnded) await new Promise((resolve) => setTimeout(resolve, 20));
  await groups.end();
  expect(started.written).toContain('ENOENT');
});

/** Fulfilled when there is something in a file. */
async function written(file: string): Promise<void> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '')
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<readonly number[]> {
  for await (const line of createInterface(stream))
    if (/^\d+ \d+$/.test(line)) return line.split(' ').map(Number);
  return [];
}

/** Fulfilled when there is no such process; nobody else's are asked. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
