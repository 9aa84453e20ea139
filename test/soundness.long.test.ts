/** Everything that is decided for all fault sets at once, against a judge that runs them one by one. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaultSet } from '../src/injector/faults.js';
import { readDedalusText } from '../src/model/rules/dedalus/read.js';
import { check } from '../src/runner/check.js';
import { loadBackend } from '../src/solver/backends.js';
import { SolverPool } from '../src/solver/pool.js';
import type { SolverFactory } from '../src/solver/sat.js';
import { generatedProgram, programOfAnyTime, type GeneratedProgram } from './generators/dedalus.js';
import { judgeVerdict } from './judge/verdict.js';
import { expectConditionsToEqualRuns, type Setting } from './laws/conditions.js';
import { expectSameVerdict } from './laws/verdicts.js';
import { expectWaysToAgree } from './laws/ways.js';

const numRuns = 12;

// Shrinking a failure takes as long again.
describe('over random programs', { timeout: 600_000 }, () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  it('gives every fact a condition that is true of exactly the fault sets under which it holds', () => {
    fc.assert(
      fc.property(generatedProgram(), (generated) => {
        expectConditionsToEqualRuns(read(generated), factory);
      }),
      { numRuns },
    );
  });

  it('has every strategy, with every solver, give the verdict and the minimal counterexamples of the judge', async () => {
    const pool = new SolverPool();
    await fc.assert(
      fc.asyncProperty(programOfAnyTime(), fc.nat(), async (generated, turn) => {
        const { checked, nodes, bounds } = read(generated);
        const judged = judgeVerdict(checked.program, nodes, bounds);
        await expectWaysToAgree({ protocol: checked, nodes, bounds }, judged, turn, pool);
      }),
      { numRuns },
    );
  });

  it('has random find nothing but violations', async () => {
    await fc.assert(
      fc.asyncProperty(generatedProgram(), fc.nat(), async (generated, seed) => {
        const { checked, nodes, bounds } = read(generated);
        const judged = judgeVerdict(checked.program, nodes, bounds);
        const budgets = { executions: 50 };
        const result = await check(checked, {
          name: 'random',
          nodes,
          bounds,
          strategy: 'random',
          seed,
          budgets,
        });
        if (result.verdict.kind === 'violated') expectSameVerdict(result, judged);
        else expect(result.verdict.kind).toBe('inconclusive');
      }),
      { numRuns: 15 },
    );
  });
});

describe('over recursion that goes in circles', () => {
  it('comes to an end, with the conditions of the judge, however the edges of a graph arrive', async () => {
    const edges = [
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 4],
      [4, 2],
      [3, 1],
      [1, 4],
    ];
    const told = edges.map(([from, to], i) => `told("b", ${from}, ${to})@${i + 1};`).join(' ');
    const text = `${told} edge("a", X, Y)@async :- told(_, X, Y); edge(A, X, Y)@next :- edge(A, X, Y);
      reach(A, X, Y) :- edge(A, X, Y); reach(A, X, Z) :- reach(A, X, Y), reach(A, Y, Z);
      reach(A, X, Y)@next :- reach(A, X, Y); pre(X) :- told(X, _, _); post(X) :- told(X, _, _);`;
    const bounds = { eot: 9, eff: 8, crashes: 0 };
    const setting = read({ text, nodes: ['a', 'b'], bounds });
    const subsets = Array.from({ length: 2 ** edges.length }, (_, bits) =>
      edges.flatMap((_edge, i): FaultSet =>
        (bits >> i) % 2 === 0 ? [] : [{ kind: 'omission', from: 'b', to: 'a', time: i + 1 }],
      ),
    );
    expectConditionsToEqualRuns(setting, await loadBackend('minisat'), subsets);
  });
});

function read({ text, nodes, bounds }: Omit<GeneratedProgram, 'program'>): Setting {
  const { checked, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { checked: checked!, nodes, bounds };
}
