import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASCII_SIGNS, inAscii, namesOtherCharset } from '../../src/cli/ascii.js';
import { faultKinds } from '../../src/injector/faults/kinds.js';
import { displayWidth } from '../../src/model/text/text.js';
import { withoutTimes } from '../golden.js';
import { HELLO, ldfi } from './harness.js';

const GOLDEN = join(import.meta.dirname, '../golden');

/** Texts that ldfi prints for people, of protocols whose own names are of ASCII. */
const TEXTS = ['cli', 'diagrams', 'handlers', 'library', 'reports', 'systems'].flatMap((folder) =>
  readdirSync(join(GOLDEN, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt') && !name.startsWith('wide-and-combining'))
    .map((name) => `${folder}/${name}`),
);

describe('in ASCII', () => {
  it.each(TEXTS)('%s has no other signs', (file) => {
    const text = readFileSync(join(GOLDEN, file), 'utf8');
    expect(inAscii(text).replaceAll(/[\n -~]/g, '')).toBe('');
  });

  it.each(faultKinds)('faults of kind $kind have a sign', ({ notation }) => {
    expect(inAscii(notation.sign.mark)).toMatch(/^[ -~]+$/);
  });

  it('a run with every kind of fault has no other signs', async () => {
    const files = {
      'hello.ded': HELLO.replace(
        '3/2/0',
        '6/4/1 restarts 1 pauses 1 partitions 1 delays 1 duplicates 1 fault own 1',
      ),
    };
    const faults =
      'part a | b@1..2; delay a->b@2+1; dup b->a@2+1; pause b@2..3; fault own a@2; drop a->b@3; restart a@3..5; crash b@5';
    const { out, code } = await ldfi(['replay', 'hello.ded', '--inject', faults, '--ascii'], { files });
    expect(code).not.toBe(2);
    expect(out.replaceAll(/[\n -~]/g, '')).toBe('');
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
