/** `ldfi init`: in an empty folder, in a project, and again. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../golden.js';
import { newFolder } from '../../folders.js';
import { ldfi } from '../harness.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const WRITTEN = [
  '.github/workflows/ldfi.yml',
  '.gitignore',
  'ldfi.config.ts',
  'package.json',
  'scenarios/first.ts',
  'tsconfig.json',
];

/** The text of each file, by path. */
function contents(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

describe('in an empty folder', () => {
  it('writes all that is needed, and says what to do with it', async () => {
    const folder = newFolder();
    const { code, out, err } = await ldfi(['init'], { folder });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Object.keys(contents(folder))).toEqual(WRITTEN);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    await expectGolden(out, 'cli/init in an empty folder');
    expect(out.slice(out.indexOf('Next')).trimEnd().split('\n').length).toBeLessThanOrEqual(12);
  });

  it('writes a scenario that is violated and its repair, as they expect', async () => {
    const folder = newFolder();
    await ldfi(['init', 'retry'], { folder });
    const { code, out } = await ldfi(['check', '-q'], { folder });
    expect(code).toBe(1);
    expect(out).toBe(
      'violated      8/4/1     retry (scenarios/retry.ts)  drop p->b@2; crash p@3\n' +
        'certified     8/4/1     retry-repaired (scenarios/retry.ts)\n',
    );
    expect((await ldfi(['check', '--as-expected'], { folder })).code).toBe(0);
  });

  it('repairs the first scenario by what stands beside it', async () => {
    const folder = newFolder();
    await ldfi(['init'], { folder });
    const text = contents(folder)['scenarios/first.ts'];
    const repaired = newFolder({
      'first.ts': text.replace('"first", "violated", false', '"first", "certified", true'),
    });
    expect((await ldfi(['check', 'first.ts'], { folder: repaired })).code).toBe(0);
  });

  it('writes what prettier has nothing to say about', async () => {
    const folder = newFolder();
    await ldfi(['init'], { folder });
    for (const [path, text] of Object.entries(contents(folder)).filter(([path]) => path !== '.gitignore'))
      expect(await check(text, { filepath: path }), await format(text, { filepath: path })).toBe(true);
  });

  it('names the package after the folder, but not after ldfi', async () => {
    for (const [name, expected] of [
      ['My Protocols!', 'my-protocols'],
      ['ldfi', 'protocols'],
      ['...', 'protocols'],
    ]) {
      const folder = join(newFolder(), name);
      mkdirSync(folder);
      await ldfi(['init'], { folder });
      expect(JSON.parse(contents(folder)['package.json'])).toMatchObject({
        name: expected,
        scripts: { ldfi: 'ldfi check', typecheck: 'tsc --noEmit' },
        devDependencies: { ldfi: '^1.2.3', typescript: '^6.0.0' },
      });
    }
  });
});

