import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBehind } from '../../../src/runner/files/behind.js';
import { scenarioHost } from '../../../src/runner/files/file-system.js';
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

  it('are among them before they are there', () => {
    expect(behind({ 'p.ded': 'include "q.ded";' }, 'p.ded')).toEqual(['p.ded', 'q.ded']);
    expect(behind({ 's.ts': "import './q.js';" }, 's.ts')).toEqual(
      expect.arrayContaining(['s.ts', 'q.js', 'q.ts']),
    );
  });
});
