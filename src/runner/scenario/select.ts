/** Which of the scenarios that were found are meant. */
import { diagnostic, type Diagnostic } from '../../model/diagnostics.js';
import type { Span } from '../../model/source.js';
import type { FoundScenario } from './find.js';

/** How many names are listed. */
const FEW = 10;

export function selectScenarios(
  found: readonly FoundScenario[],
  pattern: { readonly value: RegExp; readonly span: Span | undefined } | undefined,
): { readonly selected: readonly FoundScenario[]; readonly diagnostics: readonly Diagnostic[] } {
  if (pattern === undefined) return { selected: found, diagnostics: [] };
  const selected = found.filter(({ name }) => pattern.value.test(name));
  if (selected.length > 0 || found.length === 0) return { selected, diagnostics: [] };
  const names = found.slice(0, FEW).map(({ name }) => name);
  const more = found.length > FEW ? `, and ${found.length - FEW} more` : '';
  const none = diagnostic('RUN206', `no scenario has a name that matches ${pattern.value.source}`, {
    span: pattern.span,
    expected: `a part of ${names.join(', ')}${more}`,
  });
  return { selected, diagnostics: [none] };
}
