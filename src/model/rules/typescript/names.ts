/** Names of relations, columns and variables, which are those of Dedalus, so that what was read prints. */
import { diagnostic } from '../../diagnostics/diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostics.js';
import { describe } from './operands.js';
import { callerSpan } from '../../diagnostics/place.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_.?]*$/;

/** @param what the name is to be called by */
export function checkName(name: unknown, what: 'relation' | 'column' | 'variable'): readonly Diagnostic[] {
  if (typeof name === 'string' && NAME.test(name) && name !== '_') return [];
  return [
    diagnostic('DED804', `${describe(name)} cannot name a ${what}`, {
      span: callerSpan(),
      expected: 'letters, digits, `_`, `.` and `?`, no digit first, and not `_` alone',
    }),
  ];
}
