/** What would be enough for a certificate, as a JSON document. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { ProtectResult } from '../../runner/protect/protect.js';
import type { JsonProtectDocument } from './schema/protections.js';

export function protectDocument(
  results: readonly ProtectResult[],
  diagnostics: readonly Diagnostic[],
): JsonProtectDocument {
  return {
    version: 1,
    results: results.map(({ sets, ...others }) => ({
      ...others,
      sets: sets.map(({ isVacuous, ...set }) => ({ ...set, vacuous: isVacuous })),
    })),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}
