/** One run of a protocol under a given fault set. */
import type { Bounds } from '../injector/bounds.js';
import type { Execution } from '../injector/execution.js';
import type { FaultSet } from '../injector/faults.js';
import type { Divergence } from './result.js';
import type { Protocol } from './subjects/subject.js';
import { subjectOf } from './subjects/subjects.js';

export interface Replay {
  readonly execution: Execution;
  /** Where it first parts from the failure-free run; undefined for the empty fault set. */
  readonly divergence: Divergence | undefined;
}

/**
 * Runs a protocol under a fault set, and tells all that happened.
 *
 * @throws EvaluationError, TooManyTuples, HandlerError when the protocol itself cannot be run
 */
export function replayProtocol(
  protocol: Protocol,
  { nodes, bounds }: { readonly nodes: readonly string[]; readonly bounds: Bounds },
  faults: FaultSet,
): Replay {
  const subject = subjectOf(protocol, { nodes, eot: bounds.eot, checkpoint: () => undefined });
  const execution = subject.replay(faults);
  const divergence = faults.length === 0 ? undefined : subject.divergence(execution, subject.replay([]));
  return { execution, divergence };
}
