/** What one concrete run under one fault set did: enough to judge it, to draw it, and to compare it with another. */
import type { Tuple } from '../model/program.js';
import type { FaultSet } from './faults.js';

export interface Execution {
  readonly nodes: readonly string[];
  readonly eot: number;
  readonly faults: FaultSet;
  /** Every message sent or suppressed, in the fixed order of {@link compareMessages}. */
  readonly messages: readonly Message[];
  /** The facts of each logical timestep: `facts[time]`, times 1..eot; sorted by relation, then tuple. */
  readonly facts: readonly (readonly GroundFact[])[];
  /** Tuples of `pre` at EOT. */
  readonly pre: readonly Tuple[];
  /** Tuples of `pre` at EOT that are not in `post`: empty when the run satisfies the specification. */
  readonly violations: readonly Tuple[];
}

export interface GroundFact {
  readonly relation: string;
  readonly tuple: Tuple;
}

export interface Message extends GroundFact {
  readonly from: string;
  /** The destination, which is the tuple's first column. It arrives at `time + 1`. */
  readonly to: string;
  /** The logical timestep it is sent at. */
  readonly time: number;
  readonly fate: 'delivered' | 'omitted' | 'sender crashed';
}
