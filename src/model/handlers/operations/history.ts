/**
 * What the operations recorded so far leave open: which orders of them the object allows. All that is kept of a history is
 * where the object may be by now, so that histories that differ in what no operation can tell any more are one.
 */
import { compareStrings } from '../../order.js';
import type { Canonical } from '../plain.js';

/** One way in which the operations so far may have taken effect (a configuration, after Lowe). */
export interface Configuration {
  readonly state: Canonical;
  /** Of operations that have taken effect and have not come to their end, by node: the text of the result. */
  readonly results: ReadonlyMap<number, string>;
  /** Operations that have not taken effect, and of which their node expects no end any more: they still may. */
  readonly abandoned: readonly Canonical[];
}

/** An operation of a node that has begun. */
export interface Begun {
  readonly operation: Canonical;
  /** The part of the object that it is about. */
  readonly part: string;
}

export interface OperationHistory {
  /** The operation that each node has begun and not come to the end of. */
  readonly pending: ReadonlyMap<number, Begun>;
  /** By the part of the object; of one that is not in it, nothing has happened. None has no configuration. */
  readonly parts: ReadonlyMap<string, readonly Configuration[]>;
}

export const NO_OPERATIONS: OperationHistory = { pending: new Map(), parts: new Map() };

/** Equal where histories are. */
export function historyText({ pending, parts }: OperationHistory): string {
  const begun = [...pending]
    .sort(([a], [b]) => a - b)
    .map(([node, { operation, part }]) => [node, operation.text, part]);
  const known = [...parts]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([part, configurations]) => [part, configurations.map(configurationText)]);
  return JSON.stringify([begun, known]);
}

/** Equal where configurations are. */
export function configurationText({ state, results, abandoned }: Configuration): string {
  const texts = abandoned.map(({ text }) => text).sort(compareStrings);
  return JSON.stringify([state.text, [...results].sort(([a], [b]) => a - b), texts]);
}

/** Each once, in one order. */
export function distinct(configurations: Iterable<Configuration>): readonly Configuration[] {
  const byText = new Map([...configurations].map((each) => [configurationText(each), each]));
  return [...byText].sort(([a], [b]) => compareStrings(a, b)).map(([, each]) => each);
}
