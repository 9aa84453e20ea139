import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import { programOf } from '../judge/program-of.js';
import { generatedProgram } from './dedalus.js';
import { mutationsOf } from './mutations.js';
import { printText } from './print.js';

describe('mutations', () => {
  it('drop each rule and each premise that can be done without', () => {
    const program = programOf(`
      p("a", 1)@1;
      q(Y, N)@async :- p(X, N), peer(X, Y), notin r(X), N < 3;
      pre(X) :- p(X, _);
      post(X) :- q(X, _);`);
    const rules = mutationsOf(program).map(({ program: mutated }) => printText(mutated).split('\n')[1]);
    expect(rules).toEqual([
      'pre(X) :- p(X, _);',
      'q(Y, N)@async :- p(X, N), peer(X, Y), N < 3;',
      'q(Y, N)@async :- p(X, N), peer(X, Y), notin r(X);',
    ]);
  });

  it('leave a program that reads without error, one step shorter', () => {
    fc.assert(
      fc.property(generatedProgram(), ({ program }) => {
        for (const { dropped, program: mutated } of mutationsOf(program)) {
          const text = printText(mutated);
          const { diagnostics } = readDedalusText(text);
          expect(
            diagnostics.filter(({ severity }) => severity === 'error'),
            text,
          ).toEqual([]);
          expect(mutated.clauses).toHaveLength(
            program.clauses.length - (dropped.premise === undefined ? 1 : 0),
          );
        }
      }),
    );
  });
});
