/** What makes no sense as a fault, as a bound and as a line of a header is refused, with the place and what would make sense. */
import { expect, it } from 'vitest';
import { faultKinds } from '../../src/injector/faults/kinds.js';
import { BOUND_NAMES, boundWord } from '../../src/model/bounds.js';
import { expectGolden } from '../golden.js';
import { ldfi } from './harness.js';

const BOUNDS =
  'bounds 8/5/1 restarts 2 pauses 2 partitions 2 delays 2 duplicates 2 longest-delay 3 within-step 2 fault unsynced 1';

const program = (header = BOUNDS) => `// ldfi: nodes alpha, beta, gamma
// ldfi: ${header}
p(N)@next :- p(N);
p("alpha")@1;
told(M)@async :- p(N), peer(N, M), notin fault(N, "unsynced");
peer("alpha", "beta")@1;
told("gamma")@1;
pre(N) :- p(N);
post(N) :- p(N), told(_);
post(N) :- p(N);
`;

const schedules = [
  'drop alpha->alpha@1',
  'drop alpha->bta@1',
  'drop alpha->beta@5',
  'drop alpha->beta@1; drop alpha->beta@1',
  'crash alpha@8',
  'crash alpha@1; crash alpha@2',
  'crash alpha@1 after 3',
  'restart alpha@5..3',
  'restart alpha@5..5',
  'restart alpha@2..9',
  'restart alpha@2',
  'restart alpha@2..4; restart alpha@3..5',
  'restart alpha@1..2; restart beta@1..2; restart gamma@1..2',
  'restart alfa@1..2',
  'pause alpha@1..3',
  'pause alpha@2..6',
  'pause alpha@4..2',
  'pause alpha@2..3; pause alpha@3..4',
  'part alpha,beta | beta,gamma@1..2',
  'part alpha,beta,gamma@1..2',
  'part alpha | @1..2',
  'part alpha | gama@1..2',
  'part alpha | beta@3..2',
  'part alpha > beta@1..7',
  'delay alpha->beta@1+0',
  'delay alpha->beta@1+4',
  'delay alpha->beta@1',
  'delay alpha->beta@1+1; delay alpha->beta@1+2',
  'delay alpha->alpha@1+1',
  'dup alpha->beta@7+1',
  'dup alpha->beta@1+-1',
  'fault unsinced alpha@1',
  'fault unsynced alpha@5',
  'fault unsynced alpha',
  'fault unsynced alpha@1; fault unsynced beta@1',
  'explode alpha@1',
];

const headers = [
  'bounds 6/3',
  'bounds 6/7/1',
  'bounds 6/3/9',
  'bounds 6/3/1 restart 1',
  'bounds 6/3/1 restarts',
  'bounds 6/3/1 restarts -1',
  'bounds 6/3/1 restarts 1 restarts 2',
  'bounds 6/3/1 fault 1',
  'bounds 6/3/1 fault u',
  'bounds 6/3/1 reliable delta',
  'bounds 6/3/1 reliable alpha->alpha',
  'bounds 6/3/1 longest-delay 9',
  'bounds 6/3/1 crashes-before 7',
  'bounds 6/3/1 expect violted',
  'bound 6/3/1',
  'durable tolld',
  'durable',
];

const options = [
  ...BOUND_NAMES.flatMap((name) => {
    const option = `--${boundWord(name)}`;
    return [[option, '-1'], [option, 'many'], [option, '1', option, '2'], [option]];
  }),
  ['--longest-delay', '9'],
  ['--crashes-before', '9'],
  ['--restart', '1'],
  ['--eff', '8'],
  ['--eot', '0'],
  ['--crashes', '4'],
  ['--named', 'unsynced'],
  ['--named', 'unsynced=-1'],
  ['--named', 'unsynced=1,unsynced=2'],
  ['--reliable', 'delta'],
  ['--reliable', 'alpha->bta'],
  ['--reliable', 'alpha->alpha'],
  ['--nodes', 'alpha,alpha'],
];

/** What is said of each, in turn; each is refused. */
async function refusals(
  each: readonly (readonly [shown: string, args: readonly string[], text: string])[],
): Promise<string> {
  const told: string[] = [];
  for (const [shown, args, text] of each) {
    const { code, out, err } = await ldfi(args, { files: { 'p.ded': text } });
    expect({ shown, code, out }).toEqual({ shown, code: 2, out: '' });
    told.push(`# ${shown}\n${err}`);
  }
  return told.join('\n');
}

it('in a schedule of faults', async () => {
  for (const { notation } of faultKinds)
    expect(
      schedules.some((schedule) => schedule.startsWith(`${notation.verb} `)),
      notation.verb,
    ).toBe(true);
  const each = schedules.map((one) => [one, ['replay', 'p.ded', '--inject', one], program()] as const);
  await expectGolden(await refusals(each), 'cli/nonsense-in-schedules');
});

it('in a header', async () => {
  const each = headers.map((one) => [one, ['check', 'p.ded'], program(one)] as const);
  await expectGolden(await refusals(each), 'cli/nonsense-in-headers');
});

it('in options', async () => {
  const each = options.map((words) => [words.join(' '), ['check', 'p.ded', ...words], program()] as const);
  await expectGolden(await refusals(each), 'cli/nonsense-in-options');
});
