import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASCII_SIGNS, inAscii, namesOtherCharset } from '../../src/cli/ascii.js';
import { displayWidth } from '../../src/model/text/text.js';
import { withoutTimes } from '../golden.js';
import { HELLO, ldfi } from './harness.js';

const GOLDEN = join(import.meta.dirname, '../golden');

/** Texts that ldfi prints for people, of protocols whose own names are of ASCII. */
const TEXTS = ['cli', 'diagrams', 'handlers', 'reports', 'systems'].flatMap((folder) =>
  readdirSync(join(GOLDEN, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt') && !name.startsWith('wide-and-combining'))
    .map((name) => `${folder}/${name}`),
);

describe('in ASCII', () => {
  it.each(TEXTS)('%s has no other signs', (file) => {
    const text = readFileSync(join(GOLDEN, file), 'utf8');
    expect(inAscii(text).replaceAll(/[\n -~]/g, '')).toBe('');
  });

  it.each(Object.entries(ASCII_SIGNS))('%s is as wide as %s', (sign, plain) => {
    expect(displayWidth(plain)).toBe(displayWidth(sign));
  });

  it.each(['check hello.ded', 'check hello.ded --verbose', 'tolerance hello.ded', 'explain hello.ded'])(
    '`%s` is told to who asks for it, and on screens that show nothing else',
    async (line) => {
      const files = { 'hello.ded': HELLO };
      const words = line.split(' ');
      const plain = inAscii(withoutTimes((await ldfi(words, { files })).out));
      expect(withoutTimes((await ldfi([...words, '--ascii'], { files })).out)).toBe(plain);
      expect(withoutTimes((await ldfi(words, { files, ascii: true })).out)).toBe(plain);
    },
  );

  it('is nothing that a program reads', async () => {
    const files = { 'arrow.ded': HELLO.replace('nodes a, b', 'nodes a, "→"').replaceAll('"b"', '"→"') };
    for (const line of ['check arrow.ded --json', 'print arrow.ded', 'explain arrow.ded --as dot'])
      expect((await ldfi(line.split(' '), { files, ascii: true })).out).toContain('→');
  });
});

describe('a locale', () => {
  it.each([
    [{}, false],
    [{ LANG: 'en_US.UTF-8' }, false],
    [{ LANG: 'C.utf8' }, false],
    [{ LANG: '' }, false],
    [{ LANG: 'C' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, true],
    [{ LANG: 'C', LC_CTYPE: 'C.UTF-8' }, false],
    [{ LC_CTYPE: 'C.UTF-8', LC_ALL: 'C' }, true],
  ])('of %j names another character set: %j', (variables, names) => {
    expect(namesOtherCharset(variables)).toBe(names);
  });
});
