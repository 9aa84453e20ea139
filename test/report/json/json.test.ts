import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../../src/model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import { reportVerification } from '../../../src/report/text/verification.js';
import type { VerificationResult } from '../../../src/runner/certificate/result.js';
import { fromJson, toJson, type Findings } from '../../../src/report/json/findings.js';
import type { JsonDocument } from '../../../src/report/json/schema/document.js';
import { jsonSchema } from '../../../src/report/json/json-schema.js';
import { reportCheck, reportLine } from '../../../src/report/text/report.js';
import { reportRun } from '../../../src/report/text/run.js';
import type { RunResult } from '../../../src/runner/result.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { reportSystem, reportSystemLine } from '../../../src/report/text/systems/report.js';
import { ldfi } from '../../cli/harness.js';
import { systemResults } from '../system-results.js';
import { failureFree, replication, replicationDivergence, results } from '../../runner/fixtures.js';
import { checkHandlers, copies, logShipping, pair, poll } from '../../runner/handlers/scenarios.js';

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(jsonSchema);
const options = { width: 80, style: plainStyle, verbose: true };

/** What a reader of the printed document gets. */
function printAndParse(findings: Partial<Findings>): JsonDocument {
  return JSON.parse(JSON.stringify(toJson(findings))) as JsonDocument;
}

function complaints(document: unknown): readonly unknown[] {
  return validate(document) ? [] : (validate.errors ?? []);
}

const bounds = { eot: 6, eff: 4, crashes: 1 };
const runs: readonly RunResult[] = [
  { name: 'kafka.ded', bounds, run: replication, divergence: replicationDivergence },
  { name: 'log.ded', bounds: { ...bounds, eot: 4, eff: 0 }, run: failureFree, divergence: undefined },
];
const source = { name: '--eot', text: '1e3' };
const altered = diagnostic('RUN405', 'violation.cnf is not as it was written');
const certificate = {
  folder: 'certificates/kafka-6-4-1-0f9a5b7c',
  scenario: { file: 'kafka.ded', name: null },
  nodes: ['a', 'b'],
  bounds,
  faultSets: '123456789012345678901234567890',
  properties: [
    { name: 'agreement', schedule: '' },
    { name: 'recovery', schedule: 'crash a@3' },
  ],
  cnf: { variables: 3, clauses: 5 },
};
const verified = { kind: 'valid', solver: 'minisat', runs: 200, asking: 100 } as const;
const verifications: readonly VerificationResult[] = [
  { ...certificate, outcome: { ...verified, proofSteps: undefined } },
  {
    ...certificate,
    scenario: { file: 'log.ts', name: 'log shipping' },
    outcome: { ...verified, proofSteps: 17 },
  },
  { ...certificate, outcome: { kind: 'refuted', run: runs[0], problems: [altered] } },
  { ...certificate, outcome: { kind: 'invalid', problems: [altered] } },
];
const everything: Findings = {
  results: Object.values(results),
  runs,
  verifications,
  systems: systemResults,
  diagnostics: [
    diagnostic('RUN105', '--eot cannot be `1e3`', {
      span: { source, start: 0, end: 3 },
      expected: 'an integer',
    }),
  ],
};

