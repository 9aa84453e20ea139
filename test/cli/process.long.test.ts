/** The built program as a user runs it. `npm test` builds it first. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ONE, TWO } from './folders.js';
import { HELLO, IDLE, PERSISTENT, type Told } from './harness.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ldfi-'));

beforeAll(() => {
  expect(existsSync(main), 'the program is not built: run `npm run build`').toBe(true);
  writeFileSync(join(folder, 'hello.ded'), HELLO);
  writeFileSync(join(folder, 'persistent.ded'), PERSISTENT);
  writeFileSync(join(folder, 'idle.ded'), IDLE);
  writeFileSync(join(folder, 'empty.ded'), '');
  writeFileSync(join(folder, 'binary.ded'), Uint8Array.from([0x70, 0, 0xff, 0xfe]));
  writeFileSync(join(folder, 'including.ded'), 'include "hello.ded";\n');
  writeFileSync(join(folder, 'cycle.ded'), 'include "cycle.ded";\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Process = ReturnType<typeof start>;

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const inherited = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };
  return spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: Process): Promise<Told & { readonly signal: string | null }> {
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code: code ?? -1, signal, out, err });
    });
  });
}

async function run(line: string, env: NodeJS.ProcessEnv = {}) {
  return ended(start(line.split(' '), env));
}

/** Work that goes on for as long as anyone waits, after a check that is done at once. */
const LONG = '--strategy exhaustive --max-runs 1000000000 --eot 19 --eff 18 --crashes 0';

/** Files whose imports of ldfi lead nowhere but to the program that runs. */
const modules: Readonly<Record<string, string>> = {
  'one.ts': ONE,
  'two.ts': TWO,
  'subpaths.ts': `import { faultSets } from 'ldfi/fast-check';\nimport type {} from 'ldfi/vitest';\n${ONE}console.error(typeof faultSets);\n`,
  'same.ts': `import * as ldfi from 'ldfi';\nimport again from './again.mjs';\n${ONE}console.error(again === ldfi.check);\n`,
  'again.mjs': `import { check } from 'ldfi';\nexport default check;\n`,
  'endless.ts': 'await new Promise(() => {});\nexport {};\n',
  'running.ts': `${ONE}setInterval(() => undefined, 1000);\n`,
  'namespace.ts': `namespace N { export const a = 1; }\n${ONE}`,
  'ending.ts': 'await new Promise((resolve) => setTimeout(resolve, 20));\n' + ONE,
};

