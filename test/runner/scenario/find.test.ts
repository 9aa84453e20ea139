/** What a folder holds is told from texts that may be of any length. */
import { expect, it } from 'vitest';
import { findScenarios } from '../../../src/runner/scenario/find.js';
import type { ScenarioHost } from '../../../src/runner/files/host.js';

function folderOf(files: Readonly<Record<string, string>>): ScenarioHost {
  return {
    read: (path) => ({ kind: 'text', text: files[path], identity: path }),
    resolve: (_, include) => include,
    entry: (path) => (path in files ? 'file' : 'folder'),
    walk: () => ({ files: Object.keys(files), unreadable: [] }),
    realPath: (path) => path,
    load: () => Promise.reject(new Error('there are no modules')),
    display: (path) => path,
  };
}

const BLANK = ['\n', '\r', '\r\n', ' ', '\t\n', '\u2028'];

it('a header line is found behind a million blanks, and missed behind none', async () => {
  const entries = BLANK.flatMap((blank, i) => [
    [`${i} with.ded`, `${blank.repeat(1_000_000)}\n // ldfi: nodes a`],
    [`${i} without.ded`, `${blank.repeat(1_000_000)}\n / / ldfi: nodes a`],
  ]);
  const host = folderOf(Object.fromEntries(entries) as Record<string, string>);
  const { found } = await findScenarios(['folder'], { host, names: () => [] });
  expect(found.map(({ file }) => file)).toEqual(BLANK.map((_, i) => `${i} with.ded`));
});
