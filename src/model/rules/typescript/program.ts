/** Clauses to programs, and programs to larger ones. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Clause, DurableRelation, Program } from '../program.js';
import { HeadDraft } from './atoms.js';
import { describe } from './operands.js';
import { callerSpan } from '../../diagnostics/place.js';
import { isObject, isWrittenClause } from './written.js';
import type { WrittenClause } from './written.js';

/** What a program is made of. */
export type Part = WrittenClause | Program | readonly Part[];

/**
 * A program of all its parts, in their order; what is in it already is not taken in again. A scenario takes it
 * as its `rules`.
 *
 * @example
 * const { node, other, message } = variables({ node: location(), other: location(), message: string });
 * const log = relation('log', { node, message });
 * const peer = relation('peer', { node, other });
 *
 * const kept = program(log.persists(), peer.persists());
 * const redundant = program(
 *   kept,
 *   log({ node: other, message }).async.when(log({ node, message }), peer({ node, other })),
 * );
 */
export function program(...parts: readonly Part[]): Program {
  const clauses = new Set<Clause>();
  const problems = new Set<Diagnostic>();
  const durable = new Map<string, DurableRelation>();
  const take = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(take);
    else if (isProgram(part)) {
      for (const clause of part.clauses) clauses.add(clause);
      for (const each of part.durable ?? []) durable.set(each.relation, each);
      for (const problem of part.problems ?? []) problems.add(problem);
    } else {
      const found = isWrittenClause(part) ? part.clause : undefined;
      for (const problem of found?.problems ?? [noClause(part)]) problems.add(problem);
      if (found?.problems.length === 0) clauses.add(found.node);
      if (found?.durable !== undefined) durable.set(found.durable.relation, found.durable);
    }
  };
  parts.forEach(take);
  return {
    clauses: [...clauses],
    ...(durable.size > 0 && { durable: [...durable.values()] }),
    ...(problems.size > 0 && { problems: [...problems] }),
  };
}

export function isProgram(value: unknown): value is Program {
  return isObject(value) && 'clauses' in value;
}

function noClause(part: unknown): Diagnostic {
  const unfinished = part instanceof HeadDraft;
  return diagnostic('DED805', `${unfinished ? 'a head by itself' : describe(part)} is no part of a program`, {
    span: unfinished ? part.span : callerSpan(),
    expected: 'rules, facts, programs and arrays of these',
    hint: unfinished ? 'a rule goes on with `.when(...)`, a fact with `.at(1)`' : undefined,
  });
}
