/** Options of what makes many checks, and finds something now and then. */
import type { Bounds } from '../../injector/bounds.js';
import type { SolverPool } from '../../solver/pool.js';
import type { SatBackend } from '../../solver/sat.js';
import type { CheckAttempt } from '../check-attempt.js';
import type { Progress } from './check.js';

/** Of what finds many things, each after several checks. */
export interface FindingOptions<Found> {
  /** What reports call the scenario; default none. */
  readonly name?: string;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Milliseconds for each check; default as of a check. */
  readonly timeout?: number;
  /** Default {@link defaultSolver}. */
  readonly solver?: SatBackend;
  /** Shared with other checks; default one of its own. */
  readonly pool?: SolverPool;
  /** Told of each thing found as soon as it is certified. */
  readonly onFound?: (found: Found) => void;
  /** Told of what is tried, before it is. */
  readonly onAttempt?: (attempt: CheckAttempt) => void;
  /** Told now and then while each check works. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the work when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}
