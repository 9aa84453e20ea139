/** The operations of all runs at once: which histories there are under which conditions, as time goes on. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import { EMPTY_HISTORY, type Continuation, type HistoryId, type Ordering } from './ordering.js';
import { NOTHING_RECORDED, type Recorded } from './record.js';

/** What a node may have recorded at a timestep; of all that it may, one is so. */
export interface ConditionalRecorded {
  readonly recorded: Recorded;
  readonly condition: Condition;
}

/** What comes of the operations of a timestep, and when. */
export interface ConditionalContinuation {
  readonly condition: Condition;
  readonly continuation: Continuation;
  /** Whether an operation came to its end. */
  readonly isAsked: boolean;
}

/** What all nodes recorded at a timestep. */
interface Together {
  readonly recorded: readonly Recorded[];
  readonly condition: Condition;
}

export class OperationsWatch {
  private histories: ReadonlyMap<HistoryId, Condition> = new Map([[EMPTY_HISTORY, TRUE]]);

  constructor(
    private readonly ordering: Ordering,
    private readonly algebra: Algebra,
  ) {}

  /**
   * The next timestep. A history that is stuck does not go on.
   *
   * @param nodes what each may have recorded
   * @param onAsk told under which condition the model is asked next
   */
  see(
    nodes: readonly (readonly ConditionalRecorded[])[],
    onAsk: (condition: Condition) => void,
  ): readonly ConditionalContinuation[] {
    if (nodes.every(([first, ...others]) => others.length === 0 && first.recorded.length === 0)) return [];
    const { algebra } = this;
    const next = new Map<HistoryId, Condition>();
    const all: ConditionalContinuation[] = [];
    for (const together of [...this.together(nodes)]) {
      const isAsked = together.recorded.flat().some(({ kind }) => kind === 'complete');
      for (const [history, so] of this.histories) {
        const condition = algebra.and(so, together.condition);
        if (!algebra.isPossible(condition)) continue;
        onAsk(condition);
        const continuation = this.ordering.after(history, together.recorded);
        all.push({ condition, continuation, isAsked });
        if (continuation.kind === 'in order')
          next.set(continuation.history, algebra.or(next.get(continuation.history) ?? FALSE, condition));
      }
    }
    this.histories = next;
    return all;
  }

  private *together(
    nodes: readonly (readonly ConditionalRecorded[])[],
    recorded: readonly Recorded[] = [],
    condition: Condition = TRUE,
  ): Iterable<Together> {
    if (recorded.length === nodes.length) {
      yield { recorded, condition };
      return;
    }
    for (const each of nodes[recorded.length]) {
      const both = this.algebra.and(condition, each.condition);
      if (this.algebra.isPossible(both)) yield* this.together(nodes, [...recorded, each.recorded], both);
    }
  }
}

/** What a node recorded that recorded nothing, for sure. */
export const NOTHING: readonly ConditionalRecorded[] = [{ recorded: NOTHING_RECORDED, condition: TRUE }];
