/** Hostile text for the reader of Dedalus: damaged programs, of the library and random ones, and words at random. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readDedalusText } from '../../../../src/model/dedalus/read.js';
import { generatedProgram } from '../../../generators/dedalus.js';
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

export const dedalusTarget = target(
  'the reader of Dedalus',
  fc.oneof(
    { arbitrary: damaged(random, TOKENS), weight: 4 },
    { arbitrary: damaged(library, TOKENS), weight: 2 },
    { arbitrary: soup, weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 200 }), weight: 1 },
  ),
  (text) => {
    expectToBeReadOrRefused(readDedalusText(text));
  },
);
