import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBehind } from '../../../src/runner/files/behind.js';
import { scenarioHost } from '../../../src/runner/files/file-system.js';
import { moduleLoader } from '../../../src/runner/files/modules.js';
import { newFolder } from '../../folders.js';

const host = scenarioHost(() => Promise.resolve({ kind: 'endless' }));

function behind(files: Readonly<Record<string, string>>, file: string): readonly string[] {
  const folder = newFolder(files);
  const found = filesBehind(join(folder, file), host);
  return found.map((path) => path.slice(path.indexOf(folder) + folder.length + 1));
}

describe('the files behind a scenario', () => {
  it('of Dedalus are what it includes, and what that includes, in a circle as well', () => {
    const files = {
      'p.ded': 'include "shared/q.ded";',
      'shared/q.ded': 'include "r.ded"; include "../p.ded";',
      'shared/r.ded': 'p("a")@1;',
      'other.ded': '',
    };
    expect(behind(files, 'p.ded')).toEqual(['p.ded', 'shared/q.ded', 'shared/r.ded']);
  });

  it('of a module are what it imports by a path, in each way of writing it', () => {
    const files = {
      's.ts': `import a from './a.js';\nimport type { B } from "./b";\nexport * from './c.mjs';
import './d/index.js';\nconst e = await import('./e.json');\nimport { defineScenario } from 'ldfi';`,
      'a.ts': "const f = require('./f');",
      'b.ts': '',
      'c.mts': '',
      'd/index.ts': "import '..';",
      'index.ts': '',
      'e.json': '{}',
      'f.cjs': '',
    };
    const expected = ['s.ts', 'a.ts', 'b.ts', 'c.mts', 'd/index.ts', 'e.json', 'f.cjs', 'index.ts'];
    expect(behind(files, 's.ts')).toEqual(expected);
  });

  const PATHS = `{
  // Where things are.
  "compilerOptions": { "paths": { "@parts/*": ["./parts/*", "./spare/*"], "@one": ["./one.ts"], "@parts/in/*": ["./in/*"], }, },
}`;

  it('are what it imports by the paths of the nearest tsconfig.json, and that', () => {
    const files = {
      'tsconfig.json': PATHS,
      'parts/a.ts': "import '@one'; import '@parts/in/c'; import 'ldfi';",
      'spare/b.ts': "import 'http://none';",
      'one.ts': '',
      'in/c.ts': '',
      'parts/in/c.ts': '',
      'deep/s.ts': "import { a } from '@parts/a.js';\nexport * from '@parts/b';",
    };
    expect(behind(files, 'deep/s.ts')).toEqual([
      'deep/s.ts',
      'tsconfig.json',
      'parts/a.ts',
      'spare/b.ts',
      'one.ts',
      'in/c.ts',
    ]);
    expect(behind(files, 'one.ts')).toEqual(['one.ts']);
  });

  it.each(['@parts/a', '@parts/in/a', '@parts/in/deep/a', '@one'])(
    'are those that are run for %s',
    async (name) => {
      const module = (file: string) => [file, `export const where = '${file}';`] as const;
      const folder = newFolder({
        'tsconfig.json': PATHS,
        's.ts': `export { where } from '${name}';`,
        ...Object.fromEntries(
          ['parts/in/a.ts', 'spare/a.ts', 'in/a.ts', 'in/deep/a.ts', 'one.ts'].map(module),
        ),
      });
      const loading = await moduleLoader({ exports: () => ({}), entries: () => ({}) })(join(folder, 's.ts'));
      if (loading.kind !== 'loaded') throw new Error('it can be run');
      const found = filesBehind(join(folder, 's.ts'), host).map((path) => path.slice(path.indexOf(folder)));
      expect(found).toEqual(
        ['s.ts', 'tsconfig.json', loading.exports.where as string].map((file) => join(folder, file)),
      );
    },
  );

  it('are those that a tsconfig.json has from others, by a path or in a package', () => {
    const files = {
      'tsconfig.json': '{ "extends": ["./base", "settings"] }',
      'base.json': '{ "compilerOptions": { "paths": { "#*": ["./lost/*"] } } }',
      'node_modules/settings/tsconfig.json': '{ "extends": "./more.json" }',
      'node_modules/settings/more.json': '{ "compilerOptions": { "paths": { "#*": ["../../own/*"] } } }',
      's.ts': "import '#a';",
      'own/a.ts': '',
    };
    expect(behind(files, 's.ts')).toEqual([
      's.ts',
      'tsconfig.json',
      'node_modules/settings/tsconfig.json',
      'node_modules/settings/more.json',
      'base.json',
      'own/a.ts',
    ]);
  });

  it.each([
    ['{'],
    ['[]'],
    ['{ "extends": 5 }'],
    ['{ "compilerOptions": { "paths": ["a"] } }'],
    ['{ "extends": "./tsconfig.json" }'],
  ])('are those without other names where tsconfig.json is %s', (text) => {
    expect(
      behind({ 'tsconfig.json': text, 's.ts': "import '@one'; import './a';", 'a.ts': '' }, 's.ts'),
    ).toEqual(['s.ts', 'a.ts']);
  });

  it('are below `baseUrl`', () => {
    const files = {
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }',
      's.ts': "import 'parts/a';",
      'src/parts/a.ts': '',
    };
    expect(behind(files, 's.ts')).toEqual(['s.ts', 'tsconfig.json', 'src/parts/a.ts']);
  });

  it('are among them before they are there', () => {
    expect(behind({ 'p.ded': 'include "q.ded";' }, 'p.ded')).toEqual(['p.ded', 'q.ded']);
    expect(behind({ 's.ts': "import './q.js';" }, 's.ts')).toEqual(
      expect.arrayContaining(['s.ts', 'q.js', 'q.ts']),
    );
  });
});
