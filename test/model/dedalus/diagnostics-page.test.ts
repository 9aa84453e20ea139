import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { codes } from '../../../src/model/codes.js';
import { diagnosticsPage } from './diagnostics-page.js';

it('the page of diagnostics is the table of codes', async () => {
  const page = diagnosticsPage();
  const missing = Object.keys(codes).filter((code) => !page.includes(`### ${code}: `));
  expect(missing).toEqual([]);
  const file = new URL('../../../docs/diagnostics.md', import.meta.url);
  await expect(page).toMatchFileSnapshot(fileURLToPath(file));
});