describe('scenarios in modules', () => {
  beforeAll(() => {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
  });

  it.each([
    ['check one.ts', 1],
    ['check two.ts -g again', 0],
    ['check ending.ts', 1],
    ['check endless.ts', 2],
    ['check running.ts', 1],
    ['check two.ts --as-expected', 0],
    ['replay two.ts', 0],
    ['print one.ts', 2],
  ])('make ldfi %s exit %i, in a folder without ldfi', async (line, code) => {
    const result = await run(line);
    expect(result.code, result.err).toBe(code);
    expect(result.err).not.toMatch(/^ {4}at /m);
  });

  it('import the program that runs, and not another copy of it', async () => {
    expect((await run('check same.ts -q')).err).toBe('printed by same.ts: true\n');
    expect((await run('check subpaths.ts -q')).err).toBe('printed by subpaths.ts: function\n');
  });

  it.each([
    ['one.ts', false],
    ['namespace.ts', true],
  ])('load Babel where they need it alone: %s', async (name, needed) => {
    const hook = join(folder, 'loads.cjs');
    const loaded = join(folder, 'loads.txt');
    writeFileSync(
      hook,
      `const { appendFileSync } = require('node:fs');
       const Module = require('node:module');
       const load = Module._load;
       Module._load = (name, ...rest) => {
         appendFileSync(${JSON.stringify(loaded)}, name + '\\n');
         return load(name, ...rest);
       };`,
    );
    await run(`check ${name}`, { NODE_OPTIONS: `--require=${hook}` });
    const names = readFileSync(loaded, 'utf8');
    for (const file of [hook, loaded]) rmSync(file);
    expect(names).toContain('jiti');
    expect(names.includes('babel.cjs')).toBe(needed);
  });

  it('say so when they wait for what never happens', async () => {
    expect((await run('check endless.ts')).err).toContain('it waits for something that never happens');
  });

  it('leave nothing behind', async () => {
    const before = readdirSync(folder).sort();
    await run('check one.ts two.ts');
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});

describe('the process', () => {
  it.each([
    ['check persistent.ded', 0],
    ['check hello.ded', 1],
    ['check idle.ded', 3],
    ['check persistent.ded --strategy exhaustive --max-runs 2', 3],
    ['check nope.ded', 2],
    ['check empty.ded', 2],
    ['check binary.ded', 2],
    ['check cycle.ded', 2],
    ['check .', 1],
    ['check hello.ded --eff 3', 2],
    ['check', 2],
    ['frobnicate', 2],
    ['check idle.ded persistent.ded', 3],
    ['check idle.ded hello.ded', 1],
    ['check hello.ded nope.ded', 2],
    ['replay hello.ded', 0],
    ['replay hello.ded --inject drop/a->b@1', 1],
    ['replay nope.ded', 2],
    ['explain hello.ded why', 0],
    ['explain hello.ded why-not', 2],
    ['tolerance hello.ded', 0],
    ['tolerance nope.ded', 2],
    ['protect hello.ded', 0],
    ['repair hello.ded', 0],
    ['test-from hello.ded --inject drop/a->b@1', 0],
    ['test-from nope.json', 2],
    ['show nope.json', 2],
    ['trace nope.json', 2],
    ['codes DED204', 0],
    ['codes NOPE', 2],
    ['schema list', 0],
    ['completion fish', 0],
    ['print including.ded', 0],
    ['--help', 0],
  ])('of ldfi %s exits %i', async (line, code) => {
    const result = await ended(start(line.split(' ').map((word) => word.replace('/', ' '))));
    expect(result.code).toBe(code);
    expect(result.err).not.toMatch(/^ {4}at /m);
    // Results are on standard output, what is wrong is on standard error, and so is what modules print.
    if (code === 2) expect(result.err).not.toBe('');
    else expect([result.out === '', result.err.replace(/^printed by .*\n/gm, '')]).toEqual([false, '']);
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      readonly version: string;
    };
    expect((await run('--version')).out).toBe(`${version}\n`);
  });

  it('has colours where they are forced, unless they are refused', async () => {
    const escape = '\u001b[';
    expect((await run('check hello.ded')).out).not.toContain(escape);
    expect((await run('check hello.ded', { FORCE_COLOR: '1' })).out).toContain(escape);
    expect((await run('check hello.ded', { FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain(escape);
    expect((await run('check hello.ded --no-color', { FORCE_COLOR: '1' })).out).not.toContain(escape);
  });

  it('says nothing on standard error where that is no terminal', async () => {
    expect((await run('check persistent.ded --strategy exhaustive --timeout 1s --eot 9 --eff 8')).err).toBe(
      '',
    );
  });

  it('prints what is known when interrupted in the middle of a computation', async () => {
    const child = start(`check hello.ded persistent.ded ${LONG}`.split(' '));
    child.stdout.once('data', () => void setTimeout(500).then(() => child.kill('SIGINT')));
    const { code, out, err } = await ended(child);
    expect(code).toBe(130);
    expect(out).toContain('VIOLATED  hello.ded');
    expect(out).toContain('INCONCLUSIVE  persistent.ded');
    expect(out).toContain('interrupted: this is what was known so far');
    expect(err).toBe('');
  });

  it('does not mind a reader that goes away', async () => {
    const child = start(['check', 'hello.ded', '--all', '-v']);
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  it('ends when its time is over', async () => {
    const { code, out } = await run(`check persistent.ded ${LONG} --timeout 1s`);
    expect(code).toBe(3);
    expect(out).toContain('No verdict: ');
  });
});

describe('threads that share the runs of one scenario', () => {
  const started = join(folder, 'started.txt');
  /** Loaded by each thread before anything else. */
  const hook = join(folder, 'hook.mjs');
  const hooked = { NODE_OPTIONS: `--import=${hook}` };

  beforeAll(() => {
    writeFileSync(
      hook,
      `import { appendFileSync } from 'node:fs';
       import { workerData } from 'node:worker_threads';
       if (workerData?.kind === 'rules') appendFileSync(${JSON.stringify(started)}, '1');`,
    );
  });

  beforeEach(() => {
    writeFileSync(started, '');
  });

  /** How many there were. */
  const count = () => readFileSync(started, 'utf8').length;

  it.each(['exhaustive', 'random'])('change nothing of what is told, by %s', async (strategy) => {
    const line = `check persistent.ded --strategy ${strategy} --eot 11 --eff 10 --max-runs 2000 --json`;
    const alone = await run(`${line} --jobs 1`, hooked);
    expect(count()).toBe(0);
    const together = await run(`${line} --jobs 3`, hooked);
    expect(count(), together.err).toBe(2);
    const timeless = ({ out, ...rest }: Told) => ({
      ...rest,
      out: out.replace(/"(elapsed|processor)": *[\d.e-]+/g, ''),
    });
    expect(timeless(together)).toEqual(timeless(alone));
    expect(together.code).toBe(3);
  });

  it('end when they are interrupted', async () => {
    const child = start(`check persistent.ded ${LONG} --jobs 2`.split(' '), hooked);
    const ending = ended(child);
    while (count() === 0 && child.exitCode === null) await setTimeout(20);
    child.kill('SIGINT');
    const { code, out, err } = await ending;
    expect(code).toBe(130);
    expect(out).toContain('interrupted: this is what was known so far');
    expect(err).toBe('');
  });

  it('end when their time is over', async () => {
    const { code, out } = await run(`check persistent.ded ${LONG} --jobs 2 --timeout 1s`);
    expect(code).toBe(3);
    expect(out).toContain('the time budget ended (phase: search)');
  });
});
