/** The law of reading Dedalus: whatever the text, there is a program, or errors that point into the text. */
import { expect } from 'vitest';
import { printProgram } from '../../src/model/rules/print.js';
import { readDedalusText, type ReadResult } from '../../src/model/rules/dedalus/read.js';
import { hasErrors, type Diagnostic } from '../../src/model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../src/model/diagnostics/format-diagnostic.js';
import { withoutSpans } from '../model/rules/dedalus/trees.js';

export function expectToBeReadOrRefused(result: ReadResult): void {
  const { checked, program, diagnostics } = result;
  expect(checked === undefined).toBe(hasErrors(diagnostics));
  expectToPointIntoText(diagnostics);
  if (checked !== undefined)
    expect(withoutSpans(readDedalusText(printProgram(program)).program)).toEqual(withoutSpans(program));
}

/** Diagnostics that can be shown, whatever the text that they point into. */
export function expectToPointIntoText(diagnostics: readonly Diagnostic[]): void {
  for (const { span, related = [] } of diagnostics) {
    for (const place of [span, ...related.map((each) => each.span)]) {
      if (place === undefined) continue;
      expect(place.start).toBeGreaterThanOrEqual(0);
      expect(place.end).toBeGreaterThanOrEqual(place.start);
      expect(place.end).toBeLessThanOrEqual(place.source.text.length);
    }
  }
  // oxlint-disable-next-line no-control-regex -- nothing that a terminal would act on
  expect(formatAll(diagnostics)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
}

function formatAll(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n');
}
