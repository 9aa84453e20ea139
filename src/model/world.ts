/** What a protocol runs in: which messages arrive and which nodes run is decided outside of it. */
import type { Algebra, Condition } from './algebra.js';

/** What surrounds a run: which conditions there are, and when channels work and nodes crash. */
export interface World {
  readonly algebra: Algebra;
  /** When what `from` sends to `to` (another node) at `time` arrives. */
  channel(from: string, to: string, time: number): Condition;
  /** When `node` has crashed at or before `time`. */
  down(node: string, time: number): Condition;
}
