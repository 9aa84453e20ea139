/** Random services, and random handlers that record operations: verdicts of all, and of some what cells find, against the judge. */
import fc from 'fast-check';
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedOperations } from '../../generators/handlers/operations.js';
import { generatedServices, type GeneratedService } from '../../generators/handlers/services.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { expectCellsToEqualRuns } from '../../laws/handler-cells.js';
import { COMPARISONS, expectWaysToAgree } from '../../laws/ways.js';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';
import { EVERY_FACT, isExamined } from './share.js';

const ENDS = 'an operation that comes to its end';
const WITH_FAULTS = 'one that does so only under faults';

export const fuzzOperations: Campaign = async (turn) => {
  const factory = await loadBackend('cadical');
  const pool = new SolverPool();
  return runBatches<GeneratedService>(
    {
      campaign: 'operations',
      cases: fc.oneof(generatedServices(), generatedOperations()),
      batch: 250,
      occurring: [ENDS, WITH_FAULTS, EVERY_FACT],
      async examine(generated, index, tally) {
        const { protocol, nodes, bounds } = generated;
        const all = isExamined(index);
        const judged = judgeHandlers(protocol, nodes, bounds);
        const [{ asked }] = judged.properties;
        tally.case([
          ...(asked.length > 0 ? [ENDS] : []),
          ...(asked.length > 0 && asked.every((faults) => faults.length > 0) ? [WITH_FAULTS] : []),
          ...(all ? [EVERY_FACT] : []),
        ]);
        tally.judged(judged);
        await expectWaysToAgree(generated, judged, index, pool);
        tally.checked(COMPARISONS);
        if (!all) return;
        expectCellsToEqualRuns(generated, factory);
        tally.checked(judged.faultSets);
      },
    },
    turn,
  );
};
