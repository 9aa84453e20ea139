/**
 * What stands in a protocol or its bounds, and nothing asks for: faults by name that are admitted, kinds of which there is no fault,
 * and operations that are recorded. Most likely it is a slip, in one place or the other.
 */
import { formatBounds } from '../injector/bounds.js';
import { countFaultEvents } from '../injector/counts.js';
import {
  AUTHORS_BOUND,
  authorsBounds,
  BOUND_NAMES,
  boundOf,
  boundWord,
  NAMED_BOUNDS,
  type Bounds,
} from '../model/bounds.js';
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

/** A warning for each bound of a kind of faults of which the others leave none. @param nodes how many there are */
export function boundsOfNothing(nodes: number, bounds: Bounds): readonly Diagnostic[] {
  return kindsOff(bounds)
    .filter(({ without }) => isSame(nodes, bounds, without))
    .map(({ text, without }) => {
      const wider = widerThan(bounds).find(([change]) => !isSame(nodes, change(bounds), change(without)));
      return diagnostic(
        'RUN128',
        `within the bounds ${formatBounds(bounds)} there is nothing that \`${text}\` admits`,
        {
          hint: wider?.[1],
        },
      );
    });
}

function isSame(nodes: number, some: Bounds, others: Bounds): boolean {
  return countFaultEvents(nodes, some) === countFaultEvents(nodes, others);
}

/** Each kind that is off by default and on here, and the bounds as they are without it. */
function kindsOff(bounds: Bounds): readonly { readonly text: string; readonly without: Bounds }[] {
  const own = BOUND_NAMES.filter((name) => NAMED_BOUNDS[name].fallback === 0 && boundOf(bounds, name) > 0);
  const authors = authorsBounds(bounds).filter(([, most]) => most > 0);
  return [
    ...own.map((name) => ({
      text: `${boundWord(name)} ${boundOf(bounds, name)}`,
      without: { ...bounds, [name]: 0 },
    })),
    ...authors.map(([name, most]) => ({
      text: `${AUTHORS_BOUND} ${name} ${most}`,
      without: { ...bounds, named: { ...bounds.named, [name]: 0 } },
    })),
  ];
}

/** What may leave no room for faults, made as wide as can be, and how. */
function widerThan({
  eot,
}: Bounds): readonly (readonly [change: (bounds: Bounds) => Bounds, hint: string])[] {
  return [
    [(bounds) => ({ ...bounds, eff: Math.max(bounds.eff, eot - 1) }), 'raise EFF'],
    [(bounds) => ({ ...bounds, crashesBefore: eot }), `raise \`${boundWord('crashesBefore')}\``],
    [(bounds) => ({ ...bounds, crashes: Math.max(1, bounds.crashes) }), 'admit a crash'],
    [(bounds) => ({ ...bounds, reliable: {} }), 'let less be reliable'],
    [(bounds) => ({ ...bounds, eot: eot + 3, eff: eot + 2 }), 'raise EOT and EFF'],
  ];
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
