/** A run as others see it: what it may be told to do, and what it leaves behind. */
import type { Condition } from '../../algebra.js';
import type { Rule, Tuple } from '../program.js';
import type { Extent } from './extent.js';
import type { FiringListener } from './firing.js';
import type { Match } from './join.js';
import type { RelationStore } from './plan.js';
import type { RowId } from './tuples.js';

/** Who is told of what while a run goes on. */
export interface RunOptions {
  /** Told of every firing; a firing within a recursive stratum may be told more than once. */
  readonly onFiring?: FiringListener;
  /** Told of every message to another node that is sent, whether it arrives or not. */
  readonly onMessage?: (message: SentMessage) => void;
  /** Called now and then with the timestep and the firings so far; may throw to stop the run. */
  readonly checkpoint?: (time: number, firings: number) => void;
  /** The most tuples of one relation at one time; default 500,000. */
  readonly tupleLimit?: number;
}

/** A message to another node, as the evaluator knows it. */
export interface SentMessage {
  readonly relation: RelationStore;
  readonly row: RowId;
  readonly from: string;
  /** When it is sent. */
  readonly time: number;
  /** Whether it does not leave its node, which stopped in the midst of the timestep. Default: it does. */
  readonly kept?: true;
}

/** A fact, and under which fault sets it holds. */
export interface ConditionalFact {
  readonly tuple: Tuple;
  readonly condition: Condition;
}

/** Every fact of a finished run, with its condition. */
export interface Evaluation {
  readonly firings: number;
  readonly facts: number;
  /** FALSE where the fact never holds. */
  condition(relation: string, tuple: Tuple, time: number): Condition;
  /** The facts of a relation, by row; undefined where there are none. */
  extent(relation: RelationStore, time: number): Extent | undefined;
  /** Every way to satisfy a rule's body at a time, whatever its `notin` premises say. */
  matchesWithoutAbsences(rule: Rule, time: number, visit: (match: Match) => void): void;
  /** In the order derived. */
  factsOf(relation: string, time: number): readonly ConditionalFact[];
}
