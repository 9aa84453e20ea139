/** Certificates that were altered, by accident or by someone who knows how they are made. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/runner/certificate/certificate.js';
import { claimOf } from '../../../src/runner/certificate/claim.js';
import type { CertificateDocument } from '../../../src/runner/certificate/document.js';
import {
  CERTIFICATE_FILES,
  CNF_FILE,
  DOCUMENT_FILE,
  PROOF_FILE,
  type CertificateFile,
  type CertificateFiles,
} from '../../../src/runner/certificate/files.js';
import { printDocument } from '../../../src/runner/certificate/text.js';
import { readTexts } from '../../../src/runner/certificate/read.js';
import { certificateOf, complaints, CURT, forged, greetings, pool, read, rules } from './certificates.js';

let files: CertificateFiles;
let document: CertificateDocument;
beforeAll(async () => {
  ({ files } = await certificateOf(greetings, { proof: true }));
  ({ document } = read(files));
});

function replaced(file: CertificateFile, text: string): CertificateFiles {
  return new Map([...files, [file, text]]);
}

/** One place of one file, with something else in it. */
const mutation = fc.record({
  file: fc.constantFrom(...CERTIFICATE_FILES),
  at: fc.nat(),
  removed: fc.nat(3),
  inserted: fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('0', '-', ' ', '\n', '1', '"', '{', 'd ')),
});

