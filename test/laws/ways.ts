/** The ways of searching that random protocols are put to: the default for each, and one of the others in turn, or all. */
import type { SolverPool } from '../../src/solver/pool.js';
import type { JudgedVerdict } from '../judge/verdict.js';
import {
  expectOnlyViolations,
  expectVerdictToEqualJudge,
  type CheckedSetting,
  type Way,
} from './verdicts.js';

const BY_DEFAULT = 'compiled, by diagrams';

/** Those that decide. */
const DECIDING: Readonly<Record<string, Way>> = {
  [BY_DEFAULT]: { strategy: 'compiled' },
  'compiled, by circuits and CaDiCaL': { strategy: 'compiled', budgets: { diagramNodes: 0 } },
  'compiled, past its budget': { strategy: 'compiled', budgets: { tuples: 2 } },
  'alternating, by CaDiCaL': { strategy: 'alternating', solver: 'cadical' },
  'compiled, by circuits and MiniSat': {
    strategy: 'compiled',
    budgets: { diagramNodes: 0 },
    solver: 'minisat',
  },
  'alternating, by MiniSat': { strategy: 'alternating', solver: 'minisat' },
  exhaustive: { strategy: 'exhaustive' },
};

const RANDOM: Readonly<Record<string, Way>> = { random: { strategy: 'random', budgets: { executions: 30 } } };

/** Of handlers alone. */
const TRACKED: Readonly<Record<string, Way>> = {
  'alternating, by tracked lineage': { strategy: 'alternating', lineage: 'tracked' },
};

/** Each way is asked for one counterexample, and for all. */
const COMPARISONS_OF_WAY = 2;

/** Of the default and another way. */
export const COMPARISONS = 2 * COMPARISONS_OF_WAY;

/** @param turn chooses the other way */
export async function expectWaysToAgree(
  setting: CheckedSetting,
  judged: JudgedVerdict,
  turn: number,
  pool: SolverPool,
): Promise<void> {
  const others = waysOf(setting.protocol.kind).filter((name) => name !== BY_DEFAULT && name !== 'random');
  for (const name of [BY_DEFAULT, others[turn % others.length]])
    await expectWayToAgree(name, setting, judged, pool);
}

/** Every strategy, both solvers. @returns how many comparisons that were */
export async function expectAllWaysToAgree(
  setting: CheckedSetting,
  judged: JudgedVerdict,
  pool: SolverPool,
): Promise<number> {
  const all = waysOf(setting.protocol.kind);
  for (const name of all) await expectWayToAgree(name, setting, judged, pool);
  return COMPARISONS_OF_WAY * all.length;
}

/** In words, in a fixed order. */
export function waysOf(kind: CheckedSetting['protocol']['kind']): readonly string[] {
  return Object.keys({ ...DECIDING, ...RANDOM, ...(kind === 'handlers' && TRACKED) });
}

async function expectWayToAgree(
  name: string,
  setting: CheckedSetting,
  judged: JudgedVerdict,
  pool: SolverPool,
): Promise<void> {
  if (Object.hasOwn(DECIDING, name))
    await expectVerdictToEqualJudge(setting, judged, { ...DECIDING[name], pool });
  else await expectOnlyViolations(setting, judged, { ...{ ...RANDOM, ...TRACKED }[name], pool });
}
