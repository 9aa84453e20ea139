/** The scenarios that there are, as a JSON document. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { ListedScenario } from '../listed.js';
import type { JsonListDocument } from './schema/lists.js';

export function listDocument(
  scenarios: readonly ListedScenario[],
  diagnostics: readonly Diagnostic[],
): JsonListDocument {
  return {
    version: 1,
    scenarios: scenarios.map(({ name, checks, ...others }) => ({
      ...others,
      name: name ?? null,
      checks: checks.map(({ bounds, expect }) => ({ bounds, expected: expect ?? null })),
    })),
    diagnostics: diagnostics.map(({ code, severity, message }) => ({ code, severity, message })),
  };
}