describe('in a project', () => {
  const manifest = '{\n    "name": "x",\n    "files": ["a", "b"],\n    "scripts": { "test": "vitest" }\n}';

  it('extends package.json, and keeps what is there', async () => {
    const kept = {
      'tsconfig.json': '{ "compilerOptions": {} }',
      'ldfi.config.mjs': 'export default {};',
      '.github/workflows/ldfi.yml': 'on: push\n',
      'scenarios/first.ts': '// mine\n',
      '.gitignore': 'build\n',
    };
    const folder = newFolder({ ...kept, 'package.json': manifest });
    const { code, out } = await ldfi(['init'], { folder });
    expect(code).toBe(0);
    expect(contents(folder)).toEqual({
      ...kept,
      'package.json':
        '{\n    "name": "x",\n    "files": ["a", "b"],\n' +
        '    "scripts": { "test": "vitest", "ldfi": "ldfi check", "typecheck": "tsc --noEmit" },\n' +
        '    "devDependencies": {\n        "ldfi": "^1.2.3",\n        "typescript": "^6.0.0"\n    }\n}',
    });
    await expectGolden(out, 'cli/init in a project');
  });

  it.each([
    [
      '{ "scripts": { "ldfi": "mine", "typecheck": "mine" } }',
      '{ "scripts": { "ldfi": "mine", "typecheck": "mine" }, "devDependencies": { "ldfi": "^1.2.3", "typescript": "^6.0.0" } }',
    ],
    [
      '{ "dependencies": { "ldfi": "1" }, "devDependencies": { "typescript": "5.9" } }',
      '{ "dependencies": { "ldfi": "1" }, "devDependencies": { "typescript": "5.9" }, "scripts": { "ldfi": "ldfi check", "typecheck": "tsc --noEmit" } }',
    ],
    [
      '{ "devDependencies": { "ldfi": "*", "typescript": "*" }, "scripts": { "ldfi": "", "typecheck": "" } }',
      undefined,
    ],
  ])('adds to %s only what is missing', async (before, after) => {
    const folder = newFolder({ 'package.json': before });
    await ldfi(['init'], { folder });
    expect(contents(folder)['package.json']).toBe(after ?? before);
  });

  it('changes nothing when it is run again', async () => {
    const folder = newFolder({ 'package.json': manifest });
    await ldfi(['init'], { folder });
    const before = contents(folder);
    const { code, out } = await ldfi(['init'], { folder });
    expect(code).toBe(0);
    expect(out).toContain('Nothing was written.');
    expect(contents(folder)).toEqual(before);
  });

  it('writes a second scenario beside the first', async () => {
    const folder = newFolder();
    await ldfi(['init'], { folder });
    const { out } = await ldfi(['init', 'second'], { folder });
    expect(out).toContain('scenarios/second.ts');
    expect((await ldfi(['check', '--list'], { folder })).out).toBe(
      ['first', 'second']
        .map(
          (name) =>
            `scenarios/${name}.ts\n  ${name.padEnd(name.length + 9)}  8/4/1  expected violated\n` +
            `  ${name}-repaired  8/4/1  expected certified\n`,
        )
        .join('\n'),
    );
  });

  it('follows a link to package.json, and leaves it one', async () => {
    const folder = newFolder({ 'real.json': manifest });
    symlinkSync('real.json', join(folder, 'package.json'));
    await ldfi(['init'], { folder });
    expect(lstatSync(join(folder, 'package.json')).isSymbolicLink()).toBe(true);
    expect(contents(folder)['real.json']).toContain('"ldfi": "ldfi check"');
  });
});

describe('with the package manager that is there', () => {
  const pinned = (manager: string) => ({ 'package.json': `{ "packageManager": "${manager}" }` });

  it.each([
    [{}, 'npm install', 'npx ldfi', 'npm ci'],
    [{ 'package-lock.json': '' }, 'npm install', 'npx ldfi', 'npm ci'],
    [{ 'pnpm-lock.yaml': '' }, 'pnpm install', 'pnpm exec ldfi', 'pnpm install --frozen-lockfile'],
    [pinned('pnpm@10.1.0'), 'pnpm install', 'pnpm exec ldfi', 'pnpm install --frozen-lockfile'],
    [{ 'yarn.lock': '' }, 'yarn install', 'yarn exec ldfi', 'yarn install --frozen-lockfile'],
    [{ 'yarn.lock': '', '.yarnrc.yml': '' }, 'yarn install', 'yarn exec ldfi', 'yarn install --immutable'],
    [pinned('yarn@4.9.1+sha224.0'), 'yarn install', 'yarn exec ldfi', 'yarn install --immutable'],
    [{ 'bun.lock': '' }, 'bun install', 'bunx ldfi', 'bun install --frozen-lockfile'],
    [{ 'bun.lockb': '' }, 'bun install', 'bunx ldfi', 'bun install --frozen-lockfile'],
    // What package.json says counts.
    [
      { ...pinned('pnpm@9.0.0'), 'package-lock.json': '' },
      'pnpm install',
      'pnpm exec ldfi',
      'pnpm install --frozen-lockfile',
    ],
  ])('of %j, says `%s` and `%s`, and `%s` in the workflow', async (files, install, run, locked) => {
    const folder = newFolder(files);
    const { out } = await ldfi(['init'], { folder });
    expect(out).toContain(`Next\n  ${install}\n  ${run} check scenarios/first.ts `);
    const workflow = contents(folder)['.github/workflows/ldfi.yml'];
    expect(workflow).toContain(`- run: ${locked}\n`);
    expect(workflow).toContain(`- run: ${run} check --as-expected\n`);
    expect(await check(workflow, { filepath: 'ldfi.yml' })).toBe(true);
  });
});

