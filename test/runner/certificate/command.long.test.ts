/** Certificates as the command line writes and verifies them, in folders of their own. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromJson } from '../../../src/report/json/findings.js';
import type { JsonDocument } from '../../../src/report/json/schema/document.js';
import { ldfi, type Told } from '../../cli/harness.js';
import { expectGolden } from '../../golden.js';
import { CURT, GREETINGS } from './certificates.js';

const HEADER = '// ldfi: nodes a, b, c\n// ldfi: bounds 5/3/1\n';

const MODULE = `import { defineScenario, type } from 'ldfi';
const greet = (_, { self, send }) => void (self === 'a' && send('b', { type: 'hello' }));
const scenario = (name, bounds) => defineScenario({
  name, nodes: ['a', 'b'], bounds,
  handlers: {
    messages: type(), init: () => ({ heard: false }), onStart: greet, onTick: greet,
    onMessage: { hello: () => ({ heard: true }) }, observe: ({ heard }) => heard,
  },
  specification: {
    greeted: { pre: () => true, post: ({ at, nodes }) => nodes.some((node) => node.crashed) || at('b').observed },
  },
});
export const short = scenario('short', { eot: 4, eff: 2, crashes: 1 });
export const long = scenario('long', { eot: 6, eff: 3, crashes: 0 });
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ldfi-certificates-'));
  writeFileSync(join(folder, 'greetings.ded'), HEADER + GREETINGS);
  writeFileSync(join(folder, 'curt.ded'), HEADER + CURT);
  writeFileSync(join(folder, 'greetings.mjs'), MODULE);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function run(line: string): Promise<Told> {
  return ldfi(line.split(' '), { folder });
}

/** The codes that were complained of. */
function codes({ err }: Told): readonly string[] {
  return [...err.matchAll(/(?:error|warning) ([A-Z]+\d+)/g)].map(([, code]) => code);
}

function certificates(parent = 'certificates'): readonly string[] {
  return existsSync(join(folder, parent)) ? readdirSync(join(folder, parent)) : [];
}

