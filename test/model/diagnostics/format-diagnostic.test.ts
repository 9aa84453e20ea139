/** The frame; the wording is shown verbatim by the case files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../../src/model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../../src/model/diagnostics/format-diagnostic.js';
import { frame } from '../../../src/model/diagnostics/frame.js';
import { positionOf } from '../../../src/model/diagnostics/source.js';
import type { SourceSpan } from '../../../src/model/diagnostics/source.js';

function spanOf(text: string, start: number, end: number): SourceSpan {
  return { source: { name: 'p.ded', text }, start, end };
}

const spans = fc
  .tuple(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '(', '\n'), maxLength: 400 }), fc.nat(), fc.nat())
  .map(([text, a, b]) => {
    const [start, length] = [a % (text.length + 1), b % 30];
    return spanOf(text, start, Math.min(start + length, text.length));
  });

describe('the frame', () => {
  it('has carets under what is marked, on one line of at most about 100 columns', () => {
    fc.assert(
      fc.property(spans, (span) => {
        const { source, start, end } = span;
        const { text, carets } = frame(span);
        const [, indent, marks] = /^( *)(\^+)(?: to line \d+)?$/.exec(carets)!;
        const marked = source.text.slice(start, end).split('\n')[0];
        expect(text.slice(indent.length, indent.length + marked.length)).toBe(marked);
        expect(marks).toHaveLength(Math.max(1, marked.length));
        expect(text.length).toBeLessThanOrEqual(102);
        expect(source.text.split('\n').some((line) => line.includes(text.replaceAll('…', '')))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('counts lines and columns as an editor does', () => {
    fc.assert(
      fc.property(spans, ({ source, start }) => {
        const { line, column } = positionOf(source, start);
        const lines = source.text.split('\n').slice(0, line);
        expect([...lines.slice(0, -1), lines.at(-1)!.slice(0, column - 1)].join('\n')).toBe(
          source.text.slice(0, start),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('says where a span of several lines ends', () => {
    expect(frame(spanOf('p(\n  X\n);\n', 0, 9))).toEqual({ line: 1, text: 'p(', carets: '^^ to line 3' });
    expect(frame(spanOf('p(\n  X\n);\n', 0, 10)).carets).toBe('^^ to line 3');
  });

  it('aligns carets by what a terminal shows', () => {
    const text = '\tab\t日本e\u0301\u200d👍x';
    const { text: shown, carets } = frame(spanOf(text, text.length - 1, text.length));
    expect(shown).toBe('    ab  日本e\u0301\ufffd👍x');
    expect(carets).toBe(`${' '.repeat(8 + 4 + 1 + 1 + 2)}^`);
  });

  it('does not look at the whole of an endless line', () => {
    const text = '日'.repeat(1_000_000);
    const { text: shown, carets } = frame(spanOf(text, 500_000, 500_001));
    expect(shown.startsWith('…日') && shown.endsWith('日…')).toBe(true);
    expect(carets.trimStart()).toBe('^^');
  });

  it('never cuts a character in two', () => {
    const text = '👍'.repeat(1000);
    fc.assert(
      fc.property(fc.nat(999), (at) => {
        expect(frame(spanOf(text, 2 * at, 2 * at + 2)).text).not.toContain('\ufffd');
      }),
    );
  });
});

describe('a report', () => {
  it('keeps what a terminal would act on away from it', () => {
    const span = spanOf('p("\u001b[31m\u202e")', 0, 3);
    const text = formatDiagnostic(diagnostic('DED202', 'about \u001b[2J', { span, hint: '\u0007' }));
    // oxlint-disable-next-line no-control-regex -- the very ones
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('marks its parts by their meaning', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const style = { strong: tag('strong'), faint: tag('faint'), bad: tag('bad'), caution: tag('caution') };
    const span = spanOf('p(X);', 2, 3);
    const details = { span, expected: 'more', related: [{ message: 'there', span }] };
    expect(formatDiagnostic(diagnostic('DED113', 'oh', details), style).split('\n')).toEqual([
      '<strong>p.ded:1:3</strong>: <bad>error DED113</bad><strong>: oh</strong>',
      '<faint>    1 |</faint> p(X);',
      '<faint>      |</faint>   <bad>^</bad>',
      '        <faint>expected:</faint> more',
      '  p.ded:1:3: there',
      '<faint>    1 |</faint> p(X);',
      '<faint>      |</faint>   <faint>^</faint>',
    ]);
    expect(formatDiagnostic(diagnostic('DED199', 'more'), style)).toBe(
      '<caution>warning DED199</caution><strong>: more</strong>',
    );
  });
});
