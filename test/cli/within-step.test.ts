/** Crashes within a timestep, on the command line: in all that is printed and read again. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { told } from './folders.js';
import { ldfi } from './harness.js';

/** C tells A and B, in this order, and nobody passes it on. */
const DECISION = `// ldfi: nodes C, A, B
// ldfi: bounds 5/0/1 within-step 1 expect violated
decides("C", "A")@2;
decides("C", "B")@2;
commit(N)@async :- decides(M, N);
done(N)@next :- commit(N);
done(N)@next :- done(N);
pre("all") :- done(_);
post("all") :- done("A"), done("B");
`;
const files = { 'decision.ded': DECISION };

it('are told as they are written, and drawn', async () => {
  const { out: report } = await told('check decision.ded', files);
  expect(report).toContain('crashes within a timestep after at most 1 message\n');
  expect(report).toContain('C crashes at time 2, after 1 message\n');
  expect(report).toMatch(/2 {2}† .* C crashes after 1 message\n +◌─+►╌+✗ +commit\n/);
  expect(report).toContain('--crashes 1 --within-step 1 --inject "crash C@2 after 1"\n');
  const { out: program } = await told('print decision.ded', files);
  expect(program).toContain('// ldfi: bounds 5/0/1 within-step 1 expect violated\n');
  const { out: module } = await told('print decision.ded --typescript', files);
  expect(module).toContain('withinStep: 1');
});

it('are part of documents, and of what the schema says of them', async () => {
  const { out } = await ldfi(['check', 'decision.ded', '--json'], { files });
  const validate = new Ajv2020().compile(JSON.parse((await ldfi(['schema'])).out) as object);
  const document = JSON.parse(out) as object;
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document).toMatchObject({
    results: [
      {
        bounds: { withinStep: 1 },
        verdict: {
          counterexamples: [
            {
              faults: [{ kind: 'crash', node: 'C', time: 2, after: 1 }],
              run: {
                messages: [
                  { to: 'A', arrivals: [3], fate: 'delivered', causal: true },
                  { to: 'B', arrivals: [], fate: 'not sent' },
                ],
              },
            },
          ],
        },
      },
    ],
  });
});

it('are no more than the bounds say', async () => {
  const { out } = await ldfi(['check', 'decision.ded', '-q', '--within-step', '0'], { files });
  expect(out).toMatch(/^certified +5\/0\/1 +decision.ded/);
  const { err, code } = await ldfi(['check', 'decision.ded', '--within-step', '-1'], { files });
  expect(code).toBe(2);
  expect(err).toContain('--within-step');
});

it('are why something did not arrive', async () => {
  const question = 'why-not done("B") at 4 under crash C@2 after 1';
  const { out } = await ldfi(['explain', 'decision.ded', question], { files });
  expect(out).toContain('crash C@2 after 1\n');
});
