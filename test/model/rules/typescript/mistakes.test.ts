/**
 * What the compiler refuses is a diagnostic where nobody asked the compiler. Each mistake here is both: `tsc`
 * reads this file and fails where a `@ts-expect-error` has nothing to expect.
 */
/* oxlint-disable typescript/ban-ts-comment, typescript/no-unsafe-return,
   typescript/no-unsafe-call -- this file is made of mistakes, which their titles describe */
import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  avg,
  checkProgram,
  count,
  crash,
  dedalus,
  integer,
  location,
  locateProgram,
  max,
  not,
  oneOf,
  positionOf,
  program,
  relation,
  string,
  sum,
  value,
  variables,
  type Diagnostic,
  type IntegerExpression,
  type Part,
} from '../../../../src/index.js';

const nodes = ['a', 'b'] as const;
const { node, other, word, verdict, size } = variables({
  node: location(nodes),
  other: location(nodes),
  word: string,
  verdict: oneOf('commit', 'abort'),
  size: integer,
});
const log = relation('log', { node, word });
const decision = relation('decision', { node, verdict, size });

function problemsOf(part: Part): readonly Diagnostic[] {
  const located = locateProgram(program(part), (path) => ({ name: path, text: readFileSync(path, 'utf8') }));
  return checkProgram(located).diagnostics.filter(({ severity }) => severity === 'error');
}

/** The line of this file that a diagnostic points at. */
function lineOf({ span }: Diagnostic): number {
  expect(span!.source.name).toContain('mistakes.test.ts');
  return positionOf(span!.source, span!.start).line;
}

const ownText = readFileSync(new URL(import.meta.url), 'utf8');

/** Each a mistake with its code; the message names what is in the title. */
const mistakes: Readonly<Record<string, readonly [code: string, written: () => Part]>> = {
  'a misspelt column of a premise': [
    'DED801',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, wrd: word })),
  ],
  'a misspelt column of a head': [
    'DED801',
    // @ts-expect-error
    () => log({ nod: node, word }).when(log({ node, word })),
  ],
  'a misspelt column of a fact': [
    'DED801',
    // @ts-expect-error
    () => log({ node: 'a', wrd: 'x' }).at(1),
  ],
  'a head without a column': [
    'DED802',
    // @ts-expect-error
    () => log({ node }).when(log({ node, word })),
  ],
  'a fact without a column': [
    'DED802',
    // @ts-expect-error
    () => log({ node: 'a' }).at(1),
  ],
  'a variable in a fact': [
    'DED113',
    // @ts-expect-error
    () => log({ node: 'a', word }).at(1),
  ],
  'a node that there is not, in a fact': [
    'DED803',
    // @ts-expect-error
    () => log({ node: 'z', word: 'x' }).at(1),
  ],
  'a node that there is not, in a premise': [
    'DED803',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node: 'z', word })),
  ],
  'a node that there is not, in a comparison': [
    'DED803',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, word }), node.isNot('z')),
  ],
  'a string that is none of those declared': [
    'DED803',
    // @ts-expect-error
    () => decision({ node: 'a', verdict: 'comit', size: 1 }).at(1),
  ],
  'a string where an integer is declared': [
    'DED202',
    // @ts-expect-error
    () => decision({ node: 'a', verdict: 'commit', size: 'large' }).at(1),
  ],
  'an integer where a string is declared': [
    'DED202',
    // @ts-expect-error
    () => log({ node: 'a', word: 3 }).at(1),
  ],
  'a variable of another type': [
    'DED202',
    // @ts-expect-error
    () => log({ node, word: size }).when(decision({ node, size })),
  ],
  'a location where a string is declared': [
    'DED202',
    // @ts-expect-error
    () => log({ node, word: node }).when(log({ node })),
  ],
  'a comparison of two types': [
    'DED202',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, word }), word.is(size)),
  ],
  'an aggregate of strings that needs integers': [
    'DED202',
    // @ts-expect-error
    () => decision({ node, verdict: 'commit', size: sum(word) }).when(log({ node, word })),
  ],
  'an aggregate over a constant': [
    'DED114',
    // @ts-expect-error
    () => decision({ node, verdict: 'commit', size: count(3) }).when(log({ node, word })),
  ],
  'an aggregate that does not fit its column': [
    'DED202',
    // @ts-expect-error
    () => log({ node, word: count(word) }).when(log({ node, word })),
  ],
  'an aggregate in a premise': [
    'DED114',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, word }), decision({ node, verdict, size: avg(size) })),
  ],
  'the absence of a comparison': [
    'DED805',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, word }), not(word.is('x'))),
  ],
  'a head among premises': [
    'DED805',
    // @ts-expect-error
    () => log({ node, word }).when(log({ node, word }).next),
  ],
  'a head without premises': [
    'DED805',
    // @ts-expect-error
    () => log({ node, word }).next,
  ],
  'an atom that is no fact': [
    'DED805',
    // @ts-expect-error
    () => log({ node: 'a', word: 'x' }),
  ],
  'something else among the parts': [
    'DED805',
    // @ts-expect-error
    () => program([undefined]),
  ],
  'columns by position': [
    'DED803',
    // @ts-expect-error
    () => log('a', 'x').at(1),
  ],
  'columns that are no values': [
    'DED803',
    // @ts-expect-error
    () => log({ node, word: { text: 'x' } }).when(log({ node, word })),
  ],
  'a message to a number': [
    'DED202',
    () => relation('sent', { size })({ size: 1 }).async.when(log({ node, word })),
  ],
  'a relation without columns': ['DED803', () => relation('bad', {}).persists()],
  'a fraction': ['DED803', () => decision({ node: 'a', verdict: 'commit', size: 1.5 }).at(1)],
  'a time before 1': ['DED112', () => log({ node: 'a', word: 'x' }).at(0)],
  'a name that Dedalus cannot have': ['DED804', () => relation('two words', { node }).persists()],
  'a relation derived that is built in': [
    'DED203',
    () => crash({ observer: node, node, time: 1 }).when(log({ node })),
  ],
  'an unbound variable': ['DED301', () => log({ node: other, word }).when(log({ node, word }))],
  'a program in the text of a mistake': ['DED301', () => dedalus`${log}(X, Y)@next :- ${log}(X, _);`],
  'an interpolation without a value': [
    'DED803',
    // @ts-expect-error
    () => dedalus`${log}(${undefined}, "x")@1;`,
  ],
  'an include in a template': ['DED601', () => dedalus`include "x.ded";`],
};

