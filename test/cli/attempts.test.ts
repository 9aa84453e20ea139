/** How work goes on that makes many checks: what is tried, for how long, and how far it is. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { protect, readDedalusText, repair, type CheckAttempt } from '../../src/index.js';
import { describeAttempt } from '../../src/cli/progress.js';
import { Teller } from '../../src/cli/teller.js';
import { displayWidth } from '../../src/toolkit.js';
import { HELLO, ldfi, PERSISTENT } from './harness.js';

const files = { 'hello.ded': HELLO, 'persistent.ded': PERSISTENT };
const bounds = { eot: 5, eff: 2, crashes: 1 };

describe('what is tried', () => {
  it.each([
    ['as it is', { step: 'as it is', number: 1, of: 1, found: 0 }],
    ['change 30 of 1,720', { step: 'run', number: 30, of: 1720, found: 0 }],
    ['check 14 of 60, 2 found', { step: 'check', number: 14, of: 60, found: 2 }],
    ['check 3', { step: 'check', number: 3, of: undefined, found: 0 }],
  ] as const)('is told as %s', (words, attempt) => {
    expect(describeAttempt({ ...attempt, bounds })).toBe(words);
  });

  it.each([
    ['protect', protect, 3],
    ['repair', repair, 5],
  ])('is told before each check that %s makes, and so is the progress of each', async (_, find, eot) => {
    const told: (CheckAttempt | 'progress')[] = [];
    const { checks } = await find(readDedalusText(HELLO).checked!, {
      nodes: ['a', 'b'],
      bounds: { eot, eff: 2, crashes: 0 },
      onAttempt: (attempt) => told.push(attempt),
      onProgress: () => told.push('progress'),
    });
    const attempts = told.filter((each) => each !== 'progress');
    const checked = attempts.filter(({ step }) => step !== 'run');
    expect(attempts[0].step).toBe('as it is');
    expect(checked.length).toBeGreaterThan(1);
    // Repairs are checked once more, within longer bounds.
    expect(checked.length).toBeLessThanOrEqual(checks);
    for (const [index, each] of told.entries())
      if (each !== 'progress' && each.step !== 'run') expect(told[index + 1]).toBe('progress');
    for (const { number, of } of attempts) expect(number).toBeLessThanOrEqual(of ?? Infinity);
  });
});

describe('on a terminal', () => {
  beforeEach(() => {
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 400));
    let [seconds] = process.hrtime();
    vi.spyOn(process, 'hrtime').mockImplementation(() => [++seconds, 0]);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ['protect', ['hello.ded', '--crashes', '1'], ['check 2, 1 found  evaluate']],
    [
      'repair',
      ['hello.ded', '--eot', '5'],
      ['change 2 of 10', 'check 1 of 1  evaluate 4/5  at least 1.6 s left'],
    ],
    ['tolerance', ['hello.ded'], ['check 1  evaluate', 'as it is  evaluate']],
    ['tolerance', ['persistent.ded'], ['check 2 of ']],
  ])('%s of %j tells it within 80 columns, and nothing is left in the end', async (command, words, shown) => {
    const { err, code } = await ldfi([command, ...words, '--timeout', '1h'], {
      files,
      terminal: true,
    });
    expect(code).toBe(0);
    for (const each of shown) expect(err).toMatch(new RegExp(`s {2}${each}`));
    const lines = err.split('\r\u001b[2K');
    for (const line of lines) expect(displayWidth(line)).toBeLessThan(80);
    expect(lines.at(-1)).toBe('');
  });
});

it('has taken as long as all checks so far, in the log of a CI server', () => {
  const told: string[] = [];
  const screen = {
    write: (text: string) => told.push(text),
    isTerminal: false,
    columns: 80,
    colourLevel: 0,
  } as const;
  const options = {
    presentation: 'report',
    verbose: false,
    colour: false,
    ascii: false,
  } as const;
  const io = {
    out: { ...screen, write: () => 0 },
    err: screen,
    environment: { CI: 'true' },
  };
  const teller = new Teller(io, { ...options, asExpected: false, log: false }, '1.2.3');
  const now = vi.spyOn(performance, 'now');
  for (const [index, seconds] of [0, 12, 15, 34].entries()) {
    const attempt = { name: 'hello', bounds, trying: `check ${index}` };
    now.mockReturnValue(seconds * 1_000);
    teller.tell({ kind: 'attempted', attempt }, seconds * 1_000);
  }
  now.mockRestore();
  expect(told).toEqual(['hello 5/2/1  12.0 s  check 1\n', 'hello 5/2/1  34.0 s  check 3\n']);
});
