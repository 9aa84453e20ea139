/** What checking needs beyond running: `pre` and `post`, whose tuples can be compared. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { CheckedProgram, Program } from '../program.js';
import type { SourceSpan } from '../../diagnostics/source.js';
import { suggest } from '../../text/suggest.js';
import { propertiesOf, type RuleProperty } from '../specification.js';
import { usesOf } from '../walk.js';

/** Errors where `pre` or `post` is not derived, or where the columns of a pair cannot be compared. */
export function checkSpecification({ program, relations }: CheckedProgram): readonly Diagnostic[] {
  const derived = derivations(program);
  const properties = propertiesOf(program);
  const missing = ['pre', 'post'].filter((relation) => !derived.has(relation));
  const isOther = missing.length === 2 && properties.length > 0;
  if (missing.length > 0 && !isOther) return [missingRelations(missing, program, derived)];
  return properties.flatMap((property) => checkColumns(property, relations, derived));
}

function checkColumns(
  { name, kept, always }: RuleProperty,
  relations: CheckedProgram['relations'],
  derived: ReadonlyMap<string, SourceSpan>,
): readonly Diagnostic[] {
  const [pre, post] = [relations.get(name)!.columns, relations.get(kept)!.columns];
  const span = derived.get(kept)!;
  const related = [{ message: `\`${name}\` is derived here`, span: derived.get(name)! }];
  if (pre.length !== post.length) {
    const message = `${name} has ${pre.length} columns, and ${kept} has ${post.length}`;
    const when = always ? 'at any time' : 'at EOT';
    const hint = `a run violates when a tuple is in \`${name}\` ${when} and not in \`${kept}\``;
    return [diagnostic('DED702', message, { span, related, expected: 'the same columns in both', hint })];
  }
  return pre.flatMap((type, column) => {
    if ((type === 'integer') === (post[column] === 'integer')) return [];
    const message = `column ${column + 1} is of type ${type} in ${name}, and ${post[column]} in ${kept}`;
    return [diagnostic('DED703', message, { span, related, expected: 'the same columns in both' })];
  });
}

/** Where each relation is first derived. */
function derivations(program: Program): ReadonlyMap<string, SourceSpan> {
  const spans = new Map<string, SourceSpan>();
  for (const { relation, role, span } of program.clauses.flatMap(usesOf))
    if (role !== 'premise' && !spans.has(relation)) spans.set(relation, span);
  return spans;
}

/** @param missing `pre`, `post` or both */
function missingRelations(
  missing: readonly string[],
  program: Program,
  derived: ReadonlyMap<string, SourceSpan>,
): Diagnostic {
  const last = program.clauses.at(-1)?.span;
  const names = missing.map((relation) => `\`${relation}\``).join(' or ');
  return diagnostic('DED701', `nothing derives ${names}, so there is no specification to check`, {
    span: last && { ...last, start: last.end },
    ...(last?.source.language === 'typescript'
      ? {
          expected: `a rule such as \`${missing[0]}({ node }).when(...)\``,
          hint: 'a run violates the specification when a tuple is in `pre` at EOT and not in `post`',
        }
      : {
          expected: `a rule such as \`${missing[0]}(X) :- ...;\``,
          hint: '`--with <file>` reads a specification that stands in a file of its own',
        }),
    ...suggestion(missing, derived),
  });
}

/** Where one of them is nearly there. */
function suggestion(
  missing: readonly string[],
  derived: ReadonlyMap<string, SourceSpan>,
): { readonly hint?: string } {
  const hint = missing
    .map((relation) => suggest(relation, derived.keys()))
    .find((near) => near !== undefined);
  return hint === undefined ? {} : { hint };
}
