/** Protocols, whatever they are written in. */
import type { HandlerProtocol } from './handlers/protocol.js';
import type { CheckedProgram } from './rules/program.js';

/** What can be checked: rules that passed all static checks, or handlers with their specification. */
export type Protocol = CheckedProgram | HandlerProtocol;
