/** What checking needs beyond running: `pre` and `post`, whose tuples can be compared. */
import { diagnostic } from '../diagnostics.js';
import type { Diagnostic } from '../diagnostics.js';
import type { CheckedProgram, Program } from '../program.js';
import type { Span } from '../source.js';
import { suggest } from './suggest.js';
import { usesOf } from './uses.js';

/** Errors where `pre` or `post` is not derived, or where their columns cannot be compared. */
export function checkSpecification({ program, relations }: CheckedProgram): readonly Diagnostic[] {
  const derived = derivations(program);
  const missing = ['pre', 'post'].filter((relation) => !derived.has(relation));
  if (missing.length > 0) return missing.map((relation) => missingRelation(relation, program, derived));
  const [pre, post] = [relations.get('pre')!.columns, relations.get('post')!.columns];
  const span = derived.get('post')!;
  const related = [{ message: '`pre` is derived here', span: derived.get('pre')! }];
  if (pre.length !== post.length) {
    const message = `pre has ${pre.length} columns, and post has ${post.length}`;
    const hint = 'a run violates when a tuple is in `pre` at EOT and not in `post`';
    return [diagnostic('DED702', message, { span, related, expected: 'the same columns in both', hint })];
  }
  return pre.flatMap((type, column) => {
    if ((type === 'integer') === (post[column] === 'integer')) return [];
    const message = `column ${column + 1} is of type ${type} in pre, and ${post[column]} in post`;
    return [diagnostic('DED703', message, { span, related, expected: 'the same columns in both' })];
  });
}

/** Where each relation is first derived. */
function derivations(program: Program): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const { relation, role, span } of program.clauses.flatMap(usesOf))
    if (role !== 'premise' && !spans.has(relation)) spans.set(relation, span);
  return spans;
}

function missingRelation(relation: string, program: Program, derived: ReadonlyMap<string, Span>): Diagnostic {
  const last = program.clauses.at(-1)?.span;
  const rule =
    last?.source.language === 'typescript' ? `${relation}({ node }).when(...)` : `${relation}(X) :- ...;`;
  return diagnostic('DED701', `nothing derives \`${relation}\`, so there is no specification to check`, {
    span: last && { ...last, start: last.end },
    expected: `a rule such as \`${rule}\``,
    hint:
      suggest(relation, derived.keys()) ??
      'a run violates the specification when a tuple is in `pre` at EOT and not in `post`',
  });
}
