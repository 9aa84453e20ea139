/** The ways of searching that random protocols are put to: the default for each, and one of the others in turn. */
import type { SolverPool } from '../../src/solver/pool.js';
import type { JudgedVerdict } from '../judge/verdict.js';
import {
  expectTrackedToFindOnlyViolations,
  expectVerdictToEqualJudge,
  type CheckedSetting,
  type Way,
} from './verdicts.js';

const BY_DEFAULT: Way = { strategy: 'compiled' };

const IN_TURN: readonly (Way | 'tracked')[] = [
  { strategy: 'compiled', budgets: { diagramNodes: 0 } },
  { strategy: 'compiled', budgets: { tuples: 2 } },
  { strategy: 'alternating' },
  { strategy: 'compiled', budgets: { diagramNodes: 0 }, solver: 'minisat' },
  { strategy: 'alternating', solver: 'minisat' },
  { strategy: 'exhaustive' },
];

/** Of handlers alone. */
const TRACKED: readonly (Way | 'tracked')[] = [...IN_TURN, 'tracked'];

/** Each of the two ways is asked for one counterexample, and for all. */
export const COMPARISONS = 4;

/** @param turn chooses the other way */
export async function expectWaysToAgree(
  setting: CheckedSetting,
  judged: JudgedVerdict,
  turn: number,
  pool: SolverPool,
): Promise<void> {
  const others = setting.protocol.kind === 'handlers' ? TRACKED : IN_TURN;
  const other = others[turn % others.length];
  await expectVerdictToEqualJudge(setting, judged, { ...BY_DEFAULT, pool });
  if (other === 'tracked') await expectTrackedToFindOnlyViolations(setting, judged, pool);
  else await expectVerdictToEqualJudge(setting, judged, { ...other, pool });
}
