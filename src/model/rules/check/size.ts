/** Rules of a size that nobody writes, and that what reads them would be too deep or too slow for. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program } from '../program.js';
import { rulesOf } from '../walk.js';

/** The most premises of a rule: a join goes as deep as there are any, and plans take the square of them. */
export const PREMISE_LIMIT = 500;

export function checkSize(program: Program): readonly Diagnostic[] {
  return rulesOf(program)
    .filter(({ body }) => body.length > PREMISE_LIMIT)
    .map(({ body }) =>
      diagnostic('DED115', `this rule has ${body.length} premises`, {
        span: body[PREMISE_LIMIT].span,
        expected: `at most ${PREMISE_LIMIT}`,
        hint: 'derive a part of it by a relation of its own',
      }),
    );
}
