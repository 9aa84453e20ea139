/** Why a fault set need not be run. Each rule but the first takes something for granted, which the result says. */

/** A reason not to run a fault set, with a switch of its own. */
export type PruningRule = 'unfired' | 'local' | 'alike' | 'monotone';

export interface PruningRuleText {
  /** What is not run. */
  readonly leavesOut: string;
  /** What that rests on. */
  readonly assumes: string;
}

export const PRUNING_RULES: Readonly<Record<PruningRule, PruningRuleText>> = {
  unfired: {
    leavesOut: 'fault sets that add faults only to calls that are not made',
    assumes: 'the same request under the same faults makes the same calls',
  },
  local: {
    leavesOut: 'fault sets under which each service gets answers that it is known to have got before',
    assumes: 'a service makes its calls and its answer of the answers that it gets, and of nothing else',
  },
  alike: {
    leavesOut: 'faults of a call to which its caller once reacted as to another fault of that call',
    assumes: 'a caller that once reacts alike to two faults of a call always does, whatever else fails',
  },
  monotone: {
    leavesOut: 'fault sets within one that fired in full and was survived',
    assumes: 'who survives these faults survives fewer of them',
  },
};

export const ALL_PRUNING_RULES: readonly PruningRule[] = ['unfired', 'local', 'alike', 'monotone'];
