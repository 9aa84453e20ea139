import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { greeting, IMPORTS } from './folders.js';
import { newFolder } from '../folders.js';
import { ldfi } from './harness.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const DEDALUS = `// ldfi: nodes a, b
// ldfi: bounds 6/4/1
include "facts.ded";
told(B, A)@async :- tells(A, B);
kept(B, A) :- told(B, A);
kept(B, A)@next :- kept(B, A);
pre(A) :- tells(A, _)@1;
post(A) :- kept(_, A);
`;

const FILES = {
  'one.ts': `${IMPORTS}export default ${greeting({ name: "one's own" })};\n`,
  'several.mts': `${IMPORTS}export const test = ${greeting({ name: 'a test' })};

export const all = [${greeting({ name: 'first' })}, ${greeting({ name: 'second' })}];
`,
  'facts.ded': 'tells("a", "b")@1;\n',
  'telling.ded': DEDALUS,
};

const GREETING = '--inject drop_a->b@1';

/** Words with `_` for the blanks within them. */
async function testFrom(line: string, folder: string) {
  const words = line.split(' ').map((word) => word.replaceAll('_', ' '));
  return ldfi(['test-from', ...words], { folder });
}

function written(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.includes('.test.'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('ldfi test-from', () => {
  it.each([
    ['a module by default', `one.ts ${GREETING}`],
    ['a list', `several.mts -g second ${GREETING} --runner node`],
    ['a name that the test has', `several.mts -g test ${GREETING}`],
    ['Dedalus', 'telling.ded --inject drop_a->b@1;_crash_b@3'],
    ['Dedalus on other nodes', 'telling.ded --nodes a,b,c --eff 3 --inject drop_a->b@1 --runner node'],
    ['no faults', 'one.ts --eff 1 --inject ; --runner node'],
  ])('writes a readable test of %s', async (name, line) => {
    const folder = newFolder(FILES);
    const { out, err, code } = await testFrom(line, folder);
    expect([err, code]).toEqual(['', 0]);
    const [[file, text], ...others] = Object.entries(written(folder));
    expect(others).toEqual([]);
    await expectGolden(`${out}\n${file}\n\n${text}`, `cli/test from ${name}`);
  });

  it('writes the faults of a saved counterexample, where they are now', async () => {
    const folder = newFolder(FILES);
    await ldfi(['check', 'telling.ded', '--save', '--crashes', '0'], { folder });
    const [saved] = readdirSync(join(folder, 'ldfi-regressions'));
    writeFileSync(join(folder, 'facts.ded'), 'tells("a", "b")@2;\n');
    const { code } = await testFrom(`ldfi-regressions/${saved}`, folder);
    expect(code).toBe(0);
    const [[file, text]] = Object.entries(written(folder));
    expect(file).toBe(saved.replace('.json', '.test.ts'));
    expect(text).toContain("const faults = 'drop a->b@2';");
    writeFileSync(join(folder, 'facts.ded'), 'tells("a", "a")@1;\n');
    const gone = await testFrom(`ldfi-regressions/${saved} -o other.test.ts`, folder);
    expect(gone.code).toBe(2);
    expect(gone.err).toContain('RUN143');
    expect(gone.err).toContain('nothing is the first told a->b any more');
  });

  it('overwrites nothing', async () => {
    const folder = newFolder({ ...FILES, 'one.test.ts': 'mine' });
    const { err, code } = await testFrom(`one.ts ${GREETING}`, folder);
    expect(code).toBe(2);
    expect(err).toContain('RUN144');
    expect(written(folder)).toEqual({ 'one.test.ts': 'mine' });
    expect((await testFrom(`one.ts ${GREETING} -o new/one.test.ts`, folder)).code).toBe(0);
    expect(readFileSync(join(folder, 'new/one.test.ts'), 'utf8')).toContain("from '../one.js';");
  });

  it.each([
    ['one.ts', 'the faults have to be said'],
    ['x.json --inject drop_a->b@1', 'has its own faults'],
    ['x.json --eot 3', 'has its own bounds'],
    ['x.json', 'is no saved counterexample'],
    [`several.mts ${GREETING}`, 'several scenarios are meant: a test, first, second'],
    ['one.ts --inject drop_a->z@1', 'there is no node "z"'],
    [`one.ts ${GREETING} --runner jest`, '--runner cannot be `jest`'],
    [`one.ts --nodes a,b,c ${GREETING}`, 'a test has the nodes of its scenario'],
  ])('refuses %s', async (line, message) => {
    const { err, code } = await testFrom(line, newFolder(FILES));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('of node:test fails as written, by the report, until the bug is mended', async () => {
    const folder = newFolder(FILES);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/ldfi'));
    await testFrom('telling.ded --crashes 0 --inject drop_a->b@1 --runner node', folder);
    const run = () =>
      spawnSync(process.execPath, ['--test', 'telling.test.mjs'], { cwd: folder, encoding: 'utf8' });
    const failed = run();
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('everything a sends to b at time 1 is lost');
    expect(failed.stdout).toMatch(/^# fail 2$/m);
    writeFileSync(
      join(folder, 'telling.ded'),
      DEDALUS.replace('told(B', 'tells(A, B)@next :- tells(A, B);\ntold(B'),
    );
    expect(run().stdout).toMatch(/^# pass 2$/m);
  });
});
