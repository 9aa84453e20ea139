/** Random Dedalus programs: verdicts of all, and the condition of every fact of some or of all, against the judge. */
import type { Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { PROGRAM_NODES } from '../../generators/build.js';
import { programOfAnyTime, type GeneratedProgram } from '../../generators/dedalus.js';
import { kindsTogether } from '../../generators/kinds-together.js';
import { programChoiceOf } from '../../generators/programs.js';
import { judgeVerdict } from '../../judge/verdict.js';
import { expectFoundAgain, expectWhatIsCut } from '../../laws/anchors.js';
import { expectConditionsToEqualRuns, type Setting } from '../../laws/conditions.js';
import { runBatches } from '../batches.js';
import type { Campaign, CampaignName } from '../campaign.js';
import { DEDALUS_FEATURES, featuresOfProgram } from '../occurrences/dedalus.js';
import { kindsWithin } from '../occurrences/kinds.js';
import { EVERY_FACT, EVERYTHING, IN_TURN, type Thoroughness } from './share.js';

export const fuzzDedalus: Campaign = ofPrograms('dedalus', programOfAnyTime(), IN_TURN);

/** Each kind of faults alone, and several together, by all ways. */
export const fuzzKindsOfRules: Campaign = ofPrograms(
  'dedalus-kinds',
  programOfAnyTime(
    programChoiceOf(kindsTogether(PROGRAM_NODES).map(({ count, bounds }) => ({ nodes: count, bounds }))),
  ),
  EVERYTHING,
);

function ofPrograms(
  campaign: CampaignName,
  cases: Arbitrary<GeneratedProgram>,
  { isExamined, agree, notesOn }: Thoroughness,
): Campaign {
  return async (turn) => {
    const factory = await loadBackend('cadical');
    const pool = new SolverPool();
    return runBatches<GeneratedProgram>(
      {
        campaign,
        cases,
        batch: 250,
        occurring: [...DEDALUS_FEATURES, EVERY_FACT],
        notes: notesOn('rules'),
        async examine(generated, index, tally) {
          const setting = read(generated);
          const { checked, nodes, bounds } = setting;
          const all = isExamined(index);
          tally.case([...featuresOfProgram(checked.program), ...(all ? [EVERY_FACT] : [])]);
          tally.combined(kindsWithin(nodes, bounds));
          const judged = judgeVerdict(checked.program, nodes, bounds);
          tally.judged(judged);
          const explained = { protocol: checked, nodes, bounds };
          tally.checked(await agree(explained, judged, index, pool));
          if (!all) return;
          expectConditionsToEqualRuns(setting, factory);
          tally.checked(judged.faultSets);
          expectFoundAgain(explained, 1 + (index % 50));
          expectWhatIsCut(explained, 1);
        },
      },
      turn,
    );
  };
}

function read({ text, nodes, bounds }: GeneratedProgram): Setting {
  const { checked, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { checked: checked!, nodes, bounds };
}
