/** The law of patches: files with a patch applied are read as the program that is changed. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changed } from '../../../../src/model/rules/changes/change.js';
import { changesOf } from '../../../../src/model/rules/changes/changes.js';
import type { SourceHost } from '../../../../src/model/rules/dedalus/load.js';
import { readDedalus } from '../../../../src/model/rules/dedalus/read.js';
import { printProgram } from '../../../../src/model/rules/print.js';
import { patchOf } from '../../../../src/report/text/repair/patch.js';
import { fileSystemHost } from '../../../../src/runner/files/file-system.js';

const FOLDER = 'scenarios/dedalus';

/** Of the changes of a program, every so many-th is tried: the next ones are alike. */
const EVERY = 23;

/** The text of a file after its part of a patch. */
function patched(text: string, file: string, patch: readonly string[]): string {
  const lines = text.split('\n');
  const from = patch.indexOf(`+++ ${file}`);
  if (from === -1) return text;
  const rest = patch.slice(from + 1);
  const end = rest.findIndex((line) => line.startsWith('--- '));
  const hunks = end === -1 ? rest : rest.slice(0, end);
  let at = 0;
  for (const line of hunks) {
    const range = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,\d+)? @@$/.exec(line);
    if (range !== null) at = Number(range[3]) - 1;
    else if (line.startsWith('-')) expect(lines.splice(at, 1)).toEqual([line.slice(1)]);
    else lines.splice(at++, 0, line.slice(1));
  }
  return lines.join('\n');
}

describe('patches', () => {
  it.each(readdirSync(FOLDER).filter((file) => file.endsWith('.ded')))('of %s make what is meant', (name) => {
    const file = `${FOLDER}/${name}`;
    const { checked } = readDedalus([file], fileSystemHost);
    const { program } = checked!;
    const changes = changesOf(program, { nodes: 3, eot: 6, outages: true });
    for (const change of changes.filter((_, place) => place % EVERY === 0)) {
      const patch = patchOf(change, file)!;
      const host: SourceHost = {
        ...fileSystemHost,
        read: (path) => {
          const read = fileSystemHost.read(path);
          return read.kind === 'text' ? { ...read, text: patched(read.text, path, patch) } : read;
        },
      };
      const again = readDedalus([file], host);
      const wanted = printProgram(changed(program, change));
      // What the checks refuse is no candidate.
      if (again.checked !== undefined) expect(printProgram(again.checked.program)).toBe(wanted);
    }
  });
});
