/** What outlives an outage is kept at a node: a durable relation is one, and has a location in its first column. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program, RelationSchema } from '../program.js';
import { suggest } from '../../text/suggest.js';
import { builtInRelations } from './built-in.js';

export function checkDurable(
  program: Program,
  schemas: ReadonlyMap<string, RelationSchema>,
): readonly Diagnostic[] {
  const builtIn = builtInRelations(program);
  const known = [...schemas.keys()].filter((name) => !builtIn.has(name));
  return (program.durable ?? []).flatMap(({ relation, span }) => {
    if (!known.includes(relation))
      return diagnostic('DED208', `there is no relation ${relation} to be durable`, {
        span,
        hint: suggest(relation, known),
      });
    const columns = schemas.get(relation)!.columns;
    if (columns[0] === 'location') return [];
    return diagnostic('DED208', `${relation} is at no node, and so cannot be durable`, {
      span,
      expected: 'a relation whose first column is a location',
      hint: 'a location is where a message goes to or comes from, and what is joined with it',
    });
  });
}
