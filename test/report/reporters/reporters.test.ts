import { describe, expect, it } from 'vitest';
import type { Log } from 'sarif';
import { REPORTERS, writeReport } from '../../../src/report/reporters/reporters.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { check } from '../../../src/runner/check.js';
import { all, HOSTILE, hostile } from './findings.js';
import { expectGolden } from '../../golden.js';

const context = { asExpected: false, version: '1.2.3' };
const NOTHING = { results: [], runs: [], verifications: [], systems: [], diagnostics: [] };

describe('reporters', () => {
  it.each(REPORTERS.filter((name) => name !== 'json' && name !== 'html'))(
    'tell all that there is: %s',
    async (name) => {
      await expectGolden(await writeReport(name, all, context), `reporters/${name}`);
    },
  );

  it.each(['junit', 'sarif', 'markdown', 'github'] as const)(
    'hold scenarios to what they expect where they are to: %s',
    async (name) => {
      const [violated] = all.results.filter(({ verdict }) => verdict.kind === 'violated');
      const expected = { ...NOTHING, results: [{ ...violated, expected: 'violated' as const }] };
      const fails = /<failure|"level": "error"|❌|::error/;
      expect(await writeReport(name, expected, context)).toMatch(fails);
      expect(await writeReport(name, expected, { ...context, asExpected: true })).not.toMatch(fails);
      const surprising = { ...NOTHING, results: [{ ...violated, expected: 'certified' as const }] };
      expect(await writeReport(name, surprising, { ...context, asExpected: true })).toMatch(fails);
    },
  );

  it('say nothing to GitHub where all is well', async () => {
    expect(await writeReport('github', NOTHING, context)).toBe('');
  });

  it('annotate ten findings of each severity at most', async () => {
    const [violated] = all.results.filter(({ verdict }) => verdict.kind === 'violated');
    const report = await writeReport('github', { ...NOTHING, results: Array(30).fill(violated) }, context);
    const lines = report.trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe('::error title=ldfi::21 more findings in the log');
  });

  it('point in SARIF to where to look first', async () => {
    const { checked } = readDedalusText(
      `sends("a", "b")@1; got(B)@async :- sends(_, B);
       pre(B) :- sends(_, B)@1; post(B) :- got(B), agreed(B);`,
      'sends.ded',
    );
    const bounds = { eot: 2, eff: 0, crashes: 0 };
    const result = await check(checked!, { name: 'sends.ded', nodes: ['a', 'b'], bounds, because: true });
    const log = JSON.parse(await writeReport('sarif', { ...NOTHING, results: [result] }, context)) as Log;
    const [{ relatedLocations = [] }] = log.runs[0].results!;
    expect(relatedLocations[0]).toEqual({
      id: 1,
      message: {
        text: 'Look here first: post(B) (sends.ded:2): it reads agreed, of which there is never anything and never fires',
      },
      physicalLocation: {
        artifactLocation: { uri: 'sends.ded', uriBaseId: 'SRCROOT' },
        region: { startLine: 2, startColumn: 33 },
      },
    });
  });

  it('say what is cut by the fingerprint of a result, and nothing else', async () => {
    const [violated] = all.results.filter(({ verdict }) => verdict.kind === 'violated');
    const printOf = async (result: typeof violated) => {
      const log = JSON.parse(await writeReport('sarif', { ...NOTHING, results: [result] }, context)) as Log;
      return log.runs[0].results?.[0].partialFingerprints;
    };
    const { verdict } = violated;
    if (verdict.kind !== 'violated') throw new Error('it is violated');
    const [counterexample] = verdict.counterexamples;
    const fewer = { ...counterexample, faults: counterexample.faults.slice(1) };
    const print = await printOf(violated);
    expect(await printOf({ ...violated, elapsed: 99_999, warnings: [] })).toEqual(print);
    expect(await printOf({ ...violated, verdict: { ...verdict, counterexamples: [fewer] } })).not.toEqual(
      print,
    );
  });
});

describe('names that would break out', () => {
  it('stay text in XML', async () => {
    const text = await writeReport('junit', hostile, context);
    expect(text).not.toContain('<script');
    expect(text).not.toContain(']]></failure>');
    // Of what does not show, XML 1.0 can write tabs and ends of lines alone.
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|&#x[01]?[0-9a-f];/iu);
  });

  it('stay in their cells of a table, and in their lines', async () => {
    const text = await writeReport('markdown', hostile, context);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.map((row) => row.replace(/\\\|/g, '').split('|').length)).toEqual(rows.map(() => 6));
    const diagram = text.split('```mermaid')[1].split('```')[0].replace(/#\d+;/g, '');
    expect(diagram).not.toMatch(/[<"`;#\ufffd]/);
  });

  it('are no commands to GitHub', async () => {
    const text = await writeReport('github', hostile, context);
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(?:error|warning) /);
    expect(text).not.toContain(HOSTILE);
  });

  it('are files in SARIF', async () => {
    const log = JSON.parse(await writeReport('sarif', hostile, context)) as Log;
    const uris = log.runs[0].results?.flatMap(({ locations = [] }) =>
      locations.map(({ physicalLocation }) => physicalLocation?.artifactLocation?.uri ?? ''),
    );
    for (const uri of uris ?? []) expect(new URL(uri, 'file:///').href).toContain(uri);
  });
});
