import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

/** A folder with the document of a check. */
async function checkedFolder(): Promise<string> {
  const folder = newFolder({ 'hello.ded': HELLO });
  const { out } = await ldfi(['check', 'hello.ded', '--json'], { folder });
  writeFileSync(join(folder, 'checks.json'), out);
  return folder;
}

describe('ldfi show', () => {
  it('writes the page beside the document, or where it is wanted', async () => {
    const folder = await checkedFolder();
    const { out, err, code } = await ldfi(['show', 'checks.json'], { folder });
    expect([out, err, code]).toEqual(['wrote checks.html\n', '', 0]);
    const page = readFileSync(join(folder, 'checks.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain('drop a->b@1');
    await ldfi(['show', 'checks.json', '-o', 'pages/one.html'], { folder });
    expect(readFileSync(join(folder, 'pages/one.html'), 'utf8')).toBe(page);
  });

  /** A module that says that it is run. */
  const MODULE = `import { defineScenario } from 'ldfi';
(globalThis as { runs?: number }).runs = ((globalThis as { runs?: number }).runs ?? 0) + 1;
export default defineScenario({
  name: 'hello',
  nodes: ['a', 'b'],
  bounds: { eot: 3, eff: 2, crashes: 0 },
  handlers: {
    init: () => 0,
    onStart: (_, { self, send }) => {
      if (self === 'a') send('b', { type: 'hello' });
    },
    onMessage: { hello: () => 1 },
    observe: (heard) => heard,
  },
  specification: { heard: { pre: () => true, post: ({ at }) => at('b').observed === 1 } },
});
`;

  it('says what counterexamples rest on as the check did, by the scenario that is at hand', async () => {
    const folder = await checkedFolder();
    await ldfi(['check', 'hello.ded', '--quiet', '--reporter', `html=${join(folder, 'own.html')}`], {
      folder,
    });
    await ldfi(['show', 'checks.json'], { folder });
    const scene = (page: string) =>
      /id="scene-1">(.*?)<\/script>/.exec(readFileSync(join(folder, page), 'utf8'))![1];
    expect(scene('checks.html')).toBe(scene('own.html'));
    expect(scene('checks.html')).toContain('"lineage":{');
  });

  it.each([
    ['is gone', undefined, 'it is not to be found in "hello.ded"'],
    ['runs in another way', HELLO.replace('hello(', 'greeting('), 'it does not run any more as it did'],
    ['cannot be read', 'nonsense', 'it is not to be found'],
  ])('says why it does not, where the scenario %s', async (_, text, reason) => {
    const folder = await checkedFolder();
    if (text === undefined) rmSync(join(folder, 'hello.ded'));
    else writeFileSync(join(folder, 'hello.ded'), text);
    const { out, err, code } = await ldfi(['show', 'checks.json'], { folder });
    expect(err).toContain('RUN147');
    expect(err).toContain(reason);
    expect([out, code]).toEqual(['wrote checks.html\n', 0]);
    expect(readFileSync(join(folder, 'checks.html'), 'utf8')).toContain('"lineage":null');
  });

  it('runs no module that nobody named', async () => {
    const runs = () => (globalThis as { runs?: number }).runs ?? 0;
    const files = { 'parts/hello.ts': MODULE };
    const { out } = await ldfi(['check', 'parts/hello.ts', '--json'], { folder: newFolder(files) });
    // In another folder, where it was not run yet.
    const folder = newFolder({ ...files, 'checks.json': out });
    const before = runs();
    const unnamed = await ldfi(['show', 'checks.json'], { folder });
    expect(unnamed.err).toContain('"parts/hello.ts" is a module, which would be run');
    expect(runs()).toBe(before);
    for (const name of ['parts/hello.ts', 'parts']) {
      const named = await ldfi(['show', 'checks.json', name], { folder });
      expect([named.err, named.code]).toEqual(['', 0]);
      expect(readFileSync(join(folder, 'checks.html'), 'utf8')).toContain('"lineage":{');
    }
    expect(runs()).toBeGreaterThan(before);
  });

  it.each([
    ['none.json', undefined, 'no such file'],
    ['checks.json', '{', 'cannot be shown'],
    ['checks.json', '{"version": 999}', 'is of version 999'],
    ['checks.json', '[]', 'is not valid'],
  ])('refuses %s where it is %s', async (name, text, message) => {
    const folder = newFolder(text === undefined ? {} : { [name]: text });
    const { err, code } = await ldfi(['show', name], { folder });
    expect(err).toContain('RUN145');
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('says where it cannot write', async () => {
    const folder = await checkedFolder();
    mkdirSync(join(folder, 'taken'));
    const { err, code } = await ldfi(['show', 'checks.json', '-o', 'taken'], { folder });
    expect(err).toContain('RUN140');
    expect(code).toBe(2);
  });

  it('writes the page of what is tolerated as `tolerance --html` does, from its document', async () => {
    const folder = newFolder({ 'persistent.ded': PERSISTENT, 'hello.ded': HELLO });
    const words = ['tolerance', 'persistent.ded', 'hello.ded', '--probability', 'crash=0.1'];
    const page = (name: string) => readFileSync(join(folder, name), 'utf8');
    await ldfi([...words, '--html', join(folder, 'own.html')], { folder });
    writeFileSync(join(folder, 'tolerance.json'), (await ldfi([...words, '--json'], { folder })).out);
    const { out, err, code } = await ldfi(['show', 'tolerance.json'], { folder });
    expect([out, err, code]).toEqual(['wrote tolerance.html\n', '', 0]);
    expect(page('tolerance.html')).toBe(page('own.html'));
    // Whose runs are others by now.
    writeFileSync(join(folder, 'hello.ded'), PERSISTENT);
    const changed = await ldfi(['show', 'tolerance.json'], { folder });
    expect(changed.err).toContain(
      'the page has no counterexamples of hello.ded: it does not run any more as it did',
    );
    expect([...page('tolerance.html').matchAll(/data-scene=/g)].length).toBeLessThan(
      [...page('own.html').matchAll(/data-scene=/g)].length,
    );
  });

  it.each([
    [{ version: 2 }, 'is of version 2'],
    [{ name: 7 }, 'tolerances[0].name is 7'],
    [{ faults: 'drop a->c@1' }, 'the document is not valid'],
  ])('refuses a document of what is tolerated with %j', async (change, message) => {
    const folder = newFolder({ 'hello.ded': HELLO });
    const { out } = await ldfi(['tolerance', 'hello.ded', '--json'], { folder });
    const document = JSON.parse(out) as { tolerances: { analysis: object }[] };
    const [told] = document.tolerances;
    const { version, faults, ...others } = change as Partial<Record<'version' | 'faults' | 'name', unknown>>;
    if (version !== undefined) Object.assign(document, { version });
    if (faults !== undefined) Object.assign(told.analysis, { faults });
    Object.assign(told, others);
    writeFileSync(join(folder, 'tolerance.json'), JSON.stringify(document));
    const shown = await ldfi(['show', 'tolerance.json'], { folder });
    expect(shown.code).toBe(2);
    expect(shown.err).toContain('RUN145');
    expect(shown.err).toContain(message);
  });

  it.runIf(process.platform === 'linux')('opens the page by what opens files', async () => {
    const folder = await checkedFolder();
    const opener = join(folder, 'xdg-open');
    const { PATH } = process.env;
    try {
      process.env.PATH = folder;
      expect((await ldfi(['show', 'checks.json', '--open'], { folder })).err).toContain('RUN146');
      writeFileSync(opener, `#!/bin/sh\necho "$1" > "${join(folder, 'opened')}"\n`);
      chmodSync(opener, 0o755);
      expect((await ldfi(['show', 'checks.json', '--open'], { folder })).code).toBe(0);
    } finally {
      process.env.PATH = PATH;
    }
    const opened = () =>
      existsSync(join(folder, 'opened')) ? readFileSync(join(folder, 'opened'), 'utf8') : '';
    while (!opened().endsWith('\n')) await wait(10);
    expect(opened()).toBe(`${join(folder, 'checks.html')}\n`);
  });
});
