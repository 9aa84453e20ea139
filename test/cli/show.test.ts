import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../folders.js';
import { HELLO, ldfi } from './harness.js';

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
