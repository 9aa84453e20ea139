/** What only running a program can show to be wrong with it. */
import type { MissingNode } from '../check/locations.js';
import type { SourceSpan } from '../../diagnostics/source.js';

/** What a rule asks for that cannot be. */
export type EvaluationProblem =
  | { readonly kind: 'division by zero' }
  | { readonly kind: 'integer overflow' }
  | MissingNode;

/** An operation of the protocol that has no value, or a message without a node at one of its ends. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';

  constructor(
    readonly problem: EvaluationProblem,
    /** The expression, or the head of the message, as it was written. */
    readonly span: SourceSpan,
    /** The logical timestep at which it was evaluated. */
    readonly time: number,
  ) {
    super(`${problem.kind} at time ${time}`);
  }
}

/**
 * Raised where a relation has too many facts at one logical timestep. In one run that is most often arithmetic that
 * feeds itself; over all fault sets, many values that one run has few of.
 */
export class TooManyTuples extends Error {
  override readonly name = 'TooManyTuples';

  constructor(
    readonly relation: string,
    readonly limit: number,
    /** The head of the rule that derived one too many. */
    readonly span: SourceSpan,
    /** The logical timestep at which they hold. */
    readonly time: number,
  ) {
    super(`relation ${relation} has more than ${limit} tuples at time ${time}`);
  }
}
