/** The compilers of users, as far as one is installed here. */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import { scenarioHost } from '../../../src/runner/files/file-system.js';
import { checkTypes } from '../../../src/runner/files/typescript.js';
import { greeting, IMPORTS } from '../../cli/folders.js';
import { newFolder } from '../../folders.js';
import { ldfi } from '../../cli/harness.js';

const root = join(import.meta.dirname, '../../..');
const host = scenarioHost(() => Promise.resolve({ kind: 'endless' }));

/** A folder in which packages are installed. */
function project(files: Readonly<Record<string, string>>, packages = ['typescript']): string {
  const folder = newFolder(files);
  mkdirSync(join(folder, 'node_modules'));
  for (const name of packages)
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(root, join(folder, 'node_modules/ldfi'));
  return folder;
}

async function told(folder: string, ...files: readonly string[]): Promise<readonly string[]> {
  const paths = files.map((file) => join(folder, file));
  const texts = (await checkTypes(paths, host)).map((each) => formatDiagnostic(each));
  return texts.map((text) => text.replaceAll(`${folder}/`, ''));
}

describe('checkTypes', () => {
  it('heeds the nearest tsconfig.json, whatever that includes', async () => {
    const loose = JSON.stringify({
      compilerOptions: { strict: false, module: 'nodenext' },
      files: ['none.ts'],
    });
    const text = 'export const length = (text) => text.length;\n';
    const folder = project({ 'a.ts': text, 'loose/tsconfig.json': loose, 'loose/b.ts': text });
    expect(await told(folder, 'a.ts', 'loose/b.ts')).toEqual([
      expect.stringContaining(
        "a.ts:1:24: error RUN224: Parameter 'text' implicitly has an 'any' type. (TS7006)",
      ),
    ]);
  });

  it('says where there is no compiler, or none that answers', async () => {
    expect(await told(project({ 'a.ts': '' }, []), 'a.ts')).toEqual([
      expect.stringContaining('RUN225: no TypeScript is installed'),
    ]);
    const broken = project({ 'a.ts': '', 'tsconfig.json': '{ "extends": "./none.json" }' });
    expect((await told(broken, 'a.ts')).join()).toContain('none.json');
  });
});

describe('ldfi check --typecheck', () => {
  it('tells errors of types, of what is imported as well, beside the verdicts', async () => {
    const folder = project({
      'package.json': '{ "type": "module" }',
      's.ts': `${IMPORTS}import { eot } from './bounds.js';\nexport const own: number = eot;\nexport default ${greeting()};\n`,
      'bounds.ts': 'export const eot: string = 4;\n',
    });
    const { out, err, code } = await ldfi(['check', 's.ts', '-q', '--typecheck'], { folder });
    expect(out).toMatch(/^violated /);
    expect(code).toBe(2);
    expect(err).toBe(`bounds.ts:1:14: error RUN224: Type 'number' is not assignable to type 'string'. (TS2322)
    1 | export const eot: string = 4;
      |              ^^^
s.ts:4:14: error RUN224: Type 'string' is not assignable to type 'number'. (TS2322)
    4 | export const own: number = eot;
      |              ^^^
`);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});
