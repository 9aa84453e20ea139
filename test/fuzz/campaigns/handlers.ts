/** Random handler protocols: verdicts of all, and of some every view of every node and what cells find, against the judge. */
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedHandlers, type GeneratedHandlers } from '../../generators/handlers/handlers.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { expectFoundAgain, expectWhatIsCut } from '../../laws/anchors.js';
import { expectCellsToEqualRuns } from '../../laws/handler-cells.js';
import { expectStatesToEqualRuns } from '../../laws/handler-states.js';
import { expectViewsToEqualRuns } from '../../laws/handler-conditions.js';
import { COMPARISONS, expectWaysToAgree } from '../../laws/ways.js';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';
import { featuresOfHandlers, HANDLER_FEATURES } from '../occurrences/handlers.js';
import { kindsWithin } from '../occurrences/kinds.js';
import { EVERY_FACT, isExamined } from './share.js';

export const fuzzHandlers: Campaign = async (turn) => {
  const factory = await loadBackend('cadical');
  const pool = new SolverPool();
  return runBatches<GeneratedHandlers>(
    {
      campaign: 'handlers',
      cases: generatedHandlers(),
      batch: 250,
      occurring: [...HANDLER_FEATURES, EVERY_FACT],
      async examine(generated, index, tally) {
        const { choice, protocol, nodes, bounds } = generated;
        const all = isExamined(index);
        tally.case([...featuresOfHandlers(choice), ...(all ? [EVERY_FACT] : [])]);
        tally.combined(kindsWithin(nodes, bounds));
        const judged = judgeHandlers(protocol, nodes, bounds);
        tally.judged(judged);
        await expectWaysToAgree(generated, judged, index, pool);
        tally.checked(COMPARISONS);
        if (!all) return;
        expectViewsToEqualRuns(generated, factory);
        expectCellsToEqualRuns(generated, factory);
        expectStatesToEqualRuns(generated);
        tally.checked(2 * judged.faultSets);
        expectFoundAgain(generated, 1 + (index % 50));
        expectWhatIsCut(generated, 1);
      },
    },
    turn,
  );
};
