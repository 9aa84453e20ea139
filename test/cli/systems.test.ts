import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HELLO, ldfi } from './harness.js';

const folder = mkdtempSync(join(tmpdir(), 'ldfi-unfit-'));

beforeAll(() => {
  writeFileSync(join(folder, 'hello.ded'), HELLO);
  writeFileSync(
    join(folder, 'elsewhere.ts'),
    `import { defineSystem } from 'ldfi';
    export default defineSystem({
      name: 'elsewhere',
      services: { shop: { at: 'http://192.0.2.1' } },
      request: { path: '/' },
      state: 'nothing to reset',
    });`,
  );
  writeFileSync(join(folder, 'other.json'), '{}\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each([
  ['check hello.ded --dry-run', '--dry-run is for running systems, and none is checked'],
  ['check hello.ded --no-reduce', '--no-reduce is for running systems, and none is checked'],
  ['check elsewhere.ts --eot 5', '--eot is for protocols, and only running systems are checked'],
  ['check elsewhere.ts --nodes a,b', '--nodes is for protocols, and only running systems are checked'],
  ['check elsewhere.ts --without-rule lokal', 'did you mean `local`?'],
  ['check elsewhere.ts --resume FOLDER', 'runs cannot be kept in'],
  ['check elsewhere.ts --resume FOLDER/other.json', 'is no run of a system'],
  ['check elsewhere.ts', '--allow-host 192.0.2.1 lets it be asked'],
])('ldfi %s is refused', async (line, said) => {
  const { code, err } = await ldfi(line.replace('FOLDER', folder).split(' '), { folder });
  expect(err).toContain(said);
  expect(code).toBe(2);
});
