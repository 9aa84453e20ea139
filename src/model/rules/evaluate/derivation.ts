/** What one firing of a rule derives. */
import type { Condition } from '../../algebra.js';
import type { FiringPremise } from './firing.js';
import type { JoinPlan } from './plan.js';
import type { ValueId } from './values.js';

export interface Derivation {
  readonly plan: JoinPlan;
  /** When the rule fires. */
  readonly time: number;
  readonly tuple: ArrayLike<ValueId>;
  /** Of a message. */
  readonly sender: ValueId | undefined;
  readonly condition: Condition;
  /** Gathered only where somebody listens. */
  readonly premises: readonly FiringPremise[] | undefined;
}

/** Of a message. */
export interface SentDerivation extends Derivation {
  readonly sender: ValueId;
}

/** Undefined for what is no message, and for what a node sends to itself, which is never lost. */
export function senderToOther({ sender, tuple }: Derivation): ValueId | undefined {
  return sender === tuple[0] ? undefined : sender;
}
