/** Who is reliable, on the command line: in place of what a scenario says, and in all that is printed of it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { told } from './folders.js';
import { ldfi } from './harness.js';

/** Both tell c, which keeps what it hears. */
const BOTH = `// ldfi: nodes a, b, c
// ldfi: bounds 4/2/0 partitions 1 reliable a->c expect certified
// ldfi: bounds 4/2/1 expect violated
tells("a", "c")@1;
tells("b", "c")@1;
told(N)@async :- tells(M, N);
knows(N)@next :- told(N);
knows(N)@next :- knows(N);
pre(N) :- tells(M, N)@1, notin crash(M, M, _), notin crash(N, N, _);
post(N) :- knows(N);
`;
const files = { 'both.ded': BOTH };

/** The bounds that were checked, and what came of each. */
async function checked(options: string): Promise<readonly string[]> {
  const { out } = await told(`check both.ded -q ${options}`, files);
  return out.split('\n').flatMap((line) => /^(\w+) +(.*\S) +both\.ded/.exec(line)?.slice(1).join(' ') ?? []);
}

it('is what the scenario says, unless options say otherwise, which may be given in parts', async () => {
  expect(await checked('')).toEqual(['certified 4/2/0 partitions 1 reliable a->c', 'violated 4/2/1']);
  expect(await checked('--reliable c --reliable b->c,b')).toEqual([
    'certified 4/2/0 partitions 1 reliable b,c,b->c',
    'certified 4/2/1 reliable b,c,b->c',
  ]);
  const { out } = await ldfi(['check', 'both.ded', '-q', '--partitions', '0', '--reliable', ''], { files });
  expect(out).toMatch(/^violated +4\/2\/0 +both.ded/);
});

it('is part of what is printed, and of the document', async () => {
  const { out: report } = await told('check both.ded --reliable a', files);
  expect(report).toContain('crash, a reliable\n');
  expect(report).toMatch(/--eot 4 --eff 2 --crashes 1 \\\n +--reliable a --inject/);
  const { out: program } = await told('print both.ded', files);
  expect(program).toContain('// ldfi: bounds 4/2/0 partitions 1 reliable a->c expect certified\n');
  const { out: module } = await told('print both.ded --typescript', files);
  expect(module).toContain("partitions: 1, reliable: { links: ['a->c'] } }");

  const part = 'replay both.ded --partitions 1 --reliable a->c --json --inject'.split(' ');
  const { out } = await ldfi([...part, 'part a,b | c@1..2'], { files });
  const validate = new Ajv2020().compile(JSON.parse((await ldfi(['schema'])).out) as object);
  const document = JSON.parse(out) as object;
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({
    runs: [{ bounds: { reliable: { links: ['a->c'] } }, run: { faults: [{ spares: ['a->c'], until: 2 }] } }],
  });
});

it('is who is so within all bounds of a scenario, for a run that is within none of them by name', async () => {
  const { err } = await told('replay both.ded --inject crash', files);
  expect(err).not.toContain('reliable');
  const only = { 'both.ded': BOTH.replace(/^.* 4\/2\/1 expect.*\n/m, '') };
  const { err: refused } = await ldfi(['replay', 'both.ded', '--inject', 'drop a->c@1'], { files: only });
  expect(refused).toContain('the link a->c is taken not to fail');
  const { code } = await ldfi(['replay', 'both.ded', '--inject', 'drop a->c@1'], { files });
  expect(code).toBe(0);
});
