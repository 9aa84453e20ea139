/** Which messages leave a node that may stop in the midst of a timestep, as conditions. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';
import type { Interruption } from '../../world.js';

/**
 * The conditions that messages leave their node, wherever it sends them.
 *
 * @param sent the conditions that it does, in the order in which they leave
 * @param running that it does not stop
 */
export function departures(
  sent: readonly Condition[],
  running: Condition,
  interruptions: readonly Interruption[],
  algebra: Algebra,
): readonly Condition[] {
  const most = Math.max(...interruptions.map(({ messages }) => messages));
  // The conditions that exactly none, one, and so on were sent before; of as many as may leave it does not matter.
  let before: readonly Condition[] = [TRUE];
  return sent.map((condition) => {
    const leaves = interruptions.reduce((any, { messages, condition: stops }) => {
      const fewer = before.slice(0, messages).reduce((some, each) => algebra.or(some, each), FALSE);
      return algebra.or(any, algebra.and(stops, fewer));
    }, running);
    before = Array.from({ length: Math.min(most, before.length + 1) }, (_, count) =>
      algebra.or(
        algebra.and(before[count] ?? FALSE, algebra.not(condition)),
        count === 0 ? FALSE : algebra.and(before[count - 1], condition),
      ),
    );
    return leaves;
  });
}
