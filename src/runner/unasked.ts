/**
 * What stands in a protocol or its bounds, and nothing asks for: faults by name that are admitted, and operations that are
 * recorded. Most likely it is a slip, in one place or the other.
 */
import { authorsBounds, type Bounds } from '../model/bounds.js';
import { diagnostic, type Diagnostic } from '../model/diagnostics/diagnostics.js';
import { compareStrings } from '../model/order.js';
import { quote } from '../model/text/quote.js';
import { suggest } from '../model/text/suggest.js';

/** The names of faults that something asked for; `any` where it may have been all of them. */
export type AskedNames = ReadonlySet<string> | 'any';

/** A warning for each fault of the bounds that nothing asked for. */
export function unaskedFaults(bounds: Bounds, asked: AskedNames): readonly Diagnostic[] {
  if (asked === 'any') return [];
  const admitted = authorsBounds(bounds).map(([name]) => name);
  const others = [...asked].filter((name) => !admitted.includes(name));
  return admitted
    .filter((name) => !asked.has(name))
    .map((name) =>
      diagnostic('RUN126', `nothing asked for the fault ${name}, so that it changes nothing`, {
        hint: suggest(name, others),
      }),
    );
}

/** Where no operation is recorded that no property is about. */
export const NOTHING_UNREAD: ReadonlySet<string> = new Set();

/** A warning where operations are recorded and no property is about them, given the types of those. */
export function unreadOperations(types: ReadonlySet<string>): readonly Diagnostic[] {
  if (types.size === 0) return [];
  const which = [...types].sort(compareStrings).map(quote).join(', ');
  return [
    diagnostic(
      'RUN127',
      `operations are recorded (${which}), and no property says what has to be so of them`,
    ),
  ];
}