describe('in a folder of a repository', () => {
  const steps = (workflow: string) => workflow.slice(workflow.indexOf('- run:'));

  it('puts the workflow at the root, which works in the folder', async () => {
    const root = newFolder({ '.git/HEAD': '', 'services/my orders/README.md': '' });
    const { code, out } = await ldfi(['init'], { folder: join(root, 'services', 'my orders') });
    expect(code).toBe(0);
    expect(out).toContain('  ../../.github/workflows/ldfi.yml  checks on each push\n');
    const written = contents(root);
    expect(Object.keys(written)).toContain('services/my orders/package.json');
    expect(steps(written['.github/workflows/ldfi.yml'])).toBe(
      `- run: npm ci
        working-directory: "services/my orders"
      # Scenarios say which verdict they expect; any other one fails.
      - run: npx ldfi check --as-expected
        working-directory: "services/my orders"
`,
    );
  });

  it('installs where the lock file is, and asks for nothing that the workspace has', async () => {
    const root = newFolder({
      // Of a worktree, it is a file.
      '.git': 'gitdir: elsewhere',
      '.gitignore': 'node_modules\n',
      'pnpm-lock.yaml': '',
      'package.json': '{ "devDependencies": { "typescript": "5.9.3" } }',
      'packages/orders/package.json': '{ "name": "orders" }',
    });
    const { out } = await ldfi(['init'], { folder: join(root, 'packages', 'orders') });
    expect(out).toContain('Next\n  pnpm install\n');
    expect(out).toContain('Kept as it was\n  ../../.gitignore\n');
    const written = contents(root);
    expect(JSON.parse(written['packages/orders/package.json'])).toMatchObject({
      devDependencies: { ldfi: '^1.2.3' },
    });
    expect(steps(written['.github/workflows/ldfi.yml'])).toBe(
      `- run: pnpm install --frozen-lockfile
      # Scenarios say which verdict they expect; any other one fails.
      - run: pnpm exec ldfi check --as-expected
        working-directory: packages/orders
`,
    );
  });
});

describe.each(['module', 'commonjs'])('in a project whose modules are of the kind %s', (kind) => {
  it('writes what the compiler has nothing to say about', async () => {
    const folder = newFolder({ 'package.json': `{ "name": "x", "type": "${kind}" }` });
    await ldfi(['init'], { folder });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'ldfi'));
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })).toBe('');
    expect((await ldfi(['check', '--as-expected'], { folder })).code).toBe(0);
  });
});

describe('what cannot be done', () => {
  it.each(['a/b', '../x', 'x.ts', '.hidden', '-', 'a b'])('is a scenario of the name %j', async (name) => {
    const folder = newFolder();
    const { code, out, err } = await ldfi(['init', '--', name], { folder });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('init:1:1: error RUN221');
    expect(contents(folder)).toEqual({});
  });

  it.each(['{', '[]', '{ "scripts": [] }', '{ "scripts": {}, "devDependencies": "x" }'])(
    'is to extend a package.json such as %s; the rest is done',
    async (text) => {
      const folder = newFolder({ 'package.json': text });
      const { code, err } = await ldfi(['init'], { folder });
      expect(code).toBe(2);
      expect(err).toContain('error RUN222: package.json is not understood, and is kept as it is');
      expect(contents(folder)['package.json']).toBe(text);
      expect(Object.keys(contents(folder))).toEqual(WRITTEN);
    },
  );

  it('is to write where a file stands in the way; what was written is told', async () => {
    const folder = newFolder({ '.github': 'no folder' });
    const { code, out, err } = await ldfi(['init'], { folder });
    expect(code).toBe(2);
    expect(err).toMatch(/^error RUN222: \.github\/workflows\/ldfi\.yml cannot be written: /);
    expect(out).toContain('scenarios/first.ts');
    expect(out).not.toContain('Next');
    expect(existsSync(join(folder, 'package.json'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
