/**
 * One pass over the protocol for all admissible fault sets, in whichever way comes to its end first. All ways come to the
 * same conditions, and for each there are protocols for which it alone ends. Which it will be is not to be seen
 * beforehand, so they take turns: one goes on until it has done so much work, is put aside, and taken up again where the
 * next has not ended by as much. Work is counted, and not timed, so that the same way ends first on every machine.
 */
import { faultConditions, type FaultConditions } from '../../injector/fault-conditions.js';
import { BudgetError } from '../../model/budget-error.js';
import { HandlerError } from '../../model/handlers/errors.js';
import { TooManyTuples } from '../../model/rules/evaluate/errors.js';
import { TRUE, type Condition } from '../../model/algebra.js';
import type { Steps } from '../../model/steps.js';
import { ProtocolError } from '../failures/protocol-error.js';
import { Undecided } from '../guard/undecided.js';
import { protocolKind } from '../kinds/kinds.js';
import { checkpoint, type Asking } from '../requests.js';
import type { SpecificationConditions, WayToEvaluate } from '../subjects/subject.js';
import { leastFaults, type EvaluableSearch } from './least-faults.js';
import { SearchedStates, type TurnsOfNodes } from './searched-states.js';

/** Inputs beyond which a diagram is not begun: its operations recurse as deep as there are inputs. */
const DEEPEST_DIAGRAM = 4_000;

/** The work of a turn of the first way, and of the only turn of every other; see `Conditions.work`. */
const FIRST_TURN = 500_000;
const OTHER_TURN = 1_500_000;

/** Of its turn, for the first timesteps. */
const LEAST_SHARE = 0.2;

/** What the first way may do before a search of the states begins. */
const QUICKLY = 20_000;
/** What such a search may do: of most protocols of which it ends, a hundredth of that. */
const SEARCH_TURN: TurnsOfNodes = { most: 5_000_000, growth: 5 };

/**
 * Of its turn, what something may have done by a timestep. What multiplies is seen early: it has taken much of its turn
 * when it is half through.
 */
function shareBy(time: number, eot: number): number {
  return Math.max(LEAST_SHARE, (time / eot) ** 2);
}

/** What the one pass over the protocol leaves to be decided. */
export interface Question extends FaultConditions, SpecificationConditions {
  /** What the pass left out, on the word of the diagram or of the solver that it can never hold. */
  readonly excluded: Condition;
}

/**
 * @param ways in the order of their turns; default all
 * @throws BudgetExceeded when the circuit passes its budget
 * @throws Undecided when a relation passes its budget
 */
export function* pose(
  search: EvaluableSearch,
  [first, ...others]: readonly WayToEvaluate[] = search.subject.ways,
): Asking<Question> {
  search.enter('evaluate');
  const attempt = new Attempt(search, first);
  const question =
    (others.length > 0
      ? yield* attempt.goOn((time) => FIRST_TURN * shareBy(time, search.options.bounds.eot))
      : undefined) ??
    (yield* endedBy(search, others)) ??
    (yield* attempt.goOn(() => Infinity));
  if (question === undefined) throw new Error('a way that may go on for ever comes to its end');
  return question;
}

/**
 * What has to be decided, or a search of the states that has decided it. What whole states do quickly they do, since a
 * solver can confirm that; then the states of all nodes together are searched, in a turn that is over soon where they
 * multiply.
 *
 * @throws as {@link pose} does
 */
export function* poseOrSearch(search: EvaluableSearch): Asking<Question | SearchedStates> {
  const states = SearchedStates.of(search);
  if (states === undefined) return yield* pose(search);
  const [first, ...others] = search.subject.ways;
  search.enter('evaluate');
  const attempt = new Attempt(search, first);
  const { eot } = search.options.bounds;
  const found =
    (yield* attempt.goOn(() => QUICKLY)) ??
    (yield* states.goOn(SEARCH_TURN)) ??
    // Where the states of all nodes together multiply, those of each node do most often.
    (states.multiplies ? undefined : yield* attempt.goOn((time) => FIRST_TURN * shareBy(time, eot))) ??
    (yield* endedBy(search, others)) ??
    (yield* attempt.goOn(() => Infinity));
  if (found === undefined) throw new Error('a way that may go on for ever comes to its end');
  return found;
}

/** One of several ways, given a turn each. What is wrong with a protocol is left to the first way to tell. */
function* endedBy(search: EvaluableSearch, ways: readonly WayToEvaluate[]): Asking<Question | undefined> {
  for (const way of ways) {
    try {
      const question = yield* new Attempt(search, way).goOn(() => OTHER_TURN);
      if (question !== undefined) return question;
    } catch (error) {
      if (!(error instanceof ProtocolError) && !(error instanceof BudgetError)) throw error;
    }
  }
  return undefined;
}

/** One way, as far as it has come. */
class Attempt {
  private readonly posed: FaultConditions;
  private readonly steps: Steps<SpecificationConditions>;
  private time = 1;

  constructor(
    private readonly search: EvaluableSearch,
    way: WayToEvaluate,
  ) {
    const { circuitNodes, diagramNodes } = search.options.budgets;
    const most = search.space.events.length > DEEPEST_DIAGRAM ? 0 : diagramNodes;
    const limits = {
      circuitLimit: circuitNodes,
      diagramLimit: Math.min(most, way.diagramNodes ?? most),
      conflicts: way.conflicts,
    };
    this.posed = faultConditions(search.space, limits, () => search.newSolver());
    const { conditions } = this.posed;
    this.steps = way.specification(search.space.world(conditions), conditions, (time) => {
      this.time = time;
      this.search.timestep = time;
    });
  }

  /** To its end, or until it has done more work in all than it may by a time; undefined where that comes first. */
  *goOn(allowed: (time: number) => number): Asking<Question | undefined> {
    const { posed, search } = this;
    const { conditions } = posed;
    search.timestep = this.time;
    search.leastUnder = (condition) => leastFaults(search, posed, condition, {});
    while (conditions.work <= allowed(this.time)) {
      const before = conditions.work;
      const step = this.next();
      search.countWork(conditions.work - before);
      if (step.done === true) {
        search.gates = conditions.circuit.size;
        return { ...posed, ...step.value, excluded: conditions.excluded };
      }
      yield* checkpoint();
    }
    return undefined;
  }

  private next(): IteratorResult<undefined, SpecificationConditions> {
    try {
      return this.steps.next();
    } catch (error) {
      throw explained(this.search, error);
    }
  }
}

/**
 * What is thrown in place of an error of the run over all fault sets: a handler that fails is told with the least fault
 * set that leads to it, and too many tuples over all fault sets may be few in each run.
 */
export function explained(search: EvaluableSearch, error: unknown): unknown {
  if (error instanceof TooManyTuples) return new Undecided(`${error.message}, over all fault sets`);
  if (!(error instanceof HandlerError)) return error;
  const faults = search.leastUnder?.(error.condition ?? TRUE) ?? [];
  const { protocol } = search.subject;
  return new ProtocolError(error, faults, protocolKind(protocol).definition(protocol));
}
