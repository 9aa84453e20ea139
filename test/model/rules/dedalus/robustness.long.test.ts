/** Whatever it is given, reading ends with a program or with diagnostics that point into the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printProgram } from '../../../../src/model/rules/print.js';
import { readDedalus, readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import type { ReadResult } from '../../../../src/model/rules/dedalus/read.js';
import { hasErrors } from '../../../../src/model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../../../src/model/diagnostics/format-diagnostic.js';
import { generatedProgram } from '../../../generators/dedalus.js';
import { expectToBeReadOrRefused } from '../../../laws/reading.js';
import { withoutSpans } from './trees.js';

const token = fc.constantFrom(
  ...['p', 'q', 'X', '_', 'include', 'notin', 'count', 'next', 'async', 'crash', '"a"', '"', '1', '-5', '0'],
  ...['9007199254740992', ':-', ';', '(', ')', ',', '@', '<', '>', '==', '=', '+', '/', '//', '/*', '*/'],
  ...['\n', '\n', ' ', '.', '!', '\\', '// ldfi: nodes ', '// ldfi: bounds 6/4/1 expect ', '\u0000', '日'],
);

const soup = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));

/** A program with a few characters changed. */
const damaged = fc
  .tuple(
    generatedProgram(),
    fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(3), put: token }), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([{ text }, edits]) =>
    edits.reduce((current, { at, cut, put }) => {
      const offset = Math.floor(at * current.length);
      return current.slice(0, offset) + put + current.slice(offset + cut);
    }, text),
  );

describe('any text', () => {
  it.each([
    ['of random characters', fc.string({ unit: 'binary', maxLength: 200 })],
    ['of random tokens', soup],
    ['of a damaged program', damaged],
  ])('%s gives a program or an error', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expectToBeReadOrRefused(readDedalusText(text));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same result again', () => {
    fc.assert(
      fc.property(fc.oneof(soup, damaged), (text) => {
        expect(reports(readDedalusText(text))).toEqual(reports(readDedalusText(text)));
      }),
    );
  });
});

describe('an error in one clause', () => {
  it('leaves all others to be read', () => {
    // On one line, whose `;` is in no comment.
    const garbage = soup.map((text) => `${text.replaceAll('\n', ' ').replace(/\/[/*]+/g, ' ')};`);
    fc.assert(
      fc.property(generatedProgram(), garbage, fc.nat(), ({ text }, line, seed) => {
        const lines = text.trimEnd().split('\n');
        const at = seed % (lines.length + 1);
        const spoilt = readDedalusText([...lines.slice(0, at), line, ...lines.slice(at)].join('\n'));
        const read = new Set(spoilt.program.clauses.map((clause) => JSON.stringify(withoutSpans(clause))));
        for (const clause of readDedalusText(text).program.clauses)
          expect(read).toContain(JSON.stringify(withoutSpans(clause)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('absurd sizes', () => {
  const wrap = (term: string): string => `p("a", 1)@1;\nq(X, ${term}) :- p(X, Y);\nr(X) :- p(X, _);`;

  it.each([
    ['parentheses', wrap(`${'('.repeat(10_000)}Y${')'.repeat(10_000)}`)],
    ['signs', wrap(`${'-'.repeat(10_000)}Y`)],
    ['operators', wrap(`Y${' + Y'.repeat(10_000)}`)],
  ])('10,000 nested %s are one error, and the rest is read', (_, text) => {
    const { diagnostics, program } = readDedalusText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['DED109']);
    expect(program.clauses).toHaveLength(2);
  });

  it('terms of 200 operators are read, checked and printed', () => {
    const { checked, program } = readDedalusText(wrap(`${'('.repeat(100)}Y${' - 1)'.repeat(100)}`));
    expect(checked).toBeDefined();
    expect(withoutSpans(readDedalusText(printProgram(program)).program)).toEqual(withoutSpans(program));
  });

  it.each([
    ['a name', 'p'.repeat(3_000_000)],
    ['a number', '9'.repeat(3_000_000)],
    ['a number of dots', '1.'.repeat(1_500_000)],
    ['dots after a number', `1${'.'.repeat(1_000_000)}x`],
    ['a comment', `//${'x'.repeat(3_000_000)}`],
    ['a string', `p("${'x'.repeat(3_000_000)}`],
    ['nonsense', '$ '.repeat(100_000)],
    ['semicolons', ';'.repeat(100_000)],
    ['opening parentheses', 'p('.repeat(100_000)],
  ])('%s without end is an error', (_, text) => {
    const result = readDedalusText(text);
    expect(hasErrors(result.diagnostics)).toBe(true);
    expect(result.diagnostics.length).toBeLessThanOrEqual(101);
    expectToBeReadOrRefused(result);
  });

  it('a chain of 30,000 relations is put in strata', () => {
    const rules = Array.from({ length: 30_000 }, (_, index) => `p${index + 1}(X) :- p${index}(X);`);
    const { checked } = readDedalusText(`p0("a")@1;\n${rules.toReversed().join('\n')}`);
    expect(checked!.strataAt(1).map(({ relations }) => relations[0])).toEqual(
      rules.map((_, index) => `p${index + 1}`),
    );
  });

  it('includes 10,000 deep are read, and a cycle of as many is one error', () => {
    const chain = (next: (file: number) => string): ReadResult =>
      readDedalus(['0'], {
        read: (path) => ({ kind: 'text', text: `${next(Number(path))} p("a", ${path})@1;`, identity: path }),
        resolve: (_, include) => include,
      });
    const deep = chain((file) => (file < 10_000 ? `include "${file + 1}";` : ''));
    expect(deep.diagnostics).toEqual([]);
    expect(deep.program.clauses).toHaveLength(10_001);
    const round = chain((file) => `include "${(file + 1) % 10_000}";`);
    expect(round.diagnostics.map(({ message }) => message)).toEqual([
      'cycle of includes: 0 -> 1 -> 2 -> 3 -> (9996 more) -> 0',
    ]);
  });
});

function reports({ diagnostics }: ReadResult): readonly string[] {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic));
}
