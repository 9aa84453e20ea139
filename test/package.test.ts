/** What is published is complete, is nothing more, and works where only it and its dependencies are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Compiler } from './docs/compile.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Of what is built: scripts would build it again, under the feet of other tests. */
function pack(folder: string): Packed {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' })) as [
    Packed,
  ];
  return packed;
}

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-package-'));
  const installed = join(folder, 'node_modules', 'ldfi');
  let paths: readonly string[] = [];

  beforeAll(() => {
    const { filename, files } = pack(folder);
    paths = files.map(({ path }) => path);
    execFileSync('tar', ['-xzf', filename], { cwd: folder });
    mkdirSync(dirname(installed));
    renameSync(join(folder, 'package'), installed);
    for (const name of Object.keys(dependencies)) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('holds the program, its types, scenarios and documentation', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/index.d.ts',
        'dist/index.js',
        'dist/licenses.txt',
        'dist/runner/main.js',
        'docs/dedalus.md',
        'package.json',
        'scenarios/dedalus/kafka.ded',
      ]),
    );
  });

  it('holds nothing else', () => {
    const published = /^(dist|docs|scenarios)\/|^(CHANGELOG|README)\.md$|^LICENSE$|^package\.json$/;
    expect(paths.filter((path) => !published.test(path) || path.includes('.test.'))).toEqual([]);
  });

  it('holds the license of each package that is in the program', () => {
    const licenses = readFileSync(join(installed, 'dist', 'licenses.txt'), 'utf8');
    const named = [...licenses.matchAll(/^([\w-]+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
    expect(named).toEqual(['chalk', 'commander', 'graphology', 'pure-rand']);
    expect(licenses.match(/^Permission is hereby granted/gm)).toHaveLength(named.length);
  });

  it('runs', () => {
    const program = join(installed, 'dist', 'runner', 'main.js');
    const scenario = join(installed, 'scenarios', 'dedalus', 'simple-deliv.ded');
    const { status, stdout } = spawnSync(process.execPath, [program, 'check', scenario, '-q'], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^violated .*drop a->b@1$/m);
    expect(status).toBe(1);
  });

  it('has types for all that it exports', () => {
    const user = join(folder, 'user.mts');
    writeFileSync(
      user,
      `import * as ldfi from 'ldfi';
       const { checked } = ldfi.readDedalusText('p("a")@1;');
       const relations: ReadonlyMap<string, ldfi.RelationSchema> | undefined = checked?.relations;
       console.log(relations?.size);`,
    );
    expect(new Compiler({ skipLibCheck: false }).compile([user])).toEqual([]);
    expect(execFileSync(process.execPath, [join(folder, 'user.mjs')], { encoding: 'utf8' })).toBe('1\n');
  });
});
