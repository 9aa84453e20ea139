/** What Spin's search says of the smallest rows of `npm run bench:peers` is what ldfi says, by handlers and by rules. */
import { describe, expect, it } from 'vitest';
import { checkRow, type Row } from '../bench/rows.js';
import { disagreements } from '../bench/peers/agreement.js';
import { answerOf, type Answer } from '../bench/peers/answer.js';
import { isInstalled } from '../bench/peers/processes.js';
import { peerRows } from '../bench/peers/rows.js';
import { searchBySpin } from '../bench/peers/spin.js';

/** Seconds of which these rows take no thousandth, so that compiling is what takes long. */
const OPTIONS = { seconds: 600, optimize: false };

const smallest = peerRows.filter(({ isSmall }) => isSmall);

const hasSpin = isInstalled('spin') && isInstalled('gcc');

describe.skipIf(!hasSpin)('Spin (Debian has it as `spin`), and ldfi', () => {
  it.each(smallest)('say the same of $name', async (row) => {
    const spin = searchBySpin(row.model, OPTIONS);
    const handlers = await answer(row.handlers);
    const rules = row.rules && (await answer(row.rules.row));
    expect(disagreements(row, { handlers, spin, rules, clingo: undefined })).toEqual([]);
    expect([handlers, spin].map(({ verdict }) => verdict)).toEqual([row.expected, row.expected]);
    expect(spin.fewest === undefined).toBe(row.expected === 'certified');
  });

  it('has no verdict where the limit is passed', () => {
    const { model } = peerRows.find(({ name }) => name === 'acknowledged delivery on 5 nodes 8/6/1')!;
    expect(searchBySpin(model, { seconds: 1, optimize: false })).toMatchObject({
      verdict: undefined,
      fewest: undefined,
    });
  });
});

async function answer(row: () => Promise<Row>): Promise<Answer> {
  return answerOf(await checkRow(await row()));
}

describe('answers', () => {
  const row = { name: 'a row', expected: 'violated', rules: undefined } as const;
  const by = (fewest: number | undefined): Answer => ({ verdict: 'violated', fewest });
  const rules = (twin: boolean) => ({ row: () => Promise.reject(new Error('not to be read')), twin });

  it('disagree on verdicts', () => {
    const spin = { verdict: 'certified', fewest: undefined } as const;
    expect(disagreements(row, { handlers: by(1), spin, rules: undefined, clingo: undefined })).toEqual([
      'a row: Spin says certified, expected is violated',
    ]);
  });

  it('disagree on the fewest faults, of rules only where these are the same timestep by timestep', () => {
    const answers = { handlers: by(1), spin: by(2), rules: by(3), clingo: by(3) };
    expect(disagreements({ ...row, rules: rules(false) }, answers)).toEqual([
      'a row: fewest faults are 1 by ldfi by handlers, 2 by Spin',
    ]);
    expect(disagreements({ ...row, rules: rules(true) }, answers)).toEqual([
      'a row: fewest faults are 1 by ldfi by handlers, 2 by Spin, 3 by ldfi by rules, 3 by clingo',
    ]);
  });

  it('do not contradict anybody where there are none', () => {
    const none = { verdict: undefined, fewest: undefined };
    const answers = { handlers: by(1), spin: none, rules: undefined, clingo: undefined };
    expect(disagreements(row, answers)).toEqual([]);
  });
});
