/** Nobody sees how many threads there were, nor what was done beyond the first failure where that is the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonDocument } from '../../src/report/json/schema/document.js';
import { withoutTimes } from '../golden.js';
import { HELLO, IDLE, ldfi, PERSISTENT } from './harness.js';

const FILES: Readonly<Record<string, string>> = {
  'hello.ded': HELLO,
  'persistent.ded': PERSISTENT,
  'idle.ded': IDLE,
  'several.ded': PERSISTENT.replace(
    '// ldfi: bounds',
    '// ldfi: bounds 4/2/1 expect violated\n// ldfi: bounds',
  ),
  'surprising.ded': PERSISTENT.replace('expect certified', 'expect violated'),
  'notes.txt': 'no scenario\n',
  'broken.ded': 'p("a");\nq(X) :- p(Y);\n',
};

/** Some of the files, in some order. */
const some = fc.shuffledSubarray(
  Object.keys(FILES).filter((file) => file.endsWith('.ded')),
  { minLength: 1 },
);
const options = fc.shuffledSubarray(['--bail', '--as-expected', '--quiet', '--json'], { maxLength: 3 });

async function check(files: readonly string[], args: readonly string[], jobs: number) {
  const { code, out, err } = await ldfi(['check', ...files, ...args, '--jobs', String(jobs)], {
    files: FILES,
  });
  const timeless = withoutTimes(out).replace(/"(elapsed|processor)":[\d.e-]+/g, '"$1":0');
  return { code, out: timeless, err: withoutTimes(err) };
}

describe('--jobs', () => {
  it('changes nothing of what is told', async () => {
    await fc.assert(
      fc.asyncProperty(some, options, fc.integer({ min: 2, max: 5 }), async (files, args, jobs) => {
        expect(await check(files, args, jobs)).toEqual(await check(files, args, 1));
      }),
      { numRuns: 12 },
    );
  });
});

describe('--bail', () => {
  it('ends behind the first scenario that would not let it exit 0, and names the others', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.constantFrom([], ['--as-expected']), async (files, args) => {
        const alone = await Promise.all(files.map((file) => check([file], args, 1)));
        const first = alone.findIndex(({ code }) => code !== 0);
        const end = first === -1 ? files.length : first + 1;
        const { code, out, err } = await check(files, [...args, '--quiet', '--bail'], 1);
        const whole = await check(files.slice(0, end), [...args, '--quiet'], 1);
        expect({ code, out }).toEqual({ code: whole.code, out: whole.out });
        const left = files.slice(end);
        if (left.length === 0) expect(err).not.toContain('RUN124');
        else expect(err).toContain(`not checked: ${left.join(', ')}\n`);
      }),
      { numRuns: 6 },
    );
  });

  it('does not begin where what is named cannot be loaded', async () => {
    const { code, out, err } = await check(['persistent.ded', 'notes.txt'], ['--bail', '--json'], 1);
    expect(code).toBe(2);
    expect(err).toBe('');
    const { results, diagnostics } = JSON.parse(out) as JsonDocument;
    expect(results).toEqual([]);
    expect(diagnostics.map((each) => each.code)).toEqual(['RUN215', 'RUN124']);
  });
});
