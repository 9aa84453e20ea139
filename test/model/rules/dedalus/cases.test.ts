/** Every case file is its own golden file: `vitest run --update test/model` writes the reports anew. */
import { describe, expect, it } from 'vitest';
import { codes } from '../../../../src/model/diagnostics/codes.js';
import type { DiagnosticCode } from '../../../../src/model/diagnostics/codes.js';
import { CASES, caseFiles, diagnosticsOf, printCase, readCases, reportOf } from './cases.js';

describe('reports, verbatim', () => {
  it.each(caseFiles())('%s', async (file) => {
    const cases = readCases(file);
    expect(cases.length).toBeGreaterThan(0);
    const actual = cases.map((each) => printCase(each, reportOf(each))).join('\n');
    await expect(actual).toMatchFileSnapshot(new URL(file, CASES).pathname);
  });
});

describe('the cases', () => {
  const cases = caseFiles().flatMap(readCases);

  it('have titles of their own', () => {
    const titles = cases.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('all expect something, and say so where that is nothing', () => {
    expect(cases.filter(({ expected }) => expected === '').map(({ title }) => title)).toEqual([]);
  });

  it('raise every code of the front end', () => {
    const raised = new Set(cases.flatMap(diagnosticsOf).map(({ code }) => code));
    const known = Object.keys(codes).filter((code) => /^DED[1-7]/.test(code)) as DiagnosticCode[];
    expect(known.filter((code) => !raised.has(code))).toEqual([]);
  });
});
