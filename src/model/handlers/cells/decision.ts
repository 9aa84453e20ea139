/** What may come of a function that asks for what it needs, by the answers; and which of that depends on which answer. */
import { FALSE, TRUE, type Algebra, type Condition } from '../../algebra.js';

/** Of what a function asks, only the answers that may be; one of them is given wherever it comes to ask. */
export type DecisionTree<Effect> =
  | { readonly kind: 'end'; readonly effect: Effect }
  | { readonly kind: 'asks'; readonly answers: readonly GivenAnswer<Effect>[] };

export interface GivenAnswer<Effect> {
  /** Under which this is the answer. */
  readonly holds: Condition;
  readonly next: DecisionTree<Effect>;
}

/**
 * Of each thing that may come of a function, the condition under which it does, wherever the function is called. What all
 * answers to a question have in common does not depend on it, however many there are: so a handler that looks at ten
 * members and tells those that it lacks has a condition of one member for each, and not of all combinations.
 *
 * @param thingsOf what an end comes to; equal things are one object, or one text
 */
export function conditionsOf<Effect, Thing>(
  decision: DecisionTree<Effect>,
  thingsOf: (effect: Effect) => Iterable<Thing>,
  algebra: Algebra,
): ReadonlyMap<Thing, Condition> {
  if (decision.kind === 'end') return new Map([...thingsOf(decision.effect)].map((thing) => [thing, TRUE]));
  const answers = decision.answers.map(({ holds, next }) => ({
    holds,
    things: conditionsOf(next, thingsOf, algebra),
  }));
  const all = new Set(answers.flatMap(({ things }) => [...things.keys()]));
  return new Map(
    [...all].map((thing) => [
      thing,
      chosen(
        answers.map(({ holds, things }) => [holds, things.get(thing) ?? FALSE]),
        algebra,
      ),
    ]),
  );
}

/** What is so under one of some conditions, of which one holds and no two do. */
function chosen(
  choices: readonly (readonly [holds: Condition, so: Condition])[],
  algebra: Algebra,
): Condition {
  const [[, first]] = choices;
  if (choices.every(([, so]) => so === first)) return first;
  const alike = new Map<Condition, Condition>();
  for (const [holds, so] of choices) alike.set(so, algebra.or(alike.get(so) ?? FALSE, holds));
  return [...alike].reduce((any, [so, holds]) => algebra.or(any, algebra.and(holds, so)), FALSE);
}
