import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

const FILES = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };

/** A message that is lost is lost. */
const SENT_ONCE = ['hello.ded', '--eot', '5', '--eff', '2', '--crashes', '0'];

async function repair(words: readonly string[]) {
  return ldfi(['repair', ...words], { files: FILES });
}

describe('ldfi repair', () => {
  it.each([
    ['what is sent once', SENT_ONCE],
    ['what no change of rules repairs', ['hello.ded', '--crashes', '1']],
    ['what is certified as it is', ['persistent.ded']],
  ])('tells of %s', async (name, words) => {
    const { out, err, code } = await repair(words);
    expect([err, code]).toEqual(['', 0]);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    await expectGolden(`$ ldfi repair ${words.join(' ')}\n${out}`, `cli/repair ${name}`);
  });

  it('prints a document that its schema describes', async () => {
    const schema = JSON.parse((await ldfi(['schema', 'repair'])).out) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const words of [SENT_ONCE, ['persistent.ded'], ['none.ded']]) {
      const document = JSON.parse((await repair([...words, '--json'])).out) as object;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ version: 2 })).toBe(false);
  });

  it('prints the patch of the cheapest repair alone', async () => {
    const { out, code } = await repair([...SENT_ONCE, '--as', 'patch']);
    expect(code).toBe(0);
    await expectGolden(out, 'cli/repair patch');
  });

  it.each([
    [['hello.ded', '--limit', '0'], '--limit cannot be `0`'],
    [['hello.ded', '--as', 'dot'], '--as'],
    [['scenarios/handlers/votes-on-disk.ts', '-g', 'memory', '--as', 'patch'], 'is not written as Dedalus'],
  ])('refuses %j', async (words, complaint) => {
    const { out, err, code } = await ldfi(
      ['repair', ...words],
      words[0].endsWith('.ts') ? {} : { files: FILES },
    );
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain(complaint);
  });
});
