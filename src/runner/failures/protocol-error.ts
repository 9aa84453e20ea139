/** The one way in which a check or a replay says that a protocol by handlers cannot be run as it is written. */
import type { FaultSet } from '../../injector/faults.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../model/diagnostics/format-diagnostic.js';
import type { SourceSpan } from '../../model/diagnostics/source.js';
import type { HandlerCall, HandlerError } from '../../model/handlers/errors.js';
import { diagnoseHandler } from './handler-diagnostics.js';

/**
 * A handler, or a property, that failed in a way that only its author can mend. Its message is the diagnostic as the
 * command line prints it, but for the text of the line, since no file is read for it; its `cause` is what the handler
 * threw, where it threw.
 *
 * @example
 * try {
 *   await checkScenario(scenario);
 * } catch (error) {
 *   if (!(error instanceof ProtocolError)) throw error;
 *   console.log(error.call.node, error.call.time, formatSchedule(error.faults));
 * }
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  /** What to tell its author; its place has a file, a line and a column, and no text. */
  readonly diagnostic: Diagnostic;
  /** The call that failed. */
  readonly call: HandlerCall;

  constructor(
    failure: HandlerError,
    /** The least fault set that leads to this call. */
    readonly faults: FaultSet,
    /** The line that defined the protocol. */
    definition: SourceSpan | undefined,
  ) {
    const diagnosed = diagnoseHandler(failure, faults, definition);
    const { problem } = failure;
    super(formatDiagnostic(diagnosed), {
      cause: problem.kind === 'threw' ? problem.error : failure,
    });
    this.diagnostic = diagnosed;
    this.call = failure.call;
  }
}
