import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

const files = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };

async function protect(words: readonly string[]) {
  return ldfi(['protect', ...words], { files });
}

describe('ldfi protect', () => {
  it.each([
    ['a message that is sent once', ['hello.ded', '--crashes', '1']],
    ['what is certified as it is', ['persistent.ded', '--crashes', '0']],
    ['what is violated without faults', ['hello.ded', '--eot', '4']],
    ['as many sets as wanted', ['persistent.ded', '--crashes', '2', '--limit', '1']],
  ])('tells of %s', async (name, words) => {
    const { out, err, code } = await protect(words);
    expect([err, code]).toEqual(['', 0]);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    await expectGolden(`$ ldfi protect ${words.join(' ')}\n${out}`, `cli/protect ${name}`);
  });

  it('prints a document that its schema describes', async () => {
    const schema = JSON.parse((await ldfi(['schema', 'protect'])).out) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const words of [
      ['hello.ded', '--crashes', '1'],
      ['persistent.ded', '--delays', '1'],
      ['none.ded'],
    ]) {
      const document = JSON.parse((await protect([...words, '--json'])).out) as object;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ version: 2 })).toBe(false);
  });

  it.each([
    [['hello.ded', '--limit', '0'], '--limit cannot be `0`'],
    [['hello.ded', '--eff', '9'], 'EFF 9 is not before EOT 3'],
    [['none.ded'], 'DED601'],
  ])('does not take %j', async (words, reason) => {
    const { out, err, code } = await protect(words);
    expect(out + err).toContain(reason);
    expect(code).toBe(2);
  });
});
