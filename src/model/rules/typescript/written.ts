/**
 * What the functions of this folder make: a part of a program, and what is wrong with it. Nothing is thrown
 * where a part is written, so that all that is wrong with a file is told at once.
 */
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Atom, Clause, DurableRelation, Premise } from '../program.js';

/** A part of a program as TypeScript wrote it, with what is wrong with it. */
export interface Written<Node> {
  readonly node: Node;
  /** Where there are any, the node stands for nothing. */
  readonly problems: readonly Diagnostic[];
  /** Of a clause, the relation that it derives, where that is durable. */
  readonly durable?: DurableRelation;
}

/** What `.when` takes: an atom, the absence of one, or a comparison. */
export interface WrittenPremise {
  readonly premise: Written<Premise>;
}

/** A premise that can be negated. */
export interface WrittenAtom extends WrittenPremise {
  readonly premise: Written<Atom>;
}

/** What `program` takes: a rule or a fact. */
export interface WrittenClause {
  readonly clause: Written<Clause>;
}

/** The head of a rule, at its timing. */
export interface TimedHead {
  /** The rule that derives it wherever all the premises hold. */
  when(...premises: readonly WrittenPremise[]): WrittenClause;
}

/** The head of a rule: as it is, it holds at the timestep of its premises. */
export interface WrittenHead extends TimedHead {
  /** At the next timestep, on the same node. */
  readonly next: TimedHead;
  /** A message: at the next timestep, at its first column, unless it is lost. */
  readonly async: TimedHead;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Of whatever a caller without types gave. */
export function isWrittenPremise(value: unknown): value is WrittenPremise {
  return isObject(value) && 'premise' in value;
}

/** Of whatever a caller without types gave. */
export function isWrittenClause(value: unknown): value is WrittenClause {
  return isObject(value) && 'clause' in value;
}
