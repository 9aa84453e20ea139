/** What a check knows of what a protocol came to do, and whether that is all of it. */
import type { CheckResult, StrategyName } from './result.js';
import type { Conclusion, Search } from './search.js';

export function reachedIn(
  strategy: StrategyName,
  { subject: { reached: parts }, seen }: Search,
  { verdict, representation }: Conclusion,
): Pick<CheckResult, 'reached'> {
  if (parts === undefined) return {};
  const isWhole = verdict.kind === 'certified' || verdict.kind === 'vacuous';
  const isComplete =
    strategy === 'compiled'
      ? representation === 'diagram' || representation === 'circuit' || representation === 'states'
      : strategy === 'exhaustive' && isWhole;
  return { reached: { isComplete, parts, ...(seen !== undefined && { seen }) } };
}
