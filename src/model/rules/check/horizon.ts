/** Times that a run up to EOT never reaches. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import type { Program } from '../program.js';
import { atomsOf } from '../walk.js';

/**
 * Warnings of facts and premises at times after EOT, which no run reaches.
 *
 * @param eot the last logical timestep
 */
export function checkHorizon(program: Program, eot: number): readonly Diagnostic[] {
  return program.clauses.flatMap((clause) => {
    if (clause.kind === 'fact') {
      if (clause.time <= eot) return [];
      const message = `this fact holds at time ${clause.time}, after EOT ${eot}`;
      return [diagnostic('DED704', message, { span: clause.span, expected: `a time from 1 to ${eot}` })];
    }
    return atomsOf(clause)
      .filter(({ time }) => time !== undefined && time > eot)
      .map(({ time, span }) =>
        diagnostic('DED705', `this premise reads time ${time}, after EOT ${eot}`, {
          span,
          expected: `a time from 1 to ${eot}`,
        }),
      );
  });
}
