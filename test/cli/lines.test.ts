import { describe, expect, it } from 'vitest';
import { greeting, IMPORTS, told } from './folders.js';

/** Its scenarios begin at lines 3, 18 and 18. */
const FILES = {
  's.ts': `${IMPORTS}export const first = ${greeting({ name: 'first' })};
export const others = ['second', 'third'].map((name) => ${greeting({ name: 'other' }).replace('"other"', 'name')});
`,
  'p.ded':
    '// ldfi: nodes a, b\n// ldfi: bounds 3/2/0\np("a", "b")@1;\nq(B, A)@async :- p(A, B);\npre(A) :- p(A, _);\npost(A) :- q(_, A);\n',
  /** Made by a function at line 3, for line 18 and line 20. */
  'made.ts': `${IMPORTS}const made = (name: string) => ${greeting({ name: 'made' }).replace('"made"', 'name')};
export const one = made('one');

export const two = made('two');
`,
  'odd:4': '',
};

async function listed(words: string): Promise<readonly string[]> {
  const { out, err } = await told(`check --list ${words}`, FILES);
  expect(err).toBe('');
  return [...out.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name);
}

describe('file.ts:line', () => {
  it.each([
    ['s.ts:3', ['first']],
    ['s.ts:12', ['first']],
    ['s.ts:12:5', ['first']],
    ['s.ts:18', ['second', 'third']],
    ['s.ts:1000', ['second', 'third']],
    ['s.ts:3 s.ts:22', ['first', 'second', 'third']],
    ['s.ts:3 s.ts', ['first', 'second', 'third']],
    ['s.ts:22 -g third', ['third']],
    ['made.ts:18', ['one']],
    ['made.ts:19', ['one']],
    ['made.ts:20', ['two']],
    ['p.ded:1', ['3/2/0']],
    ['p.ded:4 s.ts:3', ['3/2/0', 'first']],
  ])('%s means %j', async (words, names) => {
    expect(await listed(words)).toEqual(names);
  });

  it.each([
    ['s.ts:2', 'no scenario is at line 2 of s.ts'],
    ['made.ts:4', 'a line from 18 on, where one begins'],
    ['t.ts:2', 'there is no'],
    ['odd:4', '"odd:4" is no scenario by its name'],
  ])('refuses %s', async (words, message) => {
    const { err, code } = await told(`check ${words} --quiet`, FILES);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('is heeded by other commands', async () => {
    const { out } = await told('replay s.ts:5 --inject drop_a->b@1'.replace('_', '\u00a0'), FILES);
    expect(out).toMatch(/^VIOLATED {2}first /);
  });
});
