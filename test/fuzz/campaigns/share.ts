/** How much of a case is compared. Everything that happens in every run costs as much as all the rest, so that some cases must do. */
import type { JudgedVerdict } from '../../judge/verdict.js';
import type { CheckedSetting } from '../../laws/verdicts.js';
import { COMPARISONS, expectAllWaysToAgree, expectWaysToAgree, waysOf } from '../../laws/ways.js';
import type { SolverPool } from '../../../src/solver/pool.js';

/** How the share is called among what occurs. */
export const EVERY_FACT = 'everything compared, of every node at every time under every fault set';

/** One case in so many. */
const SHARE = 4;

/** @param index of the case in its batch */
export function isExamined(index: number): boolean {
  return index % SHARE === 0;
}

export interface Thoroughness {
  /** A sentence on what is compared of protocols of a kind, where that is the same of all cases. */
  readonly notesOn: (kind: CheckedSetting['protocol']['kind']) => readonly string[];
  /** Whether all that happens is compared, in the case of an index in its batch. */
  readonly isExamined: (index: number) => boolean;
  /** Has ways of searching agree with the judge, and says how many comparisons that were. */
  readonly agree: (
    setting: CheckedSetting,
    judged: JudgedVerdict,
    index: number,
    pool: SolverPool,
  ) => Promise<number>;
}

/** Of many cases. */
export const IN_TURN: Thoroughness = {
  notesOn: () => [],
  isExamined,
  async agree(...parameters) {
    await expectWaysToAgree(...parameters);
    return COMPARISONS;
  },
};

/** Of each case all there is. */
export const EVERYTHING: Thoroughness = {
  notesOn: (kind) => [
    `Each case was decided, for one counterexample and for all, by\n\n${waysOf(kind)
      .map((way) => `- ${way}\n`)
      .join('')}`,
  ],
  isExamined: () => true,
  agree: (setting, judged, _, pool) => expectAllWaysToAgree(setting, judged, pool),
};
