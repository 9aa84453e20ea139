/** The page of the architecture speaks of the code that there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

it('names every room, and no other', () => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`);
  const named = [...page.matchAll(/^\| `(src\/\w+)` /gm)].map(([, room]) => room);
  expect([...named].sort()).toEqual(rooms.sort());
});

it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names files that there are', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const named = [...text.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path]) => path);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(named).not.toEqual([]);
});