describe('an accident', () => {
  it('anywhere in any file is noticed', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async ({ file, at, removed, inserted }) => {
        const text = files.get(file)!;
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + inserted + text.slice(place + removed);
        fc.pre(changed !== text);
        expect(await complaints(replaced(file, changed))).not.toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('to any one byte of the document is noticed before it is verified', () => {
    const text = files.get(DOCUMENT_FILE)!;
    for (let place = 0; place < text.length; place++) {
      const other = text[place] === 'x' ? 'y' : 'x';
      const reading = readTexts(
        replaced(DOCUMENT_FILE, text.slice(0, place) + other + text.slice(place + 1)),
      );
      const told = reading.kind === 'certificate' ? reading.certificate.problems : reading.diagnostics;
      expect(told).not.toEqual([]);
    }
  });

  it.each(CERTIFICATE_FILES)('that loses %s is told', async (file) => {
    const left = new Map([...files].filter(([name]) => name !== file));
    expect(await complaints(left)).toEqual(['RUN403']);
  });

  it('that brings in a proof of something else is told', async () => {
    const { files: without } = await certificateOf(greetings);
    const both = new Map([...without, [PROOF_FILE, files.get(PROOF_FILE)!] as const]);
    expect(await complaints(both)).toContain('RUN405');
  });
});

describe('a forger who makes every digest fit', () => {
  const lines = () => files.get(CNF_FILE)!.trimEnd().split('\n');
  const clause = (change: (clauses: string[]) => void) => {
    const all = lines();
    const first = all.findIndex((line) => line.startsWith('p ')) + 1;
    const clauses = all.slice(first);
    change(clauses);
    return `${[...all.slice(0, first), ...clauses].join('\n')}\n`;
  };

  it.each<[string, (clauses: string[]) => void]>([
    ['removes a clause', (clauses) => clauses.splice(3, 1)],
    ['adds a clause that makes it unsatisfiable', (clauses) => clauses.push('1 0', '-1 0')],
    ['adds the empty clause', (clauses) => clauses.push('0')],
    [
      'flips a literal',
      (clauses) => (clauses[0] = clauses[0].startsWith('-') ? clauses[0].slice(1) : `-${clauses[0]}`),
    ],
    ['changes the order of clauses', (clauses) => clauses.reverse()],
    ['writes the same otherwise', (clauses) => (clauses[0] = clauses[0].replace(' 0', '  0'))],
  ])('and %s is found out', async (_, change) => {
    expect(await complaints(forged(files, {}, { cnf: clause(change) }))).toContain('RUN407');
  });

  it('and changes what a comment says of the variables is found out', async () => {
    const cnf = files.get(CNF_FILE)!.replace('c 4 drop a->b@1', 'c 4 drop b->a@1');
    expect(cnf).not.toBe(files.get(CNF_FILE));
    expect(await complaints(forged(files, {}, { cnf }))).toEqual(['RUN407']);
  });

  it('and changes what variables mean is found out', async () => {
    const [first, second, ...others] = document.variables;
    const swapped = [{ ...second, variable: 1 }, { ...first, variable: 2 }, ...others];
    expect(await complaints(forged(files, { variables: swapped }))).toEqual(['RUN405']);
  });

  it.each([
    ['more time', { bounds: { eot: 6, eff: 3, crashes: 1 } }, ['RUN403']],
    ['more crashes', { bounds: { eot: 5, eff: 3, crashes: 2 } }, ['RUN407', 'RUN405']],
    ['other nodes', { nodes: ['c', 'b', 'a'] }, ['RUN407']],
    ['unknown nodes', { nodes: ['a', 'b', 'd'] }, ['RUN103']],
    ['more fault sets', { faultSets: '17' }, ['RUN405']],
    ['another size', { cnf: { variables: 1, clauses: 1, sha256: '' } }, ['RUN405']],
    [
      'a property too many',
      {
        properties: [
          { name: 'pre', schedule: '' },
          { name: 'post', schedule: '' },
        ],
      },
      ['RUN405'],
    ],
    ['no property', { properties: [] }, ['RUN405']],
    ['a run that is asked nothing', { properties: [{ name: 'pre', schedule: 'crash a@1' }] }, ['RUN405']],
    ['a run that is not admissible', { properties: [{ name: 'pre', schedule: 'drop a->b@9' }] }, ['RUN405']],
    ['a run in other words', { properties: [{ name: 'pre', schedule: 'nothing' }] }, ['RUN405']],
    ['another protocol', { protocol: { kind: 'rules', sha256: '0'.repeat(64) } }, ['RUN406']],
    ['another language', { protocol: { kind: 'handlers', sha256: '0'.repeat(64) } }, ['RUN406']],
    ['bounds that make no sense', { bounds: { eot: 2, eff: 3, crashes: 0 } }, ['RUN403']],
    ['enormous bounds', { bounds: { eot: 10_000, eff: 9_999, crashes: 2 } }, ['RUN403']],
    ['a node twice', { nodes: ['a', 'a', 'b'] }, ['RUN403']],
  ] as const)('and claims %s is found out', async (_, change, codes) => {
    const told = await complaints(forged(files, change));
    for (const code of codes) expect(told).toContain(code);
  });

  it('and certifies what is violated is refuted', async () => {
    const curt = { protocol: rules(CURT), text: undefined };
    const protocol = digestOf(curt)!;
    const { cnf } = claimOf(
      { ...curt, nodes: document.nodes, bounds: document.bounds },
      await pool.factory('minisat'),
    );
    const size = { variables: cnf.variables, clauses: cnf.clauses.length, sha256: '' };
    expect(await complaints(forged(files, { protocol, cnf: size }), curt)).toContain('refuted');
  });

  it('can change nothing but how the verdict was reached, and what the scenario is called', async () => {
    const established = { ...document.established, representation: 'circuit', confirmed: false } as const;
    const scenario = { file: 'other.ded', name: 'other' };
    expect(await complaints(forged(files, { established, scenario, ldfi: '9.9.9' }))).toEqual([]);
  });

  it.each([
    ['leaves out every other step', (steps: string[]) => steps.filter((_, index) => index % 2 === 1)],
    ['begins with the contradiction', (steps: string[]) => ['0', ...steps]],
    ['ends before it', (): string[] => ['1 -1 0']],
    ['speaks of variables that there are not', (steps: string[]) => ['100000 0', ...steps]],
  ])('and writes a proof that %s is found out', async (_, change) => {
    const proof = `${change(files.get(PROOF_FILE)!.trimEnd().split('\n')).join('\n')}\n`;
    const told = await complaints(forged(files, {}, { proof }));
    expect(told).toEqual(['RUN408']);
  });
});

describe('a document of unknown origin', () => {
  const misshapen = (json: unknown) => readTexts(replaced(DOCUMENT_FILE, JSON.stringify(json)));

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', '[]'],
    ['null', 'null'],
    ['nested without end', '['.repeat(100_000)],
    ['something else', '{"version":2}'],
    ['a prototype', '{"__proto__":{"polluted":true},"version":2}'],
    ['a prototype in a field', '{"version":2,"scenario":{"__proto__":{"polluted":true}}}'],
    ['a constructor', '{"constructor":{"prototype":{"polluted":true}},"version":2}'],
  ])('that is %s is refused', (_, text) => {
    const reading = readTexts(replaced(DOCUMENT_FILE, text));
    expect(reading).toMatchObject({ kind: 'unreadable', diagnostics: [{ code: 'RUN403' }] });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['no bounds', { bounds: undefined }, 'bounds is missing'],
    ['a time too early', { bounds: { eot: 0, eff: 0, crashes: 0 } }, 'bounds.eot is 0, and not 1 or more'],
    [
      'half a crash',
      { bounds: { eot: 5, eff: 3, crashes: 0.5 } },
      'bounds.crashes is 0.5, and not a whole number',
    ],
    [
      'another solver',
      { established: { strategy: 'random' } },
      'established.strategy is "random", and not "compiled"',
    ],
    [
      'no digest',
      { protocol: { kind: 'rules', sha256: 'abc' } },
      'protocol.sha256 is "abc", and not a SHA-256 digest',
    ],
    [
      'a count in words',
      { faultSets: 'many' },
      'faultSets is "many", and not a whole number in decimal digits',
    ],
    ['a field too many', { more: 1 }, 'more is unknown'],
    ['a node twice', { nodes: ['a', 'b', 'a'] }, 'nodes names one twice'],
    ['too few variables', { variables: [] }, 'variables has 0, and not the 24 that the bounds ask for'],
  ])('with %s is refused, with the place', (_, change, why) => {
    const reading = misshapen({ ...JSON.parse(files.get(DOCUMENT_FILE)!), ...change });
    const message = `certificate.json is no certificate: ${why}`;
    expect(reading).toMatchObject({ kind: 'unreadable', diagnostics: [{ code: 'RUN403', message }] });
  });

  it.each([0, 1, 1e9])('that is of version %d is told apart', (version) => {
    const reading = misshapen({ ...JSON.parse(files.get(DOCUMENT_FILE)!), version });
    expect(reading).toMatchObject({ kind: 'unreadable', diagnostics: [{ code: 'RUN404' }] });
  });

  it('whatever it is, is read or refused', () => {
    const fields = fc.constantFrom(...Object.keys(document), '__proto__', 'toString', 'length');
    fc.assert(
      fc.property(fields, fc.jsonValue({ maxDepth: 4 }), (field, value) => {
        const json = JSON.parse(files.get(DOCUMENT_FILE)!) as Record<string, unknown>;
        fc.pre(JSON.stringify(json[field]) !== JSON.stringify(value));
        Object.defineProperty(json, field, { value, enumerable: true });
        const reading = misshapen(json);
        const told = reading.kind === 'certificate' ? reading.certificate.problems : reading.diagnostics;
        expect(told).not.toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('with a field too many is not taken for the one that was written', () => {
    expect(printDocument({ ...document, more: 1 } as CertificateDocument)).toBe(printDocument(document));
    const json = JSON.parse(files.get(DOCUMENT_FILE)!) as object;
    expect(misshapen({ ...json, more: 1 })).toMatchObject({ kind: 'unreadable' });
  });
});
