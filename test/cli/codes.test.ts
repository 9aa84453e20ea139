import { expect, it } from 'vitest';
import { codes } from '../../src/model/diagnostics/codes.js';
import { ldfi } from './harness.js';

it('says what a code means, and what to do', async () => {
  const { out, code } = await ldfi(['codes', 'DED204', 'run314']);
  expect(code).toBe(0);
  for (const name of ['DED204', 'RUN314'] as const) {
    const { severity, title, explanation, fix } = codes[name];
    expect(out).toContain(`${severity} ${name}: ${title}\n`);
    expect(out.replaceAll('\n  ', ' ')).toContain(`${explanation} ${fix}`);
  }
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('lists all that there are', async () => {
  const { out, code } = await ldfi(['codes']);
  expect(code).toBe(0);
  expect(out.trimEnd().split('\n')).toEqual(
    Object.entries(codes).map(([name, { title }]) => `${name}  ${title}`),
  );
});

it.each([[['DED204', 'NOPE']], [['NOPE', 'DED204']]])(
  'says what it knows of %j, and what it does not',
  async (words) => {
    const { out, err, code } = await ldfi(['codes', ...words]);
    expect(code).toBe(2);
    expect(out).toBe((await ldfi(['codes', 'DED204'])).out);
    expect(err).toContain('there is no code `NOPE`');
  },
);

it('says which code may be meant', async () => {
  const { out, err, code } = await ldfi(['codes', 'DED2O4', 'x']);
  expect([out, code]).toEqual(['', 2]);
  expect(err).toContain('there is no code `DED2O4`');
  expect(err).toContain('did you mean `DED204`?');
  expect(err).toContain('`ldfi codes` lists all that there are');
});
