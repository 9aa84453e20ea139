/** Protocols, whatever they are written in. */
import type { HandlerProtocol } from './handlers/protocol.js';
import type { CheckedProgram, Program } from './rules/program.js';

/** What can be checked: rules that passed all static checks, or handlers with their specification. */
export type Protocol = CheckedProgram | HandlerProtocol;

/** Rules, before they are checked. */
export interface RuleProtocol {
  readonly kind: 'rules';
  readonly program: Program;
}

/** A protocol as its author gives it: it may not be free of errors. */
export type WrittenProtocol = RuleProtocol | HandlerProtocol;