describe('the JSON document', () => {
  it('is valid by its schema', () => {
    expect(complaints(printAndParse(everything))).toEqual([]);
    expect(complaints(printAndParse({}))).toEqual([]);
  });

  it('gives back everything it was made from', async () => {
    expect(await fromJson(printAndParse(everything))).toEqual(everything);
  });

  it.each(Object.entries(results))('rebuilds the report of %s', async (_, result) => {
    const document = printAndParse({ results: [result] });
    const [rebuilt] = (await fromJson(document)).results;
    expect(reportCheck(rebuilt, options)).toBe(reportCheck(result, options));
    expect(reportLine(rebuilt, options)).toBe(reportLine(result, options));
    expect(rebuilt.warnings.map((each) => formatDiagnostic(each))).toEqual(
      result.warnings.map((each) => formatDiagnostic(each)),
    );
  });

  it.each(runs)('rebuilds the report of a run of $name', async (run) => {
    const document = printAndParse({ runs: [run] });
    const [rebuilt] = (await fromJson(document)).runs;
    expect(reportRun(rebuilt, options)).toBe(reportRun(run, options));
  });

  it.each(verifications)(
    'rebuilds the report of a certificate that is $outcome.kind',
    async (verification) => {
      const document = printAndParse({ verifications: [verification] });
      const [rebuilt] = (await fromJson(document)).verifications;
      expect(reportVerification(rebuilt, options)).toEqual(reportVerification(verification, options));
    },
  );

  it.each(systemResults)('rebuilds the report of a system that is $verdict.kind', async (system) => {
    const [rebuilt] = (await fromJson(printAndParse({ systems: [system] }))).systems;
    expect(reportSystem(rebuilt, options)).toBe(reportSystem(system, options));
    expect(reportSystemLine(rebuilt, options)).toBe(reportSystemLine(system, options));
  });

  it('is read where it was made before there were running systems', async () => {
    const { systems, ...before } = printAndParse(everything);
    expect(systems).toHaveLength(systemResults.length);
    expect(await fromJson(before)).toEqual({ ...everything, systems: [] });
  });

  it.each(Object.entries({ poll, logShipping, pair, copies }))(
    'rebuilds the report of handlers: %s',
    async (_, scenario) => {
      const result = await checkHandlers(scenario, { because: true });
      const document = printAndParse({ results: [result] });
      expect(complaints(document)).toEqual([]);
      const { results: rebuilt } = await fromJson(document);
      expect(rebuilt).toEqual([result]);
      expect(reportCheck(rebuilt[0], options)).toBe(reportCheck(result, options));
    },
  );

  it('says where a diagnostic points in lines and columns', () => {
    const { results: encoded, sources } = printAndParse(everything);
    const place = encoded.flatMap(({ warnings }) => warnings)[0].place!;
    expect(place).toMatchObject({ line: 2, column: 9 });
    expect(sources[place.source].text.slice(place.start, place.end)).toBe('q(X)');
  });

  it('is refused where its version is another', async () => {
    const earlier = { ...printAndParse(everything), version: 1 };
    await expect(fromJson(earlier)).rejects.toThrow(
      new RangeError(
        'the document is of version 1, and this reads version 2: print it anew with the ldfi that is to read it',
      ),
    );
    expect(complaints(earlier)).not.toEqual([]);
  });

  it.each([
    ['a missing field', { results: [], runs: [], verifications: [], diagnostics: [] }],
    ['an unknown field', { ...printAndParse(everything), extra: 1 }],
    ['no document', []],
  ])('is refused by its schema with %s', (_, document) => {
    expect(complaints(document)).not.toEqual([]);
  });
});

describe('docs/json.md', () => {
  const text = readFileSync(new URL('../../../docs/json.md', import.meta.url), 'utf8');

  it('shows a valid document', () => {
    const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(
      ([, example]) => JSON.parse(example) as unknown,
    );
    expect(examples).not.toEqual([]);
    for (const example of examples) expect(complaints(example)).toEqual([]);
  });

  it('shows what ldfi prints for the program beside it', async () => {
    const program = /```dedalus\n(.*?)```/s.exec(text)![1];
    const shown = /```json\n(.*?)```/s.exec(text)![1];
    const { out } = await ldfi(['check', 'hello.ded', '--json'], { files: { 'hello.ded': program } });
    expect(withoutMeasures(JSON.parse(out))).toEqual(withoutMeasures(JSON.parse(shown)));
  });

  it('speaks of every field', () => {
    const missing = [...fieldsOf(jsonSchema)].filter((field) => !text.includes(`\`${field}\``));
    expect(missing).toEqual([]);
  });
});

/** Without what improves as the program does. */
function withoutMeasures(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    ['elapsed', 'processor', 'statistics'].includes(key) ? undefined : value,
  );
}

/** The names of all properties that a schema describes. */
function fieldsOf(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  // Every object of it has all its properties; one of them is called `properties`.
  const own = 'required' in schema ? (schema.required as readonly string[]) : [];
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...fieldsOf(part)])]);
}
