/** The structure that `npm run lint` holds `src` to is one that it can refuse. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** JavaScript, which the compiler does not look into. */
const CONFIGURATION: string = '../.dependency-cruiser.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ldfi-structure-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The names of the rules that files, by path, break. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { default: configuration } = (await import(CONFIGURATION)) as { default: IConfiguration };
  const { forbidden = [] } = configuration;
  const { output } = await cruise(['src'], {
    ruleSet: { forbidden },
    validate: true,
    baseDir: folder,
    tsPreCompilationDeps: true,
  });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name).sort();
}

const A = "import type { B } from './b.js';\nexport type A = B[];\n";

it('admits what imports from before it', async () => {
  const files = { 'src/model/text/a.ts': A, 'src/model/text/b.ts': 'export type B = 1;\n' };
  expect(await broken(files)).toEqual([]);
});

it('refuses a circle, of types as well', async () => {
  const b = "import type { A } from './a.js';\nexport type B = A | 1;\n";
  expect(await broken({ 'src/model/text/a.ts': A, 'src/model/text/b.ts': b })).toContain('no circle');
});

it('admits that the command line imports from the lists', async () => {
  const a = "export * from '../toolkit.js';\nexport * from '../index.js';\n";
  const files = {
    'src/cli/a.ts': a,
    'src/toolkit.ts': 'export type B = 1;\n',
    'src/index.ts': 'export type C = 1;\n',
  };
  expect(await broken(files)).toEqual([]);
});

it.each([
  ['src/model/a.ts', '../runner/b.js', 'src/runner/b.ts', 'from model'],
  ['src/report/a.ts', '../index.js', 'src/index.ts', 'from report'],
  ['src/model/text/a.ts', '../diagnostics/b.js', 'src/model/diagnostics/b.ts', 'from model/text'],
  ['src/model/handlers/a.ts', '../rules/b.js', 'src/model/rules/b.ts', 'from model/handlers'],
  ['src/cli/a.ts', '../runner/b.js', 'src/runner/b.ts', 'rooms from cli'],
  ['src/runner/subjects/a.ts', '../search.js', 'src/runner/search.ts', 'from runner/subjects'],
])('refuses that %s imports %s', async (path, specifier, other, rule) => {
  const files = { [path]: `export * from '${specifier}';\n`, [other]: 'export type B = 1;\n' };
  expect(await broken(files)).toEqual([rule]);
});
