/** The strategies by name. */
import type { StrategyName } from '../result.js';
import { repeatCalls, type Asking } from '../requests.js';
import type { Conclusion, Search } from '../search.js';
import type { Described, Evaluable } from '../subjects/subject.js';
import { Undecided } from '../guard/undecided.js';
import { alternating } from './alternating.js';
import { compiled } from './compiled.js';
import { exhaustive } from './exhaustive.js';
import { explained } from './pose.js';
import { random } from './random.js';

type Strategy<Subject extends Described> = (search: Search<Subject>) => Asking<Conclusion>;

/** Ends with calls made once more, of those that it rests on. */
const confirmed = <Subject extends Described>(
  strategy: Strategy<Subject>,
  explain: (search: Search<Subject>, error: unknown) => unknown = (_, error) => error,
): Strategy<Subject> =>
  function* (search) {
    try {
      const conclusion = yield* strategy(search);
      yield* repeated(search, explain);
      return conclusion;
    } catch (error) {
      // To have found nothing is told as well.
      if (error instanceof Undecided) yield* repeated(search, explain);
      throw error;
    }
  };

function* repeated<Subject extends Described>(
  search: Search<Subject>,
  explain: (search: Search<Subject>, error: unknown) => unknown,
): Asking<void> {
  try {
    yield* repeatCalls();
  } catch (error) {
    throw explain(search, error);
  }
}

/** Those that work on whatever can be run and says what a run rested on. */
export const runningStrategies: Readonly<Record<Exclude<StrategyName, 'compiled'>, Strategy<Described>>> = {
  alternating: confirmed(alternating),
  random: confirmed(random),
  exhaustive: confirmed(exhaustive),
};

/** Each works on a fresh search, and may throw what its budgets and solvers do. */
export const strategies: Readonly<Record<StrategyName, Strategy<Described & Evaluable>>> = {
  compiled: confirmed(compiled, explained),
  ...runningStrategies,
};