describe('a mistake is one diagnostic, at its line:', () => {
  it.each(Object.entries(mistakes))('%s', (title, [code, written]) => {
    const problems = problemsOf(written());
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const entry = ownText.slice(0, ownText.indexOf(`'${title}'`)).split('\n').length;
    const line = lineOf(problems[0]);
    expect(line).toBeGreaterThanOrEqual(entry);
    expect(line).toBeLessThanOrEqual(entry + 3);
  });

  it('a relation that does not exist is none to the compiler', () => {
    // @ts-expect-error
    expect(() => lgo({ node, word })).toThrow(ReferenceError);
  });
});

describe('the compiler knows', () => {
  it('what variables are', () => {
    expectTypeOf(node.type).toEqualTypeOf<'location'>();
    expectTypeOf(verdict.values).toEqualTypeOf<readonly ('commit' | 'abort')[] | undefined>();
    expectTypeOf(size.plus(1)).toEqualTypeOf<IntegerExpression>();
    // @ts-expect-error
    expect(() => word.plus(1)).not.toThrow();
  });

  it('that what has fewer values fits where there may be more', () => {
    expectTypeOf(node).toExtend<ReturnType<typeof location>>();
    expect(problemsOf(log({ node, word: verdict }).when(decision({ node, verdict })))).toEqual([]);
    expect(problemsOf(log({ node, word }).when(log({ node, word }), value('a', node).isNot(node)))).toEqual(
      [],
    );
  });

  it('that the greatest of some values is one of them', () => {
    expectTypeOf(max(verdict).values).toEqualTypeOf<readonly ('commit' | 'abort')[] | undefined>();
    expect(
      problemsOf(decision({ node, verdict: max(verdict), size: 1 }).next.when(decision({ node, verdict }))),
    ).toEqual([]);
  });
});
