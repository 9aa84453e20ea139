/**
 * What a check tries, one after the other. Where `compiled` passes a budget, a few random fault sets come before
 * `alternating`: what so many would find must not end without a verdict, and what multiplies over all fault sets is often
 * small in each run. How many are run is counted and not timed, so that the same are run on every machine. What is left of
 * the time in the end is for smaller bounds.
 */
import type { FullCheckOptions } from './options/check.js';
import type { StrategyName } from './result.js';
import type { Conclusion } from './search.js';

/** One strategy, and how far it may go. */
export interface Stage {
  readonly strategy: StrategyName;
  /** Of the time that is left when it begins. */
  readonly time: number;
  /** Of `random`, how many fault sets it draws at most; by default as many as there may be executions. */
  readonly draws?: number;
}

/** Fault sets that are tried between two strategies: at most so many, and this part of all executions. */
const TRIED = 1_000;
const SHARE_TRIED = 1 / 10;

export function planOf({
  strategy,
  budgets: { executions },
}: Pick<FullCheckOptions, 'strategy' | 'budgets'>): readonly Stage[] {
  if (strategy !== 'compiled') return [{ strategy, time: 1 }];
  const draws = Math.min(TRIED, Math.floor(executions * SHARE_TRIED));
  return [
    { strategy: 'compiled', time: 2 / 3 },
    ...(draws === 0 ? [] : [{ strategy: 'random', time: 1 / 3, draws } as const]),
    { strategy: 'alternating', time: 3 / 4 },
  ];
}

/** Whether counterexamples are wanted that nobody looked for. */
export function leavesMore({ verdict }: Conclusion, { limit }: Pick<FullCheckOptions, 'limit'>): boolean {
  return (
    verdict.kind === 'violated' && verdict.remaining === 'unknown' && verdict.counterexamples.length < limit
  );
}
