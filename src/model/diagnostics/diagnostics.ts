/**
 * What the program tells users about their input. Diagnostics are values, all made by one function, so
 * that a code can neither be missing from the table in `codes.ts` nor carry two severities.
 */
import { codes } from './codes.js';
import type { DiagnosticCode, Severity } from './codes.js';
import type { SourceSpan } from './source.js';

/** One thing that is wrong with the input, or worth a warning. */
export interface Diagnostic {
  /** Stable; listed in `docs/diagnostics.md`. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong, naming the thing. */
  readonly message: string;
  readonly span?: SourceSpan;
  /** What was the case when it went wrong, in order. */
  readonly notes?: readonly DiagnosticNote[];
  /** Other places that the message speaks of, such as the second side of a conflict. */
  readonly related?: readonly RelatedPlace[];
  readonly expected?: string;
  /** A likely cause or the fix. */
  readonly hint?: string;
}

/** One thing about what went wrong, such as the state that a handler was called in. */
export interface DiagnosticNote {
  readonly label: string;
  readonly text: string;
}

/** A second place, and what is there. */
export interface RelatedPlace {
  readonly message: string;
  readonly span: SourceSpan;
}

/** The optional parts of a {@link Diagnostic}; those that are undefined or empty are left out of it. */
export interface DiagnosticDetails {
  readonly span?: SourceSpan | undefined;
  readonly notes?: readonly DiagnosticNote[] | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

export function diagnostic(
  code: DiagnosticCode,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  const { span, notes, related, expected, hint } = details;
  return {
    code,
    severity: codes[code].severity,
    message,
    ...(span !== undefined && { span }),
    ...(notes !== undefined && notes.length > 0 && { notes }),
    ...(related !== undefined && related.length > 0 && { related }),
    ...(expected !== undefined && { expected }),
    ...(hint !== undefined && { hint }),
  };
}

/** Whether any of them keeps the program from running. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
