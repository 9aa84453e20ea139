/** What driving a running system through faults has found. */
import type { PruningRule } from '../strategies/marco/rules.js';

/** A fault at a call, named. */
export interface LiveFault {
  /** The way from the request to the call: `shop -> cart GET /cart -> pricing GET /price #2`. */
  readonly point: string;
  readonly kind: string;
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

export interface SystemCounterexample {
  /** Minimal: none can be left out. */
  readonly faults: readonly LiveFault[];
  /** Why the outcome is not good, as a clause. */
  readonly reason: string;
  /** Whether the outcome was not good when it was run once more, either. */
  readonly isRepeatable: boolean;
  readonly calls: readonly ToldCall[];
}

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
  | { readonly kind: 'inconclusive'; readonly reason: string };

/** A rule by which fault sets were left out. */
export interface UsedRule {
  readonly rule: PruningRule;
  /** Whether something that was seen is against what it assumes. */
  readonly isRefuted: boolean;
}

export interface SystemResult {
  readonly name: string;
  readonly verdict: SystemVerdict;
  /** The most faults of a fault set. */
  readonly faults: number;
  /** All fault sets of at most so many faults are decided; -1 where not even the run without faults is. */
  readonly covered: number;
  readonly runs: number;
  /** How many of these were fault sets that counted as decided, and whether one of them was not survived. */
  readonly tested: number;
  readonly isRefuted: boolean;
  /** Fault sets that were planned, of which not all faults fired: they count as what fired. */
  readonly partial: number;
  /** How many calls were seen, and how many kinds of fault at them. */
  readonly calls: number;
  readonly kinds: number;
  readonly rules: readonly UsedRule[];
  /** Wall-clock milliseconds. */
  readonly elapsed: number;
}
