/**
 * Random Dedalus programs, decided by clingo: whether some fault set violates, how many do, and the fewest faults of
 * one. It needs no judge, so that bounds may be wider than those that every fault set can be run within.
 */
import { expect } from 'vitest';
import { printAnswerSets } from '../../../src/injector/answer-sets.js';
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import { EvaluationError } from '../../../src/model/rules/evaluate/errors.js';
import { check } from '../../../src/runner/check.js';
import type { Verdict } from '../../../src/runner/result.js';
import { SolverPool } from '../../../src/solver/pool.js';
import { generatedProgram, type GeneratedProgram } from '../../generators/dedalus.js';
import { countByClingo, hasClingo } from '../clingo.js';
import { runBatches } from '../batches.js';
import type { Campaign, JudgedName } from '../campaign.js';
import type { Tally } from '../tally.js';

const NO_VALUE = 'an operation without a value';

export const fuzzClingo: Campaign = async (turn) => {
  if (turn.most > 0 && !hasClingo()) throw new Error('clingo is not installed; Debian has it as `gringo`');
  const pool = new SolverPool();
  return runBatches<GeneratedProgram>(
    {
      campaign: 'clingo',
      cases: generatedProgram(),
      batch: 250,
      occurring: [NO_VALUE],
      examine: (generated, _, tally) => examine(generated, pool, tally),
    },
    turn,
  );
};

async function examine({ text, nodes, bounds }: GeneratedProgram, pool: SolverPool, tally: Tally) {
  const checked = readDedalusText(text).checked!;
  try {
    const { verdict } = await check(checked, { name: 'random', nodes, bounds, pool });
    const counted = countByClingo(printAnswerSets(checked, nodes, bounds));
    tally.case([]);
    tally.checked(2);
    tally.verdict(
      counted.fewest === 0
        ? 'faultless'
        : counted.fewest === undefined
          ? withoutViolation(verdict)
          : 'violated',
    );
    if (verdict.kind !== 'violated') {
      expect(counted).toEqual({ violating: 0n, fewest: undefined });
      return;
    }
    expect(counted.fewest).toBe(verdict.counterexamples[0].faults.length);
    if (verdict.violating !== undefined) expect(counted.violating).toBe(verdict.violating);
  } catch (error) {
    // There is no such fact then, for clingo; for us that is to be told.
    if (!(error instanceof EvaluationError)) throw error;
    tally.case([NO_VALUE]);
  }
}

/** Whether anything was asked clingo does not say. */
function withoutViolation({ kind }: Verdict): JudgedName {
  return kind === 'vacuous' ? 'vacuous' : 'certified';
}
