/** `ldfi check --list --json`; what is told to people is with the scenarios of modules. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { HELLO, ldfi } from './harness.js';

const files = {
  'hello.ded': HELLO.replace('// ldfi: bounds', '// ldfi: bounds 4/2/1\n// ldfi: bounds'),
  'none.ded': HELLO.replace(/^\/\/ ldfi: bounds.*\n/m, ''),
};

it('prints a document that its schema describes', async () => {
  const { out, code } = await ldfi('check --list --json hello.ded none.ded'.split(' '), { files });
  expect(code).toBe(0);
  const document = JSON.parse(out) as object;
  const validate = new Ajv2020().compile(JSON.parse((await ldfi(['schema', 'list'])).out) as object);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  const common = { name: null, language: 'rules', nodes: ['a', 'b'] };
  expect(document).toEqual({
    version: 1,
    scenarios: [
      {
        file: 'hello.ded',
        ...common,
        checks: [
          { bounds: { eot: 4, eff: 2, crashes: 1 }, expected: null },
          { bounds: { eot: 3, eff: 2, crashes: 0 }, expected: 'violated' },
        ],
      },
      { file: 'none.ded', ...common, checks: [] },
    ],
    diagnostics: [],
  });
});

it('tells what is wrong in it', async () => {
  const wrong = { 'wrong.ded': HELLO.replace('friend(A, B);', 'friend(A, B)') };
  const { out, code } = await ldfi(['check', '--list', '--json', 'wrong.ded'], { files: wrong });
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ scenarios: [], diagnostics: [{ code: 'DED108' }] });
});
