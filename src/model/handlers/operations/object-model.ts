/** What an object does that clients share, if they use it one after another: what their operations are held against. */

/** What every operation has: its type, which says what is done. */
export interface OperationLike {
  readonly type: string;
}

/** An operation as handlers record it: what is done, and with what. */
export interface RecordedOperation extends OperationLike {
  readonly [field: string]: unknown;
}

/** The operations that clients record, and what these give. They are types alone: `type<Operations<Mine, number>>()`. */
export interface Operations<Operation extends OperationLike = RecordedOperation, Result = unknown> {
  readonly operation: Operation;
  readonly result: Result;
}

/** What an operation comes to. */
export interface ObjectStep<State, Result> {
  /** The state after it. */
  readonly state: State;
  /** What the client gets to know by `context.complete(result)`; left out where that is called without one. */
  readonly result?: Result | undefined;
}

/**
 * An object as a pure function: the state that it begins in, and what an operation comes to in a state. States, operations
 * and results are plain data, as messages are; results are the same where they are equal.
 *
 * @example
 * const ticketOffice: ObjectModel<number, { type: 'buy' }, boolean> = {
 *   initial: 3,
 *   step: (left) => (left > 0 ? { state: left - 1, result: true } : { state: left, result: false }),
 * };
 */
export interface ObjectModel<State, Operation extends OperationLike, Result> {
  readonly initial: State;
  /** A list where one of several things may happen; an empty one where the operation has to wait, as for a lock. */
  step(state: State, operation: Operation): ObjectStep<State, Result> | readonly ObjectStep<State, Result>[];
  /**
   * The part of the object that an operation is about, such as the key of a map. Each part begins in the initial state, and
   * no part depends on another, so that each is judged by itself, which costs far less. Default: there is one part.
   */
  part?(operation: Operation): string;
}

/** A model of which it is no longer known what its types were. */
export type AnyObjectModel = ObjectModel<unknown, OperationLike, unknown>;