describe('ldfi check --certificate', () => {
  it('writes a folder for each certified verdict, and says where', async () => {
    const told = await run('check greetings.ded curt.ded --certificate certificates');
    expect(told).toMatchObject({ code: 1, err: '' });
    const [name, ...others] = certificates();
    expect(others).toEqual([]);
    expect(told.out).toContain(`certificate certificates/${name}\n`);
    expect(readdirSync(join(folder, 'certificates', name)).sort()).toEqual([
      'certificate.json',
      'violation.cnf',
    ]);
  });

  it('writes a proof where one is asked for, and makes folders that are missing', async () => {
    await run('check greetings.ded --certificate some/where/else --proof -q');
    const [name] = certificates('some/where/else');
    expect(readdirSync(join(folder, 'some/where/else', name))).toContain('violation.drat');
  });

  it('replaces a certificate with all its files', async () => {
    await run('check greetings.ded --certificate certificates --proof');
    const [name] = certificates();
    writeFileSync(join(folder, 'certificates', name, 'violation.cnf'), 'p cnf 0 0\n');
    await run('check greetings.ded --certificate certificates');
    expect(certificates()).toEqual([name]);
    expect(readdirSync(join(folder, 'certificates', name)).sort()).toEqual([
      'certificate.json',
      'violation.cnf',
    ]);
    expect((await run('verify-certificate certificates')).code).toBe(0);
  });

  it('leaves a folder alone that holds no certificate', async () => {
    await run('check greetings.ded --certificate certificates');
    const [name] = certificates();
    rmSync(join(folder, 'certificates', name), { recursive: true });
    mkdirSync(join(folder, 'certificates', name));
    writeFileSync(join(folder, 'certificates', name, 'diary.txt'), 'mine');
    const told = await run('check greetings.ded --certificate certificates');
    expect([told.code, codes(told)]).toEqual([2, ['RUN401']]);
    expect(certificates()).toEqual([name]);
    expect(readdirSync(join(folder, 'certificates', name))).toEqual(['diary.txt']);
  });

  it.each(['greetings.ded', 'greetings.ded/below', '/proc/ldfi/certificates', '/dev/null'])(
    'keeps the verdict where it cannot write to %s',
    async (place) => {
      const told = await run(`check greetings.ded --certificate ${place}`);
      expect([told.code, codes(told)]).toEqual([2, ['RUN401']]);
      expect(told.out).toContain('CERTIFIED  greetings.ded');
    },
  );

  it('says so where a certified verdict leaves nothing to certify', async () => {
    const told = await run('check greetings.ded --certificate certificates --strategy alternating');
    expect([told.code, codes(told)]).toEqual([2, ['RUN402']]);
    expect(told.out).toContain('CERTIFIED  greetings.ded');
    expect(certificates()).toEqual([]);
  });

  it('prints one document, which tells what went wrong', async () => {
    const told = await run('check greetings.ded --certificate greetings.ded --json');
    const document = JSON.parse(told.out) as JsonDocument;
    expect(document.results.map(({ verdict }) => verdict.kind)).toEqual(['certified']);
    expect(document.diagnostics.map(({ code }) => code)).toEqual(['RUN401']);
  });

  it('is not disturbed by another check of the same scenario', async () => {
    const line = 'check greetings.ded --certificate certificates --proof';
    const told = await Promise.all([run(line), run(line), run(line)]);
    expect(told.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(certificates()).toHaveLength(1);
    expect((await run('verify-certificate certificates')).code).toBe(0);
  });

  it('has no proof without a certificate', async () => {
    const told = await run('check greetings.ded --proof');
    expect([told.code, codes(told)]).toEqual([2, ['RUN101']]);
  });
});

describe('ldfi verify-certificate', () => {
  it('tells what was verified', async () => {
    await run('check greetings.ded --certificate certificates --proof');
    const told = await run('verify-certificate certificates');
    expect(told).toMatchObject({ code: 0, err: '' });
    await expectGolden(told.out, 'certificates/a-verification');
  });

  it('prints one document, whatever comes of it', async () => {
    await run('check greetings.ded --certificate certificates --proof');
    const [name] = certificates();
    const valid = await run('verify-certificate certificates --json');
    writeFileSync(join(folder, 'greetings.ded'), HEADER + CURT);
    const refuted = await run('verify-certificate certificates --json');
    writeFileSync(join(folder, 'greetings.ded'), HEADER + GREETINGS);
    writeFileSync(join(folder, 'certificates', name, 'violation.cnf'), 'p cnf 0 0\n');
    const invalid = await run('verify-certificate certificates --json');
    rmSync(join(folder, 'certificates', name, 'certificate.json'));
    const none = await run('verify-certificate certificates --json');
    const told = [valid, refuted, invalid, none];
    expect(told.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [1, ''],
      [2, ''],
      [2, ''],
    ]);
    const documents = told.map(({ out }) => JSON.parse(out) as JsonDocument);
    const found = await Promise.all(documents.map((each) => fromJson(each)));
    const outcomes = found.map(({ verifications }) => verifications.map(({ outcome }) => outcome));
    expect(outcomes.map(([outcome]) => outcome?.kind)).toEqual(['valid', 'refuted', 'invalid', undefined]);
    expect(outcomes[1]).toMatchObject([{ run: { name: 'greetings.ded' }, problems: [{ code: 'RUN406' }] }]);
    // The run that refutes is whichever the solver finds.
    const shown = [documents[0], documents[2], documents[3]];
    const texts = shown.map((each) => `${JSON.stringify(each, undefined, 2)}\n`);
    await expectGolden(texts.join('\n'), 'certificates/verifications-in-JSON');
  });

  it('runs as many fault sets as it is told to, chosen by a seed', async () => {
    await run('check greetings.ded --certificate certificates');
    await run('check greetings.ded --eff 2 --crashes 0 --certificate few');
    const outputs = [
      await run('verify-certificate certificates --samples 10 --seed 1 --solver cadical'),
      await run('verify-certificate certificates --samples 10 --seed 1 --solver cadical'),
      await run('verify-certificate few --samples 100000'),
    ].map(({ out }) => out);
    expect(outputs[0]).toMatch(/no model, by cadical\n.*runs +(?:\d|10) of /);
    expect(outputs[1]).toBe(outputs[0]);
    expect(outputs[2]).toMatch(/runs +64 of 64 fault sets/);
  });

  it('refutes what has come to be violated, and shows the run', async () => {
    await run('check greetings.ded --certificate certificates');
    writeFileSync(join(folder, 'greetings.ded'), HEADER + CURT);
    const told = await run('verify-certificate certificates');
    expect([told.code, codes(told)]).toEqual([1, ['RUN406']]);
    expect(told.out).toContain('REFUTED  greetings.ded');
    expect(told.out).toContain('VIOLATED  greetings.ded, one run');
  });

  it('says of another protocol that it was not certified, though it may be', async () => {
    await run('check greetings.ded --certificate certificates');
    writeFileSync(join(folder, 'greetings.ded'), HEADER + GREETINGS.replaceAll('known', 'met'));
    const told = await run('verify-certificate certificates');
    expect([told.code, codes(told)]).toEqual([2, ['RUN406']]);
  });

  it('takes one file instead of the one that one certificate names', async () => {
    await run('check greetings.ded --certificate certificates');
    const text = readFileSync(join(folder, 'greetings.ded'), 'utf8');
    writeFileSync(join(folder, 'moved.ded'), text);
    rmSync(join(folder, 'greetings.ded'));
    expect(codes(await run('verify-certificate certificates'))).toEqual(['DED601']);
    expect((await run('verify-certificate certificates moved.ded')).code).toBe(0);
  });

  it('runs a module only where it is named', async () => {
    await run('check greetings.mjs --certificate certificates --proof');
    expect(certificates()).toHaveLength(2);
    const told = await run('verify-certificate certificates');
    expect([told.code, codes(told)]).toEqual([2, ['RUN101', 'RUN101']]);
    const named = await run('verify-certificate certificates greetings.mjs');
    expect(named).toMatchObject({ code: 0, err: '' });
    expect(named.out.match(/^VALID.*/gm)).toEqual([
      'VALID  long (greetings.mjs)',
      'VALID  short (greetings.mjs)',
    ]);
  });

  it('says where there is no certificate', async () => {
    mkdirSync(join(folder, 'empty'));
    for (const place of ['empty', 'nowhere', 'greetings.ded']) {
      const told = await run(`verify-certificate ${place}`);
      expect([place, told.code, codes(told)]).toEqual([place, 2, ['RUN403']]);
    }
  });

  it('says where a file is no text, or missing', async () => {
    await run('check greetings.ded --certificate certificates');
    const [name] = certificates();
    const cnf = join(folder, 'certificates', name, 'violation.cnf');
    writeFileSync(cnf, Uint8Array.from([0xff, 0xfe]));
    expect(codes(await run('verify-certificate certificates'))).toEqual(['RUN403']);
    rmSync(cnf);
    expect(codes(await run('verify-certificate certificates'))).toEqual(['RUN403']);
    mkdirSync(cnf);
    expect(codes(await run('verify-certificate certificates'))).toEqual(['RUN403']);
  });

  it('gives up when its time ends', async () => {
    await run('check greetings.ded --certificate certificates');
    const told = await run('verify-certificate certificates --samples 100000 --timeout 1ms');
    expect([told.code, codes(told)]).toEqual([2, ['RUN409']]);
  });

  it.each(['--samples 0', '--samples many', '--solver other', '--seed -1', '--timeout never'])(
    'refuses %s',
    async (option) => {
      const told = await run(`verify-certificate certificates ${option}`);
      expect([told.code, codes(told)]).toEqual([2, ['RUN101']]);
    },
  );
});
