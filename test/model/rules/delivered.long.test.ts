import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProgram } from '../../../src/model/rules/check/check.js';
import { messageRelations, withDelivered } from '../../../src/model/rules/delivered.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type { Program } from '../../../src/model/rules/program.js';
import { generatedProgram } from '../../generators/dedalus.js';
import type { JudgedRun } from '../../judge/dedalus.js';
import { judgeRuns } from '../../judge/verdict.js';

/** The facts of a run, those left out that say who sends what, and who is down. */
function factsOf(run: JudgedRun, eot: number): readonly (readonly string[])[] {
  return Array.from({ length: eot }, (_, index) =>
    [...run.facts(index + 1)].filter((fact) => !/^\["[^"]* /.test(fact)).sort(),
  );
}

function checked(program: Program) {
  const { checked: known, diagnostics } = checkProgram(program);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return known!.program;
}

describe('a program whose messages always arrive', () => {
  it('derives under every fault set what the judge derives where they do', () => {
    fc.assert(
      fc.property(generatedProgram(), fc.nat(), ({ text, nodes, bounds }, chosen) => {
        const { program } = readDedalusText(text).checked!;
        const names = messageRelations(program).filter((_, place) => ((chosen >> place) & 1) === 1);
        const delivering = checked(withDelivered(program, new Set(names), { nodes, eot: bounds.eot }));
        const judged = [...judgeRuns(program, nodes, bounds, names)];
        for (const [place, { faults, run }] of [...judgeRuns(delivering, nodes, bounds)].entries()) {
          expect(faults).toEqual(judged[place].faults);
          expect(factsOf(run, bounds.eot)).toEqual(factsOf(judged[place].run, bounds.eot));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('is the same program where none is named', () => {
    const { program } = readDedalusText('p("a", "b")@1; q(B)@async :- p(A, B);').checked!;
    expect(withDelivered(program, new Set(['p']), { nodes: ['a', 'b'], eot: 3 })).toBe(program);
  });
});
