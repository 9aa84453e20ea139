import { describe, expect, it } from 'vitest';
import { explainCommand, replayCommand, shellQuote, windowsQuote } from '../../../src/report/text/command.js';
import {
  formatCount,
  formatDuration,
  formatScientific,
  formatShare,
  listed,
} from '../../../src/model/text/numbers.js';
import type { ReportOptions } from '../../../src/report/text/options.js';
import { reportCheck, reportLine, reportSummary } from '../../../src/report/text/report.js';
import { reportRun } from '../../../src/report/text/run.js';
import { plainStyle } from '../../../src/report/text/style.js';
import { displayWidth, padEnd, truncate, wrapItems, wrapProse } from '../../../src/model/text/text.js';
import {
  broadcast,
  enact,
  failureFree,
  replication,
  replicationDivergence,
  results,
} from '../../runner/fixtures.js';
import { expectGolden } from '../../golden.js';

const options: ReportOptions = { width: 80, style: plainStyle, verbose: false };
const bounds = { eot: 6, eff: 4, crashes: 1 };

describe('the report of a check', () => {
  it.each(Object.entries(results))('%s', async (name, result) => {
    await expectGolden(reportCheck(result, options), `reports/${name}`);
    await expectGolden(reportCheck(result, { ...options, verbose: true }), `reports/${name}, verbose`);
  });

  it('fits 80 columns', () => {
    for (const result of Object.values(results))
      for (const line of reportCheck(result, options).split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('marks verdicts with what they mean', () => {
    const style = {
      ...plainStyle,
      bad: (text: string) => `<bad ${text}>`,
      good: (text: string) => `<good ${text}>`,
    };
    expect(reportCheck(results.violated, { ...options, style })).toContain('<bad VIOLATED>');
    expect(reportCheck(results.certified, { ...options, style })).toContain('<good CERTIFIED>');
  });
});

describe('the report of several checks', () => {
  it('has a line for each and a summary', async () => {
    const lines = Object.values(results).map((result) => reportLine(result, options));
    await expectGolden([...lines, reportSummary(Object.values(results), options)].join(''), 'reports/lines');
  });

  it('has no summary of one check', () => {
    expect(reportSummary([results.certified], options)).toBe('');
  });
});

describe('the report of a run', () => {
  const base = { name: 'kafka.ded', bounds };
  it.each([
    ['violated', { ...base, run: replication, divergence: replicationDivergence }],
    ['satisfied', { ...base, run: failureFree, divergence: undefined }],
    ['vacuous', { ...base, run: enact({ nodes: ['a'], eot: 3, sends: [] }), divergence: undefined }],
    [
      'without effect',
      { ...base, run: { ...broadcast, judgements: failureFree.judgements }, divergence: undefined },
    ],
  ])('%s', async (name, result) => {
    await expectGolden(reportRun(result, options), `reports/run ${name}`);
  });

  it('lists every message when verbose', async () => {
    const result = { ...base, run: replication, divergence: replicationDivergence };
    await expectGolden(reportRun(result, { ...options, verbose: true }), 'reports/run violated, verbose');
  });
});

describe('the replay command', () => {
  it.each([
    ['plain.ded', 'plain.ded'],
    ['a b.ded', '"a b.ded"'],
    ["it's.ded", '"it\'s.ded"'],
    ['$HOME', "'$HOME'"],
    ['say "hi"', `'say "hi"'`],
    [`'"`, `''\\''"'`],
    ['', '""'],
    ['-x.ded', '"-x.ded"'],
  ])('quotes %j for a shell', (text, quoted) => {
    expect(shellQuote(text)).toBe(quoted);
  });

  it('is broken into lines that a shell joins', () => {
    const lines = replayCommand(
      { name: 'kafka.ded', nodes: replication.nodes, bounds },
      replication.faults,
      60,
    );
    expect(lines).toEqual([
      'npx ldfi replay kafka.ded --nodes a,b,c,C,Z \\',
      '  --eot 6 --eff 4 --crashes 1 \\',
      '  --inject "drop b->Z@1; drop c->Z@1; crash a@4"',
    ]);
  });

  it.each([
    ['plain.ded', 'plain.ded'],
    ['a b.ded', '"a b.ded"'],
    ["it's.ded", '"it\'s.ded"'],
    ['a,b', '"a,b"'],
    ['^a$', '"^a$"'],
    ['$HOME', "'$HOME'"],
    ['%PATH%', "'%PATH%'"],
    [`'"`, `'''"'`],
    ['', '""'],
    ['-x.ded', '"-x.ded"'],
    ['a\u200b$b', '"a`u{200b}`$b"'],
  ])('quotes %j for the shells of Windows', (text, quoted) => {
    expect(windowsQuote(text)).toBe(quoted);
  });

  it('is one line for the shells of Windows', () => {
    const target = { name: 'my kafka.ded', nodes: replication.nodes, bounds };
    expect(replayCommand(target, replication.faults, 60, 'windows')).toEqual([
      'npx ldfi replay "my kafka.ded" --nodes "a,b,c,C,Z" --eot 6 --eff 4 --crashes 1 ' +
        '--inject "drop b->Z@1; drop c->Z@1; crash a@4"',
    ]);
  });

  it('breaks bounds that are too many for one line', () => {
    const many = { ...bounds, restarts: 1, partitions: 1, delays: 1, duplicates: 1, named: { slow: 1 } };
    const lines = replayCommand({ name: 'kafka.ded', nodes: replication.nodes, bounds: many }, [], 60);
    expect(lines).toEqual([
      'npx ldfi replay kafka.ded --nodes a,b,c,C,Z --eot 6 \\',
      '  --eff 4 --crashes 1 --restarts 1 --partitions 1 \\',
      '  --delays 1 --duplicates 1 --named slow=1',
    ]);
  });

  it('asks why, of a property where one is named', () => {
    const target = { name: 'kafka.ded', nodes: ['a', 'b'], bounds };
    const start = 'npx ldfi explain kafka.ded --nodes a,b --eot 6 --eff 4 --crashes 1 why';
    expect(explainCommand(target, undefined, 200)).toEqual([start]);
    expect(explainCommand(target, 'one at a time', 200)).toEqual([`${start} "one at a time"`]);
  });

  it('injects nothing where no fault is needed', () => {
    expect(replayCommand({ name: 'x.ded', nodes: ['a'], bounds }, [], 200).join('\n')).not.toContain(
      '--inject',
    );
  });
});

describe('numbers', () => {
  it.each([
    [0n, '0'],
    [999n, '999'],
    [1000n, '1,000'],
    [-1234567n, '-1,234,567'],
    [29_975_959_119_778_021_376n, '29,975,959,119,778,021,376'],
  ])('counts %s as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it.each([
    [0n, '0'],
    [999n, '999'],
    [1000n, '1.00e3'],
    [1234n, '1.23e3'],
    [1235n, '1.24e3'],
    [9_994n, '9.99e3'],
    [9_995n, '1.00e4'],
    [2n ** 256n, '1.16e77'],
  ])('shortens %s to %s', (count, text) => {
    expect(formatScientific(count)).toBe(text);
  });

  it.each([
    [0n, 7n, '0%'],
    [7n, 7n, '100%'],
    [1n, 8n, '12.5%'],
    [1n, 10n ** 9n, '<0.1%'],
    [10n ** 9n - 1n, 10n ** 9n, '>99.9%'],
    [0n, 0n, '0%'],
  ])('gives %s of %s as %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });

  it.each([
    [0.2, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 00 s'],
    [61_000, '1 min 01 s'],
    [3_600_000, '60 min 00 s'],
  ])('gives %s milliseconds as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('lists', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});

describe('text in columns', () => {
  it('counts what a terminal shows', () => {
    expect(['abc', '東京', 'e\u0301', '✗►●'].map(displayWidth)).toEqual([3, 4, 1, 3]);
    expect(padEnd('東京', 6)).toBe('東京  ');
  });

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['東京都', 5, '東京…'],
    ['東京都', 4, '東…'],
  ])('cuts %j to %i columns', (text, width, cut) => {
    expect(truncate(text, width)).toBe(cut);
  });

  it('wraps between items, and prose at spaces, else after commas', () => {
    expect(wrapItems(['one', 'two', 'three'], 9, '  ')).toEqual(['one  two', 'three']);
    expect(wrapProse('one two three', 9)).toEqual(['one two', 'three']);
    expect(wrapProse('12,345,678', 7)).toEqual(['12,345,', '678']);
    expect(wrapProse('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});
