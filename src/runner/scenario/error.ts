/** The one way in which a library call says that a scenario cannot be run as it is written. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../model/diagnostics/format-diagnostic.js';

/** What is wrong with a scenario. Its message is that of all diagnostics, as the command line prints them. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  constructor(
    readonly scenario: string,
    /** At least one is an error. */
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super([`${scenario} cannot be run`, ...diagnostics.map((each) => formatDiagnostic(each))].join('\n'));
  }
}
