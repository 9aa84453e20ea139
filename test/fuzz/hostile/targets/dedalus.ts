/** Hostile text for the reader of Dedalus: damaged programs, of the library and random ones, and words at random. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import { generatedProgram } from '../../../generators/dedalus.js';
import { CLAUSES, JOINS, LONG_CLAUSES, runOf } from '../../../generators/growing.js';
import { expectToBeReadOrRefused } from '../../../laws/reading.js';
import { damaged } from '../edits.js';
import { target } from '../target.js';

const FOLDER = 'scenarios/dedalus';

const TOKENS = [
  ...['p', 'q', 'X', '_', 'include', 'notin', 'count<', 'next', 'async', 'crash', 'pre', 'post', '"a"', '"'],
  ...['1', '-5', '0', '9007199254740992', ':-', ';', '(', ')', ',', '@', '<', '>', '==', '=', '+', '/', '//'],
  ...['/*', '*/', '\n', ' ', '.', '!', '\\', '\\u{', '// ldfi: nodes ', '// ldfi: bounds 6/4/1 expect '],
];

const library = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ded'))
  .sort()
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));

/** Generating one takes as long as reading ten. */
const SAMPLES = 200;

const random = fc
  .sample(generatedProgram(), { numRuns: SAMPLES, seed: 1 })
  .map((generated) => String(generated));

const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(''));

/** In characters, as of what is damaged. */
const LONGEST = 100_000;

const families = Object.values({ ...CLAUSES, ...LONG_CLAUSES, ...JOINS });

const grown = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...families),
      runOf.map(({ text }) => text),
    ),
    fc.integer({ min: 1, max: 10_000 }),
  )
  .map(([text, size]) => text(size).slice(0, LONGEST));

export const dedalusTarget = target(
  'the reader of Dedalus',
  fc.oneof(
    { arbitrary: damaged(random, TOKENS), weight: 400 },
    { arbitrary: damaged(library, TOKENS), weight: 200 },
    { arbitrary: soup, weight: 200 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 200 }), weight: 100 },
    // They take some hundred times as long.
    { arbitrary: grown, weight: 2 },
  ),
  (text) => {
    expectToBeReadOrRefused(readDedalusText(text));
  },
);
