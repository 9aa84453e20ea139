/** What running a program can throw, as diagnostics; undefined for what only a bug in ldfi can throw. */
import {
  type Diagnostic,
  EvaluationError,
  HandlerError,
  ProtocolError,
  SolverError,
  TooManyTuples,
  Undecided,
} from '../index.js';
import {
  diagnoseHandler,
  diagnostic,
  formatCount,
  locateDiagnostic,
  missingNode,
  type ScenarioHost,
  sourcesOf,
} from '../toolkit.js';

/** With the text of the line, as far as the host may read it. */
export function diagnoseFailure(error: unknown, host: ScenarioHost): Diagnostic | undefined {
  const diagnosed = diagnoseUnread(error);
  return diagnosed && locateDiagnostic(diagnosed, sourcesOf(host));
}

/** The same, without the text of files. */
export function diagnoseUnread(error: unknown): Diagnostic | undefined {
  if (error instanceof ProtocolError) return error.diagnostic;
  // Outside of any run: a handler used its context in a callback.
  if (error instanceof HandlerError) return diagnoseHandler(error, undefined, undefined);
  if (error instanceof Undecided) {
    return diagnostic('RUN311', `the run has no outcome: ${error.message}`, {
      hint: 'look for a handler that works long, and for what becomes more with time; lower EOT',
    });
  }
  if (error instanceof EvaluationError) {
    const { problem, span, time } = error;
    switch (problem.kind) {
      case 'division by zero':
        return diagnostic('RUN110', `this divides by zero at time ${time}`, {
          span,
          hint: 'derive the divisor in a rule that compares it with zero',
        });
      case 'integer overflow':
        return diagnostic('RUN111', `this passes 2^53 - 1 in size at time ${time}`, {
          span,
          hint: 'bound the value; a counter that a rule raises within one timestep has no end',
        });
      case 'missing node':
        return missingNode(problem, span, time);
    }
  }
  if (error instanceof TooManyTuples)
    return diagnostic(
      'RUN115',
      `relation ${error.relation} has more than ${formatCount(error.limit)} tuples at time ${error.time}`,
      {
        span: error.span,
        hint: 'a rule probably derives new values from its own without end, within one timestep',
      },
    );
  if (error instanceof SolverError)
    return diagnostic('RUN113', `the SAT solver failed: ${error.message}`, {
      hint: 'choose the other solver with --solver, or lower the bounds',
    });
  return undefined;
}
