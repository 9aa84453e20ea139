/**
 * The command line from words to exit code, on files that are not there. Whatever it is given, it ends with a code
 * that it documents, and never by an error that only a bug can cause.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { generatedProgram } from '../../../generators/dedalus.js';
import { ldfi } from '../../../cli/harness.js';
import { damaged } from '../edits.js';
import { target } from '../target.js';

/** Of a check that goes on for long, that much is enough. */
const LIMITS = ['--timeout', '300ms', '--max-runs', '20'];

const OPTIONS = [
  ...[['--json'], ['--quiet'], ['--verbose'], ['--all'], ['--eot', '4'], ['--eff', '0'], ['--crashes', '0']],
  ...[
    ['--nodes', 'a,b'],
    ['--nodes', 'a,b,c,d'],
    ['--strategy', 'alternating'],
    ['--strategy', 'exhaustive'],
  ],
  ...[
    ['--strategy', 'random'],
    ['--solver', 'minisat'],
    ['--eot', '0'],
    ['--crashes', '9'],
    ['--as-expected'],
  ],
];

const texts = damaged(
  fc.sample(generatedProgram(), { numRuns: 200, seed: 2 }).map((generated) => String(generated)),
  ['p', 'X', '_', '"a"', '1', '0', ';', ',', 'notin ', ' + ', ' / ', '@1', '@next', '@async', 'max<', '> '],
);

const options = fc.array(fc.constantFrom(...OPTIONS), { maxLength: 3 }).map((chosen) => chosen.flat());
const schedules = damaged(
  ['', 'drop a->b@1', 'crash a@1', 'drop a->b@1; crash b@2'],
  ['@', ';', '->', 'c', '2'],
);

const lines = fc.oneof<fc.MaybeWeightedArbitrary<readonly string[]>[]>(
  { arbitrary: options.map((flags) => ['check', 'x.ded', ...flags, ...LIMITS]), weight: 3 },
  {
    arbitrary: fc.tuple(schedules, options).map(([faults, flags]) => {
      const known = flags.filter(
        (flag) => !/strategy|alternating|exhaustive|random|solver|minisat|all|as-ex/.test(flag),
      );
      return ['replay', 'x.ded', `--inject=${faults}`, ...known];
    }),
    weight: 2,
  },
  {
    arbitrary: fc.constantFrom<readonly string[]>(['print', 'x.ded'], ['print', 'x.ded', '--typescript']),
    weight: 1,
  },
);

export const commandTarget = target('the command line', fc.tuple(lines, texts), async ([args, text]) => {
  const { code, out, err } = await ldfi(args, { files: { 'x.ded': text } });
  expect([0, 1, 2, 3], err).toContain(code);
  expect(err).not.toContain('RUN199');
  if (args.includes('--json') && code !== 2) JSON.parse(out);
});
