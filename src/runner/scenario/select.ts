/** Which of the scenarios that were found are meant. */
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { FoundScenario } from './find.js';

/** How many names are listed. */
const FEW = 10;

interface Pattern {
  readonly value: RegExp;
  readonly span: SourceSpan | undefined;
}

/** Those that one of the patterns matches, or all where there is none; a pattern that matches nothing is a slip. */
export function selectScenarios(
  found: readonly FoundScenario[],
  patterns: readonly Pattern[],
): { readonly selected: readonly FoundScenario[]; readonly diagnostics: readonly Diagnostic[] } {
  if (patterns.length === 0 || found.length === 0) return { selected: found, diagnostics: [] };
  const selected = found.filter(({ name }) => patterns.some(({ value }) => value.test(name)));
  const idle = patterns.filter(({ value }) => !found.some(({ name }) => value.test(name)));
  return { selected, diagnostics: idle.map((pattern) => matchesNothing(pattern, found)) };
}

function matchesNothing({ value, span }: Pattern, found: readonly FoundScenario[]): Diagnostic {
  const names = found.slice(0, FEW).map(({ name }) => name);
  const more = found.length > FEW ? `, and ${found.length - FEW} more` : '';
  return diagnostic('RUN206', `no scenario has a name that matches ${value.source}`, {
    span,
    expected: `a part of ${names.join(', ')}${more}`,
  });
}
