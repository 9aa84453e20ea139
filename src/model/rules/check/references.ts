/** A relation that is read and never derived is most often a slip in its name. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program } from '../program.js';
import { builtInRelations } from './built-in.js';
import { suggest } from '../../text/suggest.js';
import { usesOf } from '../walk.js';

/** One warning a relation, where it is first read. */
export function checkReferences(program: Program): readonly Diagnostic[] {
  const uses = program.clauses.flatMap(usesOf);
  const derived = new Set(uses.filter(({ role }) => role !== 'premise').map(({ relation }) => relation));
  const known = [...derived, ...builtInRelations(program).keys()];
  const seen = new Set(known);
  const diagnostics: Diagnostic[] = [];
  for (const { relation, span } of uses) {
    if (seen.has(relation)) continue;
    seen.add(relation);
    diagnostics.push(
      diagnostic('DED204', `nothing derives ${relation}, so it is always empty`, {
        span,
        hint: suggest(relation, known),
      }),
    );
  }
  return diagnostics;
}
