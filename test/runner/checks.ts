/** Checks of programs that tests write as text. */
import { formatSchedule } from '../../src/injector/schedule.js';
import { readDedalusText } from '../../src/model/rules/dedalus/read.js';
import type { Budgets } from '../../src/runner/guard/budgets.js';
import { check } from '../../src/runner/check.js';
import type { CheckOptions } from '../../src/runner/options/check.js';
import type { CheckResult, StrategyName } from '../../src/runner/result.js';
import type { SatBackend } from '../../src/solver/sat.js';

export const STRATEGIES: readonly StrategyName[] = ['compiled', 'alternating', 'random', 'exhaustive'];
export const EXACT = STRATEGIES.filter((name) => name !== 'random');
export const SOLVERS: readonly SatBackend[] = ['minisat', 'cadical'];

/** Within them, only a crash of the sender keeps `PERSISTENT` from delivering, in three minimal ways. */
export const CRASHING = { eot: 5, eff: 3, crashes: 1 };
export const SAFE = { ...CRASHING, crashes: 0 };

export async function checked(text: string, options: Partial<CheckOptions> = {}): Promise<CheckResult> {
  const program = readDedalusText(text).checked;
  if (program === undefined) throw new Error('the program has errors');
  return check(program, { name: 'test', nodes: ['a', 'b'], bounds: CRASHING, ...options });
}

export async function within(text: string, budgets: Partial<Budgets>, options: Partial<CheckOptions> = {}) {
  return checked(text, { budgets, ...options });
}

export function schedules({ verdict }: CheckResult): readonly string[] {
  if (verdict.kind !== 'violated') throw new Error(`no violation, but ${verdict.kind}`);
  return verdict.counterexamples.map(({ faults }) => formatSchedule(faults));
}
