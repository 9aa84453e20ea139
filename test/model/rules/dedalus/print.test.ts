import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printChecked } from '../../../../src/model/rules/dedalus/print-checked.js';
import {
  printFact,
  printProgram,
  printRule,
  printTerm,
  printTuple,
} from '../../../../src/model/rules/print.js';
import { readDedalusText } from '../../../../src/model/rules/dedalus/read.js';
import type { Fact, Rule, Term } from '../../../../src/model/rules/program.js';
import { generatedProgram } from '../../../generators/dedalus.js';
import { program, term, withoutSpans } from './trees.js';

describe('reading what was printed', () => {
  it('gives the same program', () => {
    fc.assert(
      fc.property(program, (tree) => {
        const text = printProgram(tree);
        const read = readDedalusText(text);
        expect(read.diagnostics.filter(({ code }) => code.startsWith('DED1'))).toEqual([]);
        expect(withoutSpans(read.program)).toEqual(withoutSpans(tree));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same checked program and header, inferred types and strata being comments', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ text, nodes }) => {
        const first = readDedalusText(
          `// ldfi: nodes ${nodes.join(', ')}\n// ldfi: bounds 6/4/1 expect violated\n${text}`,
        );
        const printed = printChecked(first.checked!, first.header);
        const second = readDedalusText(printed);
        expect(withoutSpans(second.program)).toEqual(withoutSpans(first.program));
        expect(withoutSpans(second.header)).toEqual(withoutSpans(first.header));
        expect(printChecked(second.checked!, second.header)).toBe(printed);
      }),
      { numRuns: 50 },
    );
  });
});

describe('parentheses', () => {
  it('stand only where the tree needs them', () => {
    fc.assert(
      fc.property(term, (tree) => {
        const text = printTerm(tree);
        for (const without of withoutEachPair(text)) expect(termOf(without)).not.toEqual(termOf(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['X - (Y - Z)', 'X - (Y - Z)'],
    ['(X - Y) - Z', 'X - Y - Z'],
    ['(X * Y) + (Z / 2)', 'X * Y + Z / 2'],
    ['(X + Y) * -3', '(X + Y) * -3'],
    ['-X * 2', '(0 - X) * 2'],
    ['-(3)', '0 - 3'],
    ['((X))', 'X'],
  ])('%s is printed %s', (written, printed) => {
    expect(printTerm(readTerm(written))).toBe(printed);
  });
});

describe('the layout', () => {
  it('keeps a short rule on one line, and gives each premise of a long one its own', () => {
    const [short, long] = readDedalusText(
      'p( X )@next:-q(X),notin r(X,_)@1,X!="b";' +
        `p(X) :- ${'quite_a_long_name_of_a_relation(X), '.repeat(3)}r(X, 1);`,
    ).program.clauses as readonly Rule[];
    expect(printRule(short)).toBe('p(X)@next :- q(X), notin r(X, _)@1, X != "b";');
    expect(printRule(long).split('\n')).toEqual([
      'p(X) :-',
      '    quite_a_long_name_of_a_relation(X),',
      '    quite_a_long_name_of_a_relation(X),',
      '    quite_a_long_name_of_a_relation(X),',
      '    r(X, 1);',
    ]);
  });

  it('computes the constants of facts', () => {
    const [fact] = readDedalusText('p("a\\"b", 2 * -3 + 1)@7;').program.clauses as readonly Fact[];
    expect(printFact(fact)).toBe('p("a\\"b", -5)@7;');
    expect(printTuple('p', ['a\u001b', 3])).toBe('p("a\\u{1b}", 3)');
  });

  it('shows types, strata, and the times at which these are others', () => {
    const text = `
      p("a", 1)@1;
      q(X, count<Y>) :- p(X, Y);
      r(X) :- q(X, N), r2(X), N > 1;
      r2(X) :- p(X, _), r(X);
      s(X) :- p(X, _), notin t(X)@3;
      t(X) :- p(X, _), notin s(X)@4;`;
    const { checked } = readDedalusText(text);
    expect(printChecked(checked!).split('\np(')[0]).toBe(
      [
        '// Relations, with the types of their columns',
        '//   p(string, integer)',
        '//   q(string, integer)',
        '//   r(string)',
        '//   r2(string)',
        '//   s(string)',
        '//   t(string)',
        '',
        '// Strata: the order of derivation within a timestep, but for the times below',
        '//   1. q',
        '//   2. r, r2 (recursive)',
        '//   3. s',
        '//   4. t',
        '',
        '// Strata at time 3',
        '//   1. q',
        '//   2. r, r2 (recursive)',
        '//   3. t',
        '//   4. s',
        '',
      ].join('\n'),
    );
  });
});

function readTerm(text: string): Term {
  const [rule] = readDedalusText(`p(${text}) :- q(X);`).program.clauses as readonly Rule[];
  return rule.head.terms[0] as Term;
}

/** Undefined where it is no term. */
function termOf(text: string): unknown {
  const { clauses } = readDedalusText(`p("a") :- q(${text});`).program;
  return withoutSpans(clauses.at(0));
}

/** The text without each matching pair of its parentheses in turn, those in strings apart. */
function withoutEachPair(text: string): readonly string[] {
  const open: number[] = [];
  const results: string[] = [];
  for (const { 0: part, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[()]/gs)) {
    if (part === '(') open.push(index);
    if (part !== ')') continue;
    const start = open.pop()!;
    results.push(text.slice(0, start) + text.slice(start + 1, index) + text.slice(index + 1));
  }
  return results;
}
