/** Puts diagnostics in the order of reading, and keeps a flood of them from drowning the first. */
import { diagnostic } from './diagnostics.js';
import type { Diagnostic } from './diagnostics.js';
import { compareStrings } from '../order.js';
import type { Source } from './source.js';

/**
 * By source in the order of `sources`, then by place; those without a place come first.
 * @param limit the most errors, and the most warnings, that are kept
 */
export function collectDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  limit: number,
): readonly Diagnostic[] {
  const ranks = new Map(sources.map((source, index) => [source, index]));
  const rank = ({ span }: Diagnostic): number => (span === undefined ? -1 : (ranks.get(span.source) ?? 0));
  const sorted = diagnostics.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
      (a.span?.end ?? 0) - (b.span?.end ?? 0) ||
      compareStrings(a.code, b.code) ||
      compareStrings(a.message, b.message),
  );
  const kept = sorted.filter(within(limit));
  const errors = countErrors(sorted) - countErrors(kept);
  const warnings = sorted.length - kept.length - errors;
  return errors + warnings === 0 ? kept : [...kept, rest(errors, warnings)];
}

function within(limit: number): (each: Diagnostic) => boolean {
  const counts = { error: 0, warning: 0 };
  return ({ severity }) => counts[severity]++ < limit;
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

function rest(errors: number, warnings: number): Diagnostic {
  const parts = [
    ...(errors > 0 ? [`${errors} more error${errors === 1 ? '' : 's'}`] : []),
    ...(warnings > 0 ? [`${warnings} more warning${warnings === 1 ? '' : 's'}`] : []),
  ];
  return diagnostic('DED199', `${parts.join(' and ')} not shown`, { hint: 'correct the first ones first' });
}
