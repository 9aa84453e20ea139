/** What driving a running system through faults has found. */
import type { TraceParent } from '../../injector/node/trace-parent.js';
import type { FaultSetCounts } from '../strategies/marco/left-out.js';
import type { PruningRule } from '../strategies/marco/rules.js';

/** A fault at a call, named. */
export interface NamedFault {
  /** The way from the request to the call: `shop -> cart GET /cart -> pricing GET /price #2`. */
  readonly point: string;
  readonly kind: string;
}

/** One of a counterexample. */
export interface LiveFault extends NamedFault {
  /** Other kinds to which the caller reacted alike. */
  readonly alike: readonly string[];
}

/** A call of a run, as it is told. */
export interface ToldCall {
  readonly point: string;
  /** How many calls it is below the request. */
  readonly depth: number;
  /** The last step of its point. */
  readonly step: string;
  readonly injected: string | undefined;
  readonly failed: boolean;
}

/** A call that may be made to fail. */
export interface PlannedCall {
  readonly point: string;
  /** What may become of it. */
  readonly kinds: readonly string[];
}

/** A fault set that a system does not survive, and the run that shows it. */
export interface SystemCounterexample {
  /** Minimal: none can be left out. */
  readonly faults: readonly LiveFault[];
  /** Why the outcome is not good, as a clause. */
  readonly reason: string;
  /** Whether the outcome was not good when it was run once more, either. */
  readonly isRepeatable: boolean;
  readonly calls: readonly ToldCall[];
}

/** What became of a system under faults. */
export type SystemVerdict =
  | { readonly kind: 'violated'; readonly counterexamples: readonly SystemCounterexample[] }
  /** Every fault set within the bounds is decided, by the rules that the result names. */
  | { readonly kind: 'survived' }
  /**
   * The same faults do not lead to the same run each time, so that nothing is concluded from what was survived.
   *
   * @property calls that two runs without faults do not both make
   * @property seenOnce fault sets of which one run was good, and another was not
   */
  | {
      readonly kind: 'unstable';
      readonly calls: readonly string[];
      readonly seenOnce: readonly SystemCounterexample[];
    }
  /** @property seenOnce fault sets that were not survived, and were not run once more */
  | {
      readonly kind: 'inconclusive';
      readonly reason: string;
      readonly seenOnce: readonly SystemCounterexample[];
    }
  /**
   * Nothing was failed, since that is all that was asked for.
   *
   * @property calls those of the runs without faults
   * @property faultSets how many there are within the bounds, of these calls
   */
  | { readonly kind: 'planned'; readonly calls: readonly PlannedCall[]; readonly faultSets: bigint };

/** A rule by which fault sets were left out. */
export interface UsedRule {
  readonly rule: PruningRule;
  /** Whether something that was seen is against what it assumes. */
  readonly isRefuted: boolean;
}

/** A run in which not all faults fired that were planned. It counts as one of those that did. */
export interface PartialRun {
  readonly planned: readonly NamedFault[];
  /** How many of them fired. */
  readonly fired: number;
}

/** What a campaign against a system has found, and how. */
export interface SystemResult {
  readonly name: string;
  readonly verdict: SystemVerdict;
  /** The most faults of a fault set. */
  readonly faults: number;
  /** All fault sets of at most so many faults are decided; -1 where not even the run without faults is. */
  readonly covered: number;
  readonly runs: number;
  /** How many of these were answered before, by a campaign that this one goes on with. */
  readonly resumed: number;
  /** How many of these were fault sets that counted as decided, and whether one of them was not survived. */
  readonly tested: number;
  readonly isRefuted: boolean;
  readonly partial: readonly PartialRun[];
  /** How many calls were seen, and how many kinds of fault at them. */
  readonly calls: number;
  readonly kinds: number;
  readonly rules: readonly UsedRule[];
  /** Of one fault or more. Undefined before the end, and where there are too many to count them one by one. */
  readonly faultSets: FaultSetCounts | undefined;
  /** Whether the user ended it. */
  readonly interrupted: boolean;
  /** Wall-clock milliseconds. */
  readonly elapsed: number;
}

/** A request that was sent to a system. */
export interface MadeRequest {
  readonly faults: readonly NamedFault[];
  /** How many of them fired. */
  readonly fired: number;
  /** Why the outcome is not good, as a clause; undefined where it is. */
  readonly problem: string | undefined;
  /** The trace that it began. */
  readonly trace: TraceParent;
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly ended: number;
}

/** What is known while a system is driven. */
export interface SystemProgress {
  /** As if it ended here. */
  readonly soFar: SystemResult;
  /** The faults of the run that is made now. */
  readonly trying: readonly NamedFault[];
}
