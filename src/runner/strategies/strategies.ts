/** The strategies by name. */
import type { Steps } from '../../model/steps.js';
import type { StrategyName } from '../result.js';
import type { Conclusion, Search } from '../search.js';
import { Undecided } from '../guard/undecided.js';
import { alternating } from './alternating.js';
import { compiled, explained } from './compiled.js';
import { exhaustive } from './exhaustive.js';
import { random } from './random.js';

type Strategy = (search: Search) => Steps<Conclusion>;

/** Ends with calls made once more, of those that it rests on. */
const confirmed = (strategy: Strategy): Strategy =>
  function* (search) {
    const repeatCalls = () => {
      explained(search, () => {
        search.subject.repeatCalls();
      });
    };
    try {
      const conclusion = yield* strategy(search);
      repeatCalls();
      return conclusion;
    } catch (error) {
      // To have found nothing is told as well.
      if (error instanceof Undecided) repeatCalls();
      throw error;
    }
  };

/** Each works on a fresh search, may be put aside between its steps, and may throw what its budgets and solvers do. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  compiled: confirmed(compiled),
  alternating: confirmed(alternating),
  random: confirmed(random),
  exhaustive: confirmed(exhaustive),
};
