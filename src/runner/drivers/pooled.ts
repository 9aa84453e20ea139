/** The driver that has runs shared: those that are asked for together are made by several threads at once. */
import type { FaultSet } from '../../injector/faults.js';
import type { Outcome } from '../../injector/run.js';
import type { WaitingSteps } from '../guard/sliced.js';
import type { Asking } from '../requests.js';
import { answerOf, type Checked } from './answered.js';
import { driven } from './driven.js';

/** Threads that help with runs. */
export interface Pool {
  /**
   * Runs fault sets with the help of others.
   *
   * @param run makes a run in this thread
   * @returns in the order of the fault sets, the outcomes of the first of them: all, or those before one that failed
   * @throws what `run` does for the first fault set
   */
  outcomes(
    faultSets: readonly FaultSet[],
    run: (faults: FaultSet) => Outcome,
  ): WaitingSteps<readonly Outcome[]>;
}

/** The work with its requests answered, runs by all threads and the rest by this one. */
export function pooled<Value>(asking: Asking<Value>, checked: Checked, pool: Pool): WaitingSteps<Value> {
  return driven(asking, function* (request) {
    if (request.kind !== 'run' || request.faultSets.length === 1) return yield* answerOf(request, checked);
    const outcomes = yield* pool.outcomes(request.faultSets, (faults) => checked.outcome(faults));
    return { kind: 'run', outcomes };
  });
}
