/** The strategies by name. */
import type { Steps } from '../../model/steps.js';
import type { StrategyName } from '../result.js';
import type { Conclusion, Search } from '../search.js';
import { alternating } from './alternating.js';
import { compiled } from './compiled.js';
import { exhaustive } from './exhaustive.js';
import { random } from './random.js';

/** Each works on a fresh search, may be put aside between its steps, and may throw what its budgets and solvers do. */
export const strategies: Readonly<Record<StrategyName, (search: Search) => Steps<Conclusion>>> = {
  compiled,
  alternating,
  random,
  exhaustive,
};
