/** Constant arithmetic that no run could compute. That of facts is found when they are read. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program } from '../program.js';
import { fold } from './fold.js';
import { expressionsOf, rulesOf } from '../walk.js';

export function checkConstants(program: Program): readonly Diagnostic[] {
  return rulesOf(program)
    .flatMap(expressionsOf)
    .map(fold)
    .flatMap((folded) =>
      // Strings in arithmetic are a matter of types, which are checked for variables as well.
      folded.kind === 'problem' && folded.code !== 'DED202'
        ? [diagnostic(folded.code, folded.message, { span: folded.span })]
        : [],
    );
}
