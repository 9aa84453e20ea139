/** Everything that is decided of handlers for all fault sets at once, against a judge that runs them one by one. */
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { loadBackend } from '../src/solver/backends.js';
import type { SolverFactory } from '../src/solver/sat.js';
import { generatedHandlers } from './generators/handlers/handlers.js';
import { judgeHandlers } from './judge/handlers.js';
import { expectViewsToEqualRuns } from './laws/handler-conditions.js';
import { expectVerdictToEqualJudge } from './laws/verdicts.js';

const numRuns = 300;

// Shrinking a failure takes as long again.
describe('over random handlers', { timeout: 600_000 }, () => {
  let factory: SolverFactory;
  beforeAll(async () => {
    factory = await loadBackend('minisat');
  });

  it('gives every view of every node a condition that is true of exactly the fault sets under which it is seen', () => {
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        expectViewsToEqualRuns(generated, factory);
      }),
      { numRuns },
    );
  });

  it('has every strategy give the verdict and the minimal counterexamples of the judge', async () => {
    const ways = [
      { strategy: 'compiled' },
      { strategy: 'compiled', budgets: { diagramNodes: 0 } },
      { strategy: 'compiled', budgets: { diagramNodes: 0 }, solver: 'minisat' },
      { strategy: 'alternating' },
      { strategy: 'exhaustive' },
    ] as const;
    await fc.assert(
      fc.asyncProperty(generatedHandlers(), async (generated) => {
        const { protocol, nodes, bounds } = generated;
        const judged = judgeHandlers(protocol, nodes, bounds);
        for (const way of ways) await expectVerdictToEqualJudge(generated, judged, way);
      }),
      { numRuns },
    );
  });
});
