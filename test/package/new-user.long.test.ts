/** What a new user does, from an empty folder to a scenario that is checked by the command line and under vitest. */
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKING } from './pack.js';
import { Registry } from './registry.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the user has installed beside ldfi. */
const BESIDE = ['vitest', 'fast-check', 'typescript', '@types/node'];

interface Ended {
  readonly code: number;
  readonly output: string;
}

describe('a new user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-new-user-'));
  const project = join(folder, 'project');
  let registry: Registry;

  async function run(command: string, ...args: readonly string[]): Promise<Ended> {
    // This run of vitest is none of the user's business.
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|NODE_ENV|npm_|FORCE_COLOR|CI$)/.test(name),
    );
    const env = { ...Object.fromEntries(kept), NO_COLOR: '1', npm_config_registry: registry.url };
    return new Promise((resolve) => {
      execFile(command, args, { cwd: project, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });
  }

  // What is linked has no commands in `node_modules/.bin`.
  const tsc = (...args: readonly string[]) =>
    run(process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit', ...args);
  const vitest = (...args: readonly string[]) =>
    run(process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...args);

  function write(name: string, text: string): void {
    writeFileSync(join(project, name), text);
  }

  beforeAll(async () => {
    mkdirSync(project);
    const packed = join(folder, 'packed');
    mkdirSync(packed);
    registry = await Registry.open(root, packed);
  }, PACKING);

  afterAll(() => {
    registry.close();
    rmSync(folder, { recursive: true });
  });

  it('installs it', async () => {
    write('package.json', '{ "name": "project", "private": true, "type": "module" }\n');
    const { code, output } = await run(
      'npm',
      'install',
      '--save-dev',
      '--no-audit',
      '--no-fund',
      '--cache',
      join(folder, 'cache'),
      'ldfi',
    );
    expect(code, output).toBe(0);
    for (const name of BESIDE) {
      const link = join(project, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
  });

  it('begins with a scenario that is violated, and its repair', async () => {
    const { code, output } = await run('npx', 'ldfi', 'init');
    expect(code, output).toBe(0);
    expect(readdirSync(join(project, 'scenarios'))).toEqual(['first.ts']);
    const check = await run('npx', 'ldfi', 'check', 'scenarios/first.ts');
    expect(check.code, check.output).toBe(1);
    expect(check.output).toMatch(/^VIOLATED .*first/m);
    expect(check.output).toMatch(/^CERTIFIED .*first-repaired/m);
  });

  it('replays the counterexample by the command that the report gives', async () => {
    const { output } = await run('npx', 'ldfi', 'check', 'scenarios/first.ts');
    const command = /^ {2}npx ldfi replay(?:.*\\\n)*.*$/m.exec(output)?.[0] ?? 'no command';
    const replay = await run('sh', '-c', command);
    expect(replay.code, replay.output).toBe(1);
  });

  it('repairs it, and has that certified', async () => {
    const first = readFileSync(join(project, 'scenarios', 'first.ts'), 'utf8');
    write('scenarios/mine.ts', first.replace('"violated", false', '"violated", true'));
    const { code, output } = await run('npx', 'ldfi', 'check', 'scenarios/mine.ts');
    expect(code, output).toBe(0);
    rmSync(join(project, 'scenarios', 'mine.ts'));
  });

  it('has types for all that was written', async () => {
    const { code, output } = await tsc('--noEmit', '-p', '.');
    expect(code, output).toBe(0);
  });

  it('tests the scenarios under vitest', async () => {
    write(
      'scenarios/first.test.ts',
      `import { expect, it } from 'vitest';
       import 'ldfi/vitest';
       import { broken, repaired } from './first.js';

       it('is repaired', async ({ signal }) => {
         await expect(repaired).toTolerateFaults({ eot: 8, eff: 4, crashes: 1, signal });
       });

       it('is broken', async () => {
         await expect(broken).not.toTolerateFaults();
       });

       it('is thought to be right', async () => {
         await expect(broken).toTolerateFaults();
       });
      `,
    );
    const { code, output } = await vitest('--reporter=verbose');
    expect(code, output).toBe(1);
    expect(output).toContain('1 failed | 2 passed');
    expect(output).toMatch(/first does not tolerate all faults within the bounds\n\n *VIOLATED {2}first/);
    const types = await tsc('-p', '.');
    expect(types.code, types.output).toBe(0);
  });

  it('writes properties of its own over replays', async () => {
    write(
      'scenarios/properties.test.ts',
      `import fc from 'fast-check';
       import { expect, it } from 'vitest';
       import { executions } from 'ldfi/fast-check';
       import { repaired } from './first.js';

       it('sends little', () => {
         fc.assert(fc.property(executions(repaired), ({ messages }) => { expect(messages.length).toBeLessThan(30); }));
       });
      `,
    );
    // However busy the machine is.
    const { code, output } = await vitest('properties', '--testTimeout=900000');
    expect(code, output).toBe(0);
  });
});
