/** Everything that is decided for all fault sets at once, against a judge that runs them one by one. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDedalusText } from '../src/model/dedalus/read.js';
import { check } from '../src/runner/check.js';
import { loadBackend } from '../src/solver/backends.js';
import { SolverPool } from '../src/solver/pool.js';
import type { SolverFactory } from '../src/solver/sat.js';
import { generatedProgram, type GeneratedProgram } from './generators/dedalus.js';
import { judgeVerdict } from './judge/verdict.js';
import { expectConditionsToEqualRuns, type Setting } from './laws/conditions.js';
import { expectSameVerdict, expectVerdictToEqualJudge } from './laws/verdicts.js';

const numRuns = 300;

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
    const ways = [
      { strategy: 'compiled' },
      { strategy: 'compiled', budgets: { diagramNodes: 0 } },
      { strategy: 'compiled', budgets: { diagramNodes: 0 }, solver: 'minisat' },
      { strategy: 'alternating' },
      { strategy: 'alternating', solver: 'minisat' },
      { strategy: 'exhaustive' },
    ] as const;
    const pool = new SolverPool();
    await fc.assert(
      fc.asyncProperty(generatedProgram(), async (generated) => {
        const { checked, nodes, bounds } = read(generated);
        const judged = judgeVerdict(checked.program, nodes, bounds);
        for (const way of ways) {
          await expectVerdictToEqualJudge({ protocol: checked, nodes, bounds }, judged, { ...way, pool });
        }
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
      { numRuns: 100 },
    );
  });
});

function read({ text, nodes, bounds }: GeneratedProgram): Setting {
  const { checked, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { checked: checked!, nodes, bounds };
}
