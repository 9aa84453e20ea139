/** One word, one thing: no name that a file of `src` exports is declared in another as well. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const DECLARATION =
  /^export (?:declare |abstract |async )*(?:type|interface|class|const|let|function\*?|enum) (\w+)/gm;

/** Names that several files declare and export, each with its files, whose texts are given by path. */
function declaredTwice(files: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const places = new Map<string, Set<string>>();
  for (const [path, text] of Object.entries(files))
    for (const [, name] of text.matchAll(DECLARATION)) {
      if (!places.has(name)) places.set(name, new Set());
      places.get(name)!.add(path);
    }
  return Object.fromEntries(
    [...places].filter(([, paths]) => paths.size > 1).map(([name, paths]) => [name, [...paths]]),
  );
}

it('finds what two files declare, whatever it is, and admits overloads and what is exported again', () => {
  const files = {
    'a.ts':
      'export interface Step {}\nexport function* steps() {}\nexport function at(a: 1): 1;\nexport function at(a: 2): 2;\n',
    'b.ts': "export type Step = 1;\nexport type { Other } from './c.js';\nconst at = 1;\n",
    'c.ts': 'export abstract class Other {}\nexport const steps = [];\n',
  };
  expect(declaredTwice(files)).toEqual({ Step: ['a.ts', 'b.ts'], steps: ['a.ts', 'c.ts'] });
});

it('finds none in src', () => {
  const root = join(import.meta.dirname, '../src');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  expect(paths.length).toBeGreaterThan(300);
  expect(
    declaredTwice(Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))),
  ).toEqual({});
});
