/** The API reference is that of the source, all of it; `npm run docs:api` writes it anew. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FormatConfig } from 'oxfmt';
import { expect, it } from 'vitest';
import { readExports, type EntryPoint } from '../../tools/api-reference/exports.js';
import { apiPage } from '../../tools/api-reference/page.js';
import { Compiler } from './compile.js';
import { moduleOf } from './examples.js';
import { Folder } from './folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = `${root}docs/api.md`;

const entryPoints: readonly EntryPoint[] = [
  { module: 'ldfi', file: `${root}src/index.ts` },
  { module: 'ldfi/vitest', file: `${root}src/testing/vitest/index.ts` },
  { module: 'ldfi/fast-check', file: `${root}src/testing/fast-check/index.ts` },
];

const entries = readExports(root, entryPoints);
const items = entries.flatMap(({ sections }) => sections.flatMap((section) => section.items));

it('is that of the docstrings', async () => {
  const style = JSON.parse(readFileSync(`${root}.oxfmtrc.json`, 'utf8')) as FormatConfig;
  await expect(await apiPage(entries, style)).toMatchFileSnapshot(page);
});

it('has something to say of every export', () => {
  const bare = items.filter(({ docstring }) => (docstring?.text ?? '') === '');
  expect(bare.map(({ name, file }) => `${name} in ${file}`)).toEqual([]);
});

it('is of all that there is', async () => {
  const exported = await Promise.all(
    entryPoints.slice(0, 1).map(({ file }) => import(file) as Promise<object>),
  );
  const names = new Set(items.map(({ name }) => name));
  expect(exported.flatMap((module) => Object.keys(module)).filter((name) => !names.has(name))).toEqual([]);
});

it('has examples that compile', () => {
  const packages = entries.map(({ module, sections }) => ({
    module,
    names: sections.flatMap((section) =>
      section.items.filter(({ isExport }) => isExport).map(({ name }) => name),
    ),
  }));
  const folder = new Folder();
  try {
    const files = items.flatMap(({ name, docstring }) =>
      (docstring?.examples ?? []).map((example, index) =>
        folder.write(`${name}-${index}.mts`, moduleOf(example, packages)),
      ),
    );
    expect(new Compiler().compile(files)).toEqual([]);
  } finally {
    folder.remove();
  }
});
