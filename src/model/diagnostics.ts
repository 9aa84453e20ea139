/** What the program tells users about their input. The closed table of codes is in `codes.ts`. */
import type { Span } from './source.js';

export interface Diagnostic {
  /** Stable; listed in `docs/diagnostics.md`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong, naming the thing. */
  readonly message: string;
  readonly span?: Span;
  /** Other places that the message speaks of, such as the second side of a conflict. */
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  readonly expected?: string;
  /** A likely cause or the fix. */
  readonly hint?: string;
}
