/** From what was typed to the scenarios that are meant; what is wrong on the way is told. */
import { hasErrors } from '../../model/diagnostics.js';
import { findScenarios, type FoundScenario } from '../scenario/find.js';
import { selectScenarios } from '../scenario/select.js';
import type { Selection } from './arguments.js';
import { resolveSettings, type Resolved } from './resolve.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

export interface Gathered extends Resolved {
  readonly found: readonly FoundScenario[];
}

/** @returns undefined where there is nothing to go on with */
export async function gather(
  selection: Selection,
  typed: Settings,
  session: Session,
): Promise<Gathered | undefined> {
  const { resolved, diagnostics } = await resolveSettings(selection, typed, session.io);
  session.diagnose(diagnostics);
  if (resolved === undefined) return undefined;
  const findings = await findScenarios(resolved.files, {
    ...session.io,
    host: resolved.host,
    ...(resolved.settings.modules !== undefined && { modules: resolved.settings.modules.value }),
  });
  session.diagnose(findings.diagnostics);
  const { selected, diagnostics: unmatched } = selectScenarios(findings.found, selection.patterns);
  // Among what could not be loaded may be what was meant.
  if (!hasErrors(findings.diagnostics)) session.diagnose(unmatched);
  return { ...resolved, found: selected };
}
