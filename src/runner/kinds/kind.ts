/**
 * What a kind of protocol is to checks, in one value: how it is made ready to run, what that may take, and what there is
 * to say of it before. Nothing else in the runner asks whether a protocol is of rules or of handlers, once it is
 * prepared.
 */
import type { Bounds } from '../../injector/bounds.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { Protocol } from '../../model/protocol.js';
import type { Budgets } from '../guard/budgets.js';
import type { Subject, SubjectOptions } from '../subjects/subject.js';

/** A protocol as it was when a check began. */
export interface WatchedProtocol {
  /** To be run in place of the protocol. */
  readonly protocol: Protocol;
  /** Around all work that runs it, from outside of what may end that. */
  readonly during: <Value>(work: () => Value) => Value;
}

export interface ProtocolKind<Of extends Protocol> {
  readonly kind: Of['kind'];
  /** Of a check that names none. */
  readonly budgets: Budgets;
  /** Milliseconds for a check or a replay that names no time; undefined where none of its runs can be endless. */
  readonly timeout: number | undefined;
  /** Whether the formula of a certificate is made with a diagram, which knows facts to be impossible, and leaves them out. */
  readonly certifiedByDiagram: boolean;
  subject(protocol: Of, options: SubjectOptions): Subject;
  watched(protocol: Of): WatchedProtocol;
  /**
   * A text that no other protocol has; undefined where it has none.
   *
   * @param file the text of the file that it is written in, where there is one
   */
  identity(protocol: Of, file: string | undefined): string | undefined;
  /** Errors, where it speaks of nodes other than these. */
  undeclared(protocol: Of, nodes: readonly string[]): readonly Diagnostic[];
  /** Warnings of what makes no sense within bounds. */
  warnings(protocol: Of, bounds: Bounds): readonly Diagnostic[];
}
