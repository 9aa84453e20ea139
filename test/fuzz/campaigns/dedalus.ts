/** Random Dedalus programs: verdicts of all, and of some the condition of every fact, against the judge. */
import { expect } from 'vitest';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { loadBackend } from '../../../src/solver/backends.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { programOfAnyTime, type GeneratedProgram } from '../../generators/dedalus.js';
import { judgeVerdict } from '../../judge/verdict.js';
import { expectFoundAgain, expectWhatIsCut } from '../../laws/anchors.js';
import { expectConditionsToEqualRuns, type Setting } from '../../laws/conditions.js';
import { COMPARISONS, expectWaysToAgree } from '../../laws/ways.js';
import { runBatches } from '../batches.js';
import type { Campaign } from '../campaign.js';
import { DEDALUS_FEATURES, featuresOfProgram } from '../occurrences/dedalus.js';
import { kindsWithin } from '../occurrences/kinds.js';
import { EVERY_FACT, isExamined } from './share.js';

export const fuzzDedalus: Campaign = async (turn) => {
  const factory = await loadBackend('cadical');
  const pool = new SolverPool();
  return runBatches<GeneratedProgram>(
    {
      campaign: 'dedalus',
      cases: programOfAnyTime(),
      batch: 250,
      occurring: [...DEDALUS_FEATURES, EVERY_FACT],
      async examine(generated, index, tally) {
        const setting = read(generated);
        const { checked, nodes, bounds } = setting;
        const all = isExamined(index);
        tally.case([...featuresOfProgram(checked.program), ...(all ? [EVERY_FACT] : [])]);
        tally.combined(kindsWithin(nodes, bounds));
        const judged = judgeVerdict(checked.program, nodes, bounds);
        tally.judged(judged);
        await expectWaysToAgree({ protocol: checked, nodes, bounds }, judged, index, pool);
        tally.checked(COMPARISONS);
        if (!all) return;
        expectConditionsToEqualRuns(setting, factory);
        tally.checked(judged.faultSets);
        const explained = { protocol: checked, nodes, bounds };
        expectFoundAgain(explained, 1 + (index % 50));
        expectWhatIsCut(explained, 1);
      },
    },
    turn,
  );
};

function read({ text, nodes, bounds }: GeneratedProgram): Setting {
  const { checked, diagnostics } = readDedalusText(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { checked: checked!, nodes, bounds };
}
