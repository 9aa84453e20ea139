/** Operations in all runs at once: whatever evaluates them, and however it is searched, the judge finds the same. */
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import type { SolverFactory } from '../../../src/solver/sat.js';
import { generatedOperations } from '../../generators/handlers/operations.js';
import { generatedServices } from '../../generators/handlers/services.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { expectCellsToEqualRuns } from '../../laws/handler-cells.js';
import { expectWaysToAgree } from '../../laws/ways.js';

const pool = new SolverPool();

let factory: SolverFactory;
beforeAll(async () => {
  factory = await loadBackend('minisat');
});

describe.each([
  { what: 'services', generated: generatedServices(), numRuns: 5 },
  { what: 'handlers that record operations', generated: generatedOperations(), numRuns: 3 },
])('over random $what', { timeout: 600_000 }, ({ generated, numRuns }) => {
  it('has evaluation by cells come to the conditions of what the judge finds in each run', () => {
    fc.assert(
      fc.property(generated, (setting) => {
        expectCellsToEqualRuns(setting, factory);
      }),
      { numRuns },
    );
  });

  it('has every strategy give the verdict and the minimal counterexamples of the judge', async () => {
    await fc.assert(
      fc.asyncProperty(generated, fc.nat(), async (setting, turn) => {
        const judged = judgeHandlers(setting.protocol, setting.nodes, setting.bounds);
        await expectWaysToAgree(setting, judged, turn, pool);
      }),
      { numRuns },
    );
  });
});
