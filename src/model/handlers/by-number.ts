/** Conditions of what has a number, such as local states; of what holds nowhere there is none. */
import { FALSE, type Algebra, type Condition } from '../algebra.js';

export type ByNumber<Name extends number> = Map<Name, Condition>;

/** Says that something holds under a condition as well. */
export function add<Name extends number>(
  algebra: Algebra,
  conditions: ByNumber<Name>,
  name: Name,
  condition: Condition,
): void {
  if (condition === FALSE) return;
  const before = conditions.get(name);
  conditions.set(name, before === undefined ? condition : algebra.or(before, condition));
}

/** The same where that can be at all. */
export function addPossible<Name extends number>(
  algebra: Algebra,
  conditions: ByNumber<Name>,
  name: Name,
  condition: Condition,
): void {
  if (algebra.isPossible(condition)) add(algebra, conditions, name, condition);
}
