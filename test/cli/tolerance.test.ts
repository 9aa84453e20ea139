import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../golden.js';
import { Teller } from '../../src/cli/teller.js';
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

  it('says how far the check is that it makes', () => {
    const told: string[] = [];
    const screen = {
      write: (text: string) => told.push(text),
      isTerminal: true,
      columns: 80,
      colourLevel: 0,
    } as const;
    const options = { presentation: 'report', verbose: false, colour: false, ascii: false } as const;
    const io = { out: { ...screen, write: () => 0 }, err: screen, environment: {} };
    const teller = new Teller(io, { ...options, asExpected: false, log: false }, '1.2.3');
    const since = performance.now() - 5_000;
    const bounds = { eot: 6, eff: 4, crashes: 1 };
    teller.tell({ kind: 'tolerated', told: { kind: 'checking', name: 'hello', bounds } }, since);
    const search = { firings: 0, executions: 0, solverCalls: 0, violating: undefined, covered: undefined };
    const statistics = {
      firings: 0,
      facts: 0,
      handlerRuns: 0,
      localStates: 0,
      gates: 0,
      diagramNodes: 7,
      clauses: 0,
      solverCalls: 0,
      executionsToViolation: 0,
    };
    const progress = { ...search, statistics, phase: 'evaluate', timestep: 3, strategy: 'compiled' } as const;
    teller.tell({ kind: 'progressed', progress: { ...progress, fallbacks: [] } });
    expect(told.join('')).toMatch(/hello 6\/4\/1 {2}5\.\d s {2}evaluate 3\/6 {2}7 diagram nodes$/);
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
