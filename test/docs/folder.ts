/** A folder such as a reader has who follows a page: its files, the scenarios, ldfi, and what works with it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  /** Both streams. */
  readonly output: string;
}

export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'ldfi-docs-'));
  private lastCode: number | null = 0;

  constructor() {
    mkdirSync(join(this.path, 'node_modules'));
    symlinkSync(root, join(this.path, 'node_modules', 'ldfi'));
    for (const name of ['vitest', 'fast-check'])
      symlinkSync(join(root, 'node_modules', name), join(this.path, 'node_modules', name));
    symlinkSync(join(root, 'scenarios'), join(this.path, 'scenarios'));
  }

  write(name: string, text: string): string {
    const path = join(this.path, name);
    writeFileSync(path, text);
    return path;
  }

  /** Runs a line of shell, in which `npx ldfi` is the program as built. */
  run(command: string): Ended {
    const program = join(root, 'dist', 'cli', 'main.js');
    const ldfi = `npx() { shift; '${process.execPath}' '${program}' "$@"; }`;
    const line = command.replaceAll('$?', String(this.lastCode));
    return this.spawn('sh', ['-c', `exec 2>&1\n${ldfi}\n${line}`]);
  }

  runModule(path: string): Ended {
    return this.spawn(process.execPath, [path]);
  }

  runTests(path: string): Ended {
    return this.spawn(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', path]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  private spawn(command: string, args: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.lastCode = status;
    return { code: status, output: (stdout + stderr).trimEnd() };
  }
}
