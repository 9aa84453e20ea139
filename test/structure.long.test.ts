/** The structure that `npm run lint` holds `src` to is one that it can refuse. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { Linter } from 'eslint';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** JavaScript, which the compiler does not look into. */
const CONFIGURATION: string = '../.dependency-cruiser.mjs';
const RULES: string = '../eslint.config.js';

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

/** Whether lint finds that a file asks which kind a protocol is of. */
async function asksForKind(path: string, text: string): Promise<boolean> {
  const { default: all } = (await import(RULES)) as { default: readonly Linter.Config[] };
  const held = all
    .filter(({ rules = {} }) => 'no-restricted-syntax' in rules)
    .map(({ files = [], ignores = [], rules = {} }) => ({ files, ignores, rules }));
  expect(held).toHaveLength(1);
  return new Linter().verify(text, held, path).some(({ ruleId }) => ruleId === 'no-restricted-syntax');
}

it.each([
  "if (protocol.kind === 'rules') run();",
  "if ('handlers' !== kind) run();",
  "const told = scenario.protocol.kind === 'handlers' ? 1 : 2;",
  "switch (protocol.kind) { case 'rules': run(); }",
  "switch (kind) { case 'handlers': run(); }",
])('refuses that it is asked elsewhere which kind a protocol is of: %s', async (text) => {
  expect(await asksForKind('src/runner/scenario/a.ts', text)).toBe(true);
  expect(await asksForKind('src/cli/a.ts', text)).toBe(true);
  expect(await asksForKind('src/runner/kinds/a.ts', text)).toBe(false);
  expect(await asksForKind('src/model/a.ts', text)).toBe(false);
});

it.each([
  "if (run.language === 'rules') tell();",
  "const kind = { kind: 'rules' };",
  "if (event.kind === 'message' || !handles('handlers', event.kind)) tell();",
  "switch (run.language) { case 'rules': tell(); }",
])('admits what asks for something else: %s', async (text) => {
  expect(await asksForKind('src/report/a.ts', text)).toBe(false);
});
