/**
 * Changes of a program by its own author's means: some clauses in place of others. What a change is for is said as data, so
 * that reports have words of their own for it.
 */
import type { Clause, Program } from '../program.js';

/** A program, changed in one respect. */
export interface ProgramChange {
  readonly idea: ChangeIdea;
  readonly replacements: readonly Replacement[];
  /** Relations that are declared durable besides. */
  readonly durable?: readonly string[];
}

/** Clauses where there was one. */
export interface Replacement {
  readonly clause: Clause;
  readonly by: readonly Clause[];
}

/** What a change is about; rules and premises as text. */
export type ChangeIdea =
  /** A rule that derives, or sends, the relation fires only where these premises hold as well. */
  | { readonly kind: 'ask'; readonly relation: string; readonly premises: readonly string[] }
  /** It fires whether or not this premise holds. */
  | { readonly kind: 'do not ask'; readonly relation: string; readonly premise: string }
  /** It fires because of one premise, and no longer because of another. */
  | { readonly kind: 'send because'; readonly relation: string; readonly of: string; readonly not: string }
  /** A number that something has to reach is greater. */
  | { readonly kind: 'wait for more'; readonly of: string; readonly least: number; readonly before: number }
  /** What is sent once is sent at every timestep, for ever or until it is acknowledged. */
  | {
      readonly kind: 'repeat';
      readonly relation: string;
      readonly until: 'the end' | 'it is acknowledged';
    }
  /** What was waited for in vain for so many timesteps is given up for this. */
  | { readonly kind: 'time out'; readonly after: number; readonly conclude: string }
  /** Outages leave what rules carry of these. */
  | { readonly kind: 'keep'; readonly relations: readonly string[] };

/** The program as it is with a change. */
export function changed(program: Program, { replacements, durable = [] }: ProgramChange): Program {
  const instead = new Map(replacements.map(({ clause, by }) => [clause, by]));
  const clauses = program.clauses.flatMap((clause) => instead.get(clause) ?? [clause]);
  if (durable.length === 0) return { ...program, clauses };
  const { span } = program.clauses[0];
  const added = durable.map((relation) => ({ relation, span }));
  return { ...program, clauses, durable: [...(program.durable ?? []), ...added] };
}
