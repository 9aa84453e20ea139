import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextChange } from '../../src/cli/changes.js';
import { newFolder } from '../folders.js';

const NEVER = new Promise<void>(() => undefined);

/** What is noticed in a folder with old files, where texts are written once it is looked at; undefined removes one. */
async function changedBy(texts: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  const folder = newFolder({ 'a.ded': 'a', 'b.ded': 'b' });
  const at = (name: string) => join(folder, name);
  for (const name of ['a.ded', 'b.ded']) utimesSync(at(name), 1, 1);
  const watched = { files: [at('a.ded'), at('b.ded'), at('missing.ded')], folders: [folder] };
  const changing = nextChange(watched, Date.now(), NEVER);
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    if (text === undefined) rmSync(at(name));
    else writeFileSync(at(name), text);
  }
  const names = [...(await changing)!].map((path) => (path === folder ? '.' : path.slice(folder.length + 1)));
  return names.sort();
}

describe('changes', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, readonly string[]]>([
    ['of a text', { 'b.ded': 'c' }, ['b.ded']],
    ['of two', { 'a.ded': 'c', 'b.ded': 'c' }, ['a.ded', 'b.ded']],
    ['by removal', { 'a.ded': undefined }, ['.', 'a.ded']],
    ['by what was missing', { 'missing.ded': '' }, ['.', 'missing.ded']],
    ['by what is new', { 'new.ts': '' }, ['.']],
    ['by a new folder', { 'new/readme': '' }, ['.']],
    ['but not by what is no scenario', { 'notes.txt': '', '.a.ded.swp': '', 'a.ded': 'changed' }, ['a.ded']],
  ])('are noticed %s', async (_, change, expected) => {
    expect(await changedBy(change)).toEqual(expected);
  });

  it('are noticed that happened since, before anybody looked', async () => {
    const folder = newFolder({ 'a.ded': 'a' });
    const path = join(folder, 'a.ded');
    const since = Date.now();
    writeFileSync(path, 'changed');
    expect(await nextChange({ files: [path], folders: [] }, since, NEVER)).toEqual(new Set([path]));
  });

  it('are waited for no more once it is ended', async () => {
    const watched = { files: [join(newFolder(), 'a')], folders: [] };
    expect(await nextChange(watched, Date.now(), Promise.resolve())).toBeUndefined();
  });
});
