import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { codes } from '../../../../src/model/diagnostics/codes.js';
import { diagnosticsPage } from './diagnostics-page.js';

it('the page of diagnostics is the table of codes', async () => {
  const page = diagnosticsPage();
  const missing = Object.keys(codes).filter((code) => !page.includes(`### ${code}: `));
  expect(missing).toEqual([]);
  const file = new URL('../../../../docs/diagnostics.md', import.meta.url);
  await expect(page).toMatchFileSnapshot(fileURLToPath(file));
});

it('every code is raised somewhere', () => {
  const src = new URL('../../../../src/', import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('codes.ts'),
  );
  const text = files.map((name) => readFileSync(new URL(name, src), 'utf8')).join('\n');
  expect(Object.keys(codes).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});
