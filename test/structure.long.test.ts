/** The structure that `npm run lint` holds `src` to is one that it can refuse. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import ts from 'typescript';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** JavaScript, which the compiler does not look into. */
const CONFIGURATION: string = '../.dependency-cruiser.mjs';
const ROOT = join(import.meta.dirname, '..');
const RULES = join(ROOT, '.oxlintrc.json');
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ldfi-structure-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The names of the rules that files, by path, break. */
async function broken(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  write(files);
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

/** What `npm run lint` says of where it is asked of which kind something is, without what needs types. */
const { jsPlugins, overrides } = ts.parseConfigFileTextToJson(RULES, readFileSync(RULES, 'utf8')).config as {
  readonly jsPlugins: readonly string[];
  readonly overrides: readonly { readonly rules: Readonly<Record<string, unknown>> }[];
};

/** Those of the files, by path, that lint finds to ask it. */
function asking(rule: 'asked' | 'faults', files: Readonly<Record<string, string>>): readonly string[] {
  const configuration = {
    jsPlugins: jsPlugins.map((path) => join(ROOT, path)),
    categories: { correctness: 'off' },
    overrides: overrides.filter(({ rules }) => `kinds/${rule}` in rules),
  };
  write({ ...files, '.oxlintrc.json': JSON.stringify(configuration) });
  const { stdout } = spawnSync(process.execPath, [OXLINT, '--format', 'json', '--no-ignore'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics, number_of_files: count } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
    readonly number_of_files: number;
  };
  expect(count).toBe(Object.keys(files).length);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(
    new Set(diagnostics.length > 0 ? [`kinds(${rule})`] : []),
  );
  return [...new Set(diagnostics.map(({ filename }) => filename))].toSorted();
}

/** Each of the texts as a file of its own. */
function within(place: string, texts: readonly string[]): readonly (readonly [string, string])[] {
  return texts.map((text, index) => [`src/${place}/${index}.ts`, text]);
}

const ASKING_OF_PROTOCOLS = [
  "if (protocol.kind === 'rules') run();",
  "if ('handlers' !== kind) run();",
  "const told = scenario.protocol.kind === 'handlers' ? 1 : 2;",
  "switch (protocol.kind) { case 'rules': run(); }",
  "switch (kind) { case 'handlers': run(); }",
];

const ASKING_OF_FAULTS = [
  "if (fault.kind === 'crash') tell();",
  "const others = kinds.filter(({ kind }) => kind !== 'omission');",
  "switch (event.kind) { case 'outage': tell(); }",
  'const most = bounds.restarts ?? 0;',
  "if (boundOf(space.bounds, 'omissions') < 2) tell();",
];

it.each([
  ['a protocol is', 'asked', ASKING_OF_PROTOCOLS, ['cli', 'runner/scenario'], ['model', 'runner/kinds']],
  ['a fault is', 'faults', ASKING_OF_FAULTS, ['injector', 'runner/strategies'], ['injector/faults']],
] as const)('refuses that it is asked elsewhere of which kind %s', (_, rule, texts, others, places) => {
  const refused = others.flatMap((place) => within(place, texts));
  const admitted = places.flatMap((place) => within(place, texts));
  expect(asking(rule, Object.fromEntries([...refused, ...admitted]))).toEqual(refused.map(([path]) => path));
});

it.each([
  [
    'asked',
    [
      "if (run.language === 'rules') tell();",
      "const kind = { kind: 'rules' };",
      "if (event.kind === 'message' || !handles('handlers', event.kind)) tell();",
      "switch (run.language) { case 'rules': tell(); }",
    ],
  ],
  [
    'faults',
    [
      "if (fault.kind === 'stops') tell();",
      "const fault = { kind: 'crash', node, time };",
      "if (boundOf(bounds, 'faults') < bounds.crashes) tell();",
      "switch (reason) { case 'named': tell(); }",
    ],
  ],
] as const)('admits by %s what asks for something else', (rule, others) => {
  expect(asking(rule, Object.fromEntries(within('report', others)))).toEqual([]);
});
