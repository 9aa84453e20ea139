/** Faults by name that are admitted, and that nothing asked for: most likely a slip, in one place or the other. */
import { authorsBounds, type Bounds } from '../model/bounds.js';
import { diagnostic, type Diagnostic } from '../model/diagnostics/diagnostics.js';
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
