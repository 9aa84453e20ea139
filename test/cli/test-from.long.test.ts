/** Tests that ldfi writes for vitest, run by it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Folder } from '../docs/folder.js';
import { greeting, IMPORTS } from './folders.js';

const folder = new Folder();

afterAll(() => {
  folder.remove();
});

it('fails as written, by the report, and passes once the bug is mended', () => {
  folder.write('one.ts', `${IMPORTS}export const one = ${greeting({ name: 'one' })};\n`);
  expect(folder.run('npx ldfi test-from one.ts --inject "drop a->b@1"').code).toBe(0);
  const path = join(folder.path, 'one.test.ts');
  expect(readFileSync(path, 'utf8')).toContain("import { one } from './one.js';");
  const failed = folder.runTests(path);
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('everything a sends to b at time 1 is lost');
  expect(failed.output).toContain('2 failed');
  folder.write('one.ts', `${IMPORTS}export const one = ${greeting({ name: 'one', repeated: true })};\n`);
  const passed = folder.runTests(path);
  expect(passed.output).toContain('2 passed');
  expect(passed.code).toBe(0);
});
