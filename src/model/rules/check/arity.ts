/** A relation has as many columns everywhere as where it first appears. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import { CRASH } from '../program.js';
import type { Program } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { usesOf } from '../walk.js';

const CRASH_ARITY = 3;

interface Arity {
  readonly columns: number;
  /** Where it was first seen; `crash` is built in. */
  readonly span: SourceSpan | undefined;
}

export function checkArity(program: Program): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const arities = new Map<string, Arity>([[CRASH, { columns: CRASH_ARITY, span: undefined }]]);
  for (const { relation, terms, span } of program.clauses.flatMap(usesOf)) {
    const arity = arities.get(relation);
    if (arity === undefined) arities.set(relation, { columns: terms.length, span });
    else if (arity.columns !== terms.length) diagnostics.push(conflict(relation, terms.length, span, arity));
  }
  return diagnostics;
}

/** The arity of every relation, where it first appears. */
export function aritiesOf(program: Program): ReadonlyMap<string, number> {
  const arities = new Map<string, number>();
  for (const { relation, terms } of program.clauses.flatMap(usesOf)) {
    if (!arities.has(relation)) arities.set(relation, relation === CRASH ? CRASH_ARITY : terms.length);
  }
  return arities;
}

function conflict(
  relation: string,
  found: number,
  span: SourceSpan,
  { columns, span: first }: Arity,
): Diagnostic {
  return diagnostic('DED201', `${relation} has ${count(found)} here, and ${columns} elsewhere`, {
    span,
    related: first && [{ message: `${relation} has ${count(columns)} here`, span: first }],
    expected: count(columns),
    hint: relation === CRASH ? 'the built-in relation is `crash(observer, node, time)`' : undefined,
  });
}

function count(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`;
}
