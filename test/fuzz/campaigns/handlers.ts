/**
 * Random handler protocols: verdicts of all, and every view of every node and what cells find, of some or of all, against the
 * judge.
 */
import fc, { type Arbitrary } from 'fast-check';
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedHandlers, type GeneratedHandlers } from '../../generators/handlers/handlers.js';
import { kindsTogether } from '../../generators/kinds-together.js';
import { judgeHandlers } from '../../judge/handlers.js';
import { expectFoundAgain, expectWhatIsCut } from '../../laws/anchors.js';
import { expectCellsToEqualRuns } from '../../laws/handler-cells.js';
import { expectStatesToEqualRuns } from '../../laws/handler-states.js';
import { expectViewsToEqualRuns } from '../../laws/handler-conditions.js';
import { runBatches } from '../batches.js';
import type { Campaign, CampaignName } from '../campaign.js';
import { featuresOfHandlers, HANDLER_FEATURES } from '../occurrences/handlers.js';
import { kindsWithin } from '../occurrences/kinds.js';
import { EVERY_FACT, EVERYTHING, IN_TURN, type Thoroughness } from './share.js';

export const fuzzHandlers: Campaign = ofProtocols('handlers', generatedHandlers(), IN_TURN);

/** Each kind of faults alone, and several together, by all ways. */
export const fuzzKindsOfHandlers: Campaign = ofProtocols(
  'handlers-kinds',
  generatedHandlers(
    // The order of nodes is not that of their names.
    fc
      .constantFrom(['a', 'b', 'c'], ['c', 'a', 'b'])
      .chain((names) =>
        kindsTogether(names).map(({ count, bounds }) => ({ nodes: names.slice(0, count), bounds })),
      ),
  ),
  EVERYTHING,
);

function ofProtocols(
  campaign: CampaignName,
  cases: Arbitrary<GeneratedHandlers>,
  { isExamined, agree, notesOn }: Thoroughness,
): Campaign {
  return async (turn) => {
    const factory = await loadBackend('cadical');
    const pool = new SolverPool();
    return runBatches<GeneratedHandlers>(
      {
        campaign,
        cases,
        batch: 250,
        occurring: [...HANDLER_FEATURES, EVERY_FACT],
        notes: notesOn('handlers'),
        async examine(generated, index, tally) {
          const { choice, protocol, nodes, bounds } = generated;
          const all = isExamined(index);
          tally.case([...featuresOfHandlers(choice), ...(all ? [EVERY_FACT] : [])]);
          tally.combined(kindsWithin(nodes, bounds));
          const judged = judgeHandlers(protocol, nodes, bounds);
          tally.judged(judged);
          tally.checked(await agree(generated, judged, index, pool));
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
}
