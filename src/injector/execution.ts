/** What one concrete run under one fault set did: enough to judge it, to draw it, and to compare it with another. */
import type { Tuple } from '../model/rules/program.js';
import type { FaultSet } from './faults.js';

/**
 * Of rules, a fact is a tuple of a relation. Of handlers, it is a field of a node's state: its relation is the
 * name of the field, its tuple the node and the value as JSON. A handler's message has its type for relation,
 * and for tuple the destination and the other fields as JSON. A tuple of `pre` is then the name of a property
 * whose `pre` held, and a violation the name of a property, the reason it gave, and when.
 */
export interface Execution {
  readonly language: 'rules' | 'handlers';
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

/** A fact without its time. */
export interface GroundFact {
  readonly relation: string;
  readonly tuple: Tuple;
}

/** A message that was sent, or that a crash kept from being sent. */
export interface Message extends GroundFact {
  readonly from: string;
  /** The destination, which is the tuple's first column. It arrives at `time + 1`. */
  readonly to: string;
  /** The logical timestep it is sent at. */
  readonly time: number;
  readonly fate: 'delivered' | 'omitted' | 'sender crashed';
  /** Whether it is in the causal past of a violation: one of this run may rest on its arrival. */
  readonly causal: boolean;
}
