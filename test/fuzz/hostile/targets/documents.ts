/** Hostile JSON: documents as `--json` prints them, and certificates, each damaged as data and as text. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readTexts } from '../../../../src/runner/certificate/read.js';
import { DOCUMENT_FILE } from '../../../../src/runner/certificate/files.js';
import { fromJson, toJson } from '../../../../src/report/json/findings.js';
import { jsonSchema } from '../../../../src/report/json/json-schema.js';
import {
  nameOfRegression,
  parseRegression,
  printRegression,
  UnknownRegression,
} from '../../../../src/runner/regressions/document.js';
import type { Regression } from '../../../../src/runner/regressions/regression.js';
import { readGolden } from '../../../golden.js';
import { expectToPointIntoText } from '../../../laws/reading.js';
import { certificateOf, greetings } from '../../../runner/certificate/certificates.js';
import { replication, replicationDivergence, results } from '../../../runner/fixtures.js';
import { damaged } from '../edits.js';
import { damagedJson, type Json } from '../json.js';
import { target } from '../target.js';

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  'null',
  'true',
  '1e999',
  '-',
  '"__proto__":{},',
  '\n',
  '0',
];

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema);

const documents = Object.values(results).map((result) =>
  toJson({ results: [result], runs: [], verifications: [], diagnostics: [] }),
);
const run = {
  name: 'kafka.ded',
  bounds: { eot: 6, eff: 4, crashes: 1 },
  run: replication,
  divergence: replicationDivergence,
};
const bases = [...documents, toJson({ results: [], runs: [run], verifications: [], diagnostics: [] })].map(
  (document) => JSON.parse(JSON.stringify(document)) as Json,
);

const NAMES = ['kind', 'version', 'verdict', 'time', 'facts', 'source', 'start', 'eot', 'tuple', 'faultSets'];

/** As a reader has it who parses the text first; text that is no JSON is refused before ldfi sees it. */
const parsed = fc.oneof(
  damagedJson(bases, NAMES),
  damaged(
    bases.map((base) => JSON.stringify(base)),
    TOKENS,
  ).map(parseOrNull),
);

function parseOrNull(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

export const documentTarget = target('the reader of JSON documents', parsed, async (json) => {
  // Through text, which is how a field named `__proto__` gets there.
  const document: unknown = JSON.parse(JSON.stringify(json));
  let accepted = true;
  try {
    await fromJson(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    accepted = false;
  }
  // What it refuses beyond the schema points to where nothing is.
  if (!validate(document)) expect(accepted, JSON.stringify(validate.errors)).toBe(false);
});

/** Texts of certificates, of which one byte more or less must not go unnoticed. */
export async function certificateTarget() {
  const { files } = await certificateOf(greetings, { proof: true });
  const whole = files.get(DOCUMENT_FILE)!;
  const texts = fc.oneof(
    damaged([whole], TOKENS),
    damagedJson([JSON.parse(whole) as Json], NAMES).map((json) => `${JSON.stringify(json, undefined, 2)}\n`),
  );
  return target('the reader of certificates', texts, (text) => {
    const reading = readTexts(new Map([...files, [DOCUMENT_FILE, text]]));
    const told = reading.kind === 'unreadable' ? reading.diagnostics : reading.certificate.problems;
    expectToPointIntoText(told);
    expect(told.length > 0).toBe(text !== whole);
  });
}

const saved = readGolden('cli/regression saved');

/** Files of saved counterexamples, which anybody may have edited. */
const regressions = fc.oneof(
  damaged([saved], TOKENS),
  damagedJson([JSON.parse(saved) as Json], [...NAMES, 'faults', 'anchor', 'after', 'nth']).map((json) =>
    JSON.stringify(json),
  ),
);

export const regressionTarget = target('the reader of saved counterexamples', regressions, (text) => {
  const read = regressionIn(text);
  if (read === undefined) return;
  // Bounds that are as by default are left out.
  const written = printRegression(read);
  expect(printRegression(parseRegression(written))).toBe(written);
  expect(nameOfRegression(read)).toMatch(/^[\w.-]+\.json$/);
});

function regressionIn(text: string): Regression | undefined {
  try {
    return parseRegression(text);
  } catch (error) {
    const isRefusal =
      error instanceof SyntaxError || error instanceof RangeError || error instanceof UnknownRegression;
    if (!isRefusal) throw error;
    return undefined;
  }
}
