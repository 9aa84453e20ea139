/** Documents of unknown origin are read or refused, and exactly as their schema says. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/report/json/read.js';
import type { JsonDocument } from '../../../src/report/json/schema/document.js';
import { toJson } from '../../../src/report/json/findings.js';
import { jsonSchema } from '../../../src/report/json/json-schema.js';
import { damagedJson, type Json } from '../../fuzz/hostile/json.js';
import { results } from '../../runner/fixtures.js';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema);

const document = parsed(
  toJson({ results: Object.values(results), runs: [], verifications: [], diagnostics: [] }),
);

function parsed(json: unknown): JsonDocument {
  return JSON.parse(JSON.stringify(json)) as JsonDocument;
}

/** The whole with one result changed. */
function withResult(change: Readonly<Record<string, unknown>>): unknown {
  return { ...document, results: [{ ...document.results[0], ...change }] };
}

/** The whole with a field that is the prototype of an object elsewhere. */
function withPrototype(): unknown {
  return JSON.parse(JSON.stringify(document).replace('{', '{"__proto__":{},'));
}

function refusalOf(json: unknown): string {
  try {
    readDocument(parsed(json));
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a document', () => {
  it('is refused wherever its schema does not allow it', () => {
    fc.assert(
      fc.property(damagedJson([document as unknown as Json], ['kind', 'time', 'eot', 'version']), (json) => {
        const isAccepted = refusalOf(json) === 'accepted';
        if (isAccepted) expect(validate(parsed(json)), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', null, 'the whole is null, and not Object'],
    [
      'another version',
      { ...document, version: 1 },
      'the document is of version 1, and this reads version 2',
    ],
    ['a field too many', { ...document, extra: 1 }, 'extra is unknown'],
    ['a field too few', { version: 2 }, 'results is missing'],
    [
      'an unknown verdict',
      withResult({ verdict: { kind: 'good' } }),
      'results[0].verdict.kind is "good", and not "violated" or "certified" or "vacuous" or "inconclusive"',
    ],
    ['a number for a name', withResult({ name: 1 }), 'results[0].name is 1, and not string'],
    [
      'bounds without end',
      withResult({ bounds: { eot: 0, eff: 0, crashes: 0 } }),
      'results[0].bounds.eot is 0, and not 1 or more',
    ],
    ['a field of the prototype', withPrototype(), '__proto__ is unknown'],
  ])('of %s is refused with the place', (_, json, why) => {
    expect(refusalOf(json)).toContain(why);
  });

  const violated = document.results.find(({ verdict }) => verdict.kind === 'violated')!;

  it('is refused where it would take time without bound', () => {
    const bounds = { ...violated.bounds, eot: 2 ** 40 };
    expect(refusalOf({ ...document, results: [{ ...violated, bounds }] })).toContain(
      'results[0].bounds.eot is 1099511627776, and not 10000 or less',
    );
  });

  it('is refused where a diagnostic points to where there is no text', () => {
    expect(refusalOf({ ...document, sources: [] })).toContain('points to where there is no text');
  });
});
