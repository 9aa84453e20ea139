import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

const files = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };

async function tolerance(words: readonly string[]) {
  return ldfi(['tolerance', ...words], { files });
}

describe('ldfi tolerance', () => {
  it.each([
    ['a message that is sent once', ['hello.ded']],
    ['a message that is repeated', ['persistent.ded']],
    ['rates', ['hello.ded', '--crashes', '1', '--probability', 'omission=0.01, crash=1e-3']],
    ['several scenarios', ['hello.ded', 'persistent.ded', '--eot', '4', '-v']],
  ])('tells of %s', async (name, words) => {
    const { out, err, code } = await tolerance(words);
    expect([err, code]).toEqual(['', 0]);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    await expectGolden(`$ ldfi tolerance ${words.join(' ')}\n${out}`, `cli/tolerance ${name}`);
  });

  it('tells of a published bug', async () => {
    const { out } = await ldfi(['tolerance', 'scenarios/dedalus/kafka.ded', '--eot', '6']);
    await expectGolden(out, 'cli/tolerance kafka');
  });

  it('prints a document that its schema describes', async () => {
    const schema = JSON.parse((await ldfi(['schema', 'tolerance'])).out) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const words of [
      ['hello.ded'],
      ['persistent.ded', '--probability', 'omission=0.5'],
      ['persistent.ded', '--delays', '1', '--duplicates', '1'],
    ]) {
      const document = JSON.parse((await tolerance([...words, '--json'])).out) as object;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate({ version: 2 })).toBe(false);
  });

  it.each([
    [['hello.ded', '--probability', 'omission'], '--probability cannot be `omission`'],
    [
      ['hello.ded', '--probability', 'loss=0.1'],
      'a probability for each kind (omission, delay, duplicate, named, crash)',
    ],
    [['hello.ded', '--probability', 'crash=2'], '--probability cannot be `crash=2`'],
    [['hello.ded', '--probability', 'crash=0.1,crash=0.2'], '--probability cannot be'],
    [['hello.ded', '--eff', '9'], 'EFF 9 is not before EOT 3'],
    [['none.ded'], 'DED601'],
  ])('does not take %j', async (words, reason) => {
    const { out, err, code } = await tolerance(words);
    expect(out + err).toContain(reason);
    expect(code).toBe(2);
  });
});
