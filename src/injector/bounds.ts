/** Bounds of what may fail, and how the literature estimates what is within them. */
import { BOUND_NAMES, boundWord, NAMED_BOUNDS, type BoundName, type Bounds } from '../model/bounds.js';
import { formatBounds } from '../model/text/bounds.js';
import { formatLink, readLink } from '../model/text/reliable.js';
import { formatNodeName, formatNodeNames } from '../model/text/node-names.js';
import { quote } from '../model/text/quote.js';
import { suggest } from '../model/text/suggest.js';
import { power } from './polynomials.js';

export { formatBounds, type Bounds };

/** The longest run that is offered; it guards against slips of the keyboard, not against patience. */
export const LONGEST_EOT = 10_000;

/** @throws RangeError where no run, or no fault set, is within the bounds as they are meant */
export function assertBounds(nodes: readonly string[], bounds: Bounds): void {
  const { eot, eff, crashes } = bounds;
  const natural = (value: number) => Number.isSafeInteger(value) && value >= 0;
  if (!natural(eot) || eot < 1 || eot > LONGEST_EOT)
    throw new RangeError(`EOT is ${eot}, and has to be an integer from 1 to ${LONGEST_EOT}`);
  if (!natural(eff) || eff >= eot)
    throw new RangeError(`EFF is ${eff}, and has to be from 0 to EOT - 1 = ${eot - 1}`);
  if (!natural(crashes) || crashes > nodes.length) {
    throw new RangeError(
      `the crashes are ${crashes}, and have to be from 0 to ${nodes.length}, the number of nodes`,
    );
  }
  const [wrong] = misfits(bounds);
  if (wrong !== undefined)
    throw new RangeError(`${wrong.what} is ${wrong.value}, and has to be ${wrong.expected}`);
  const [stray] = straysIn(nodes, bounds);
  if (stray !== undefined)
    throw new RangeError(`${stray.message}${stray.hint === undefined ? '' : `; ${stray.hint}`}`);
}

/** What is taken to be reliable, and is not there. */
export interface Stray {
  readonly message: string;
  readonly expected: string;
  readonly hint: string | undefined;
}

/**
 * Of what bounds take to be reliable, what there is not among some nodes.
 *
 * @param roles names that stand for several nodes where bounds are written
 */
export function straysIn(
  nodes: readonly string[],
  { reliable = {} }: Bounds,
  roles: readonly string[] = [],
): readonly Stray[] {
  const byRole = roles.length === 0 ? '' : `, or of the roles ${formatNodeNames(roles, ', ')}`;
  const unknown = (name: string, link = '') => ({
    message: `there is no node ${quote(name)}${link} to be reliable`,
    expected: `one of ${formatNodeNames(nodes, ', ')}${byRole}`,
    hint: suggest(name, [...nodes, ...roles]),
  });
  const strays = (reliable.nodes ?? []).filter((name) => !nodes.includes(name));
  return [
    ...strays.map((name) => unknown(name)),
    ...(reliable.links ?? []).flatMap((text): Stray | readonly Stray[] => {
      const link = readLink(text);
      if (link === undefined)
        return { message: `${quote(text)} is no link`, expected: 'a link such as `a->b`', hint: undefined };
      const ends = [link.from, link.to].filter((name) => !nodes.includes(name));
      if (ends.length > 0) return ends.map((name) => unknown(name, ` for the link ${formatLink(link)}`));
      if (link.from !== link.to) return [];
      const message = `what ${formatNodeName(link.from)} sends to itself is reliable in any case`;
      return { message, expected: 'a link between two different nodes', hint: undefined };
    }),
  ];
}

/** A named bound that makes no sense. */
export interface Misfit {
  readonly name: BoundName;
  readonly value: number;
  /** As a sentence calls it. */
  readonly what: string;
  readonly expected: string;
}

/** Of named bounds, those that make no sense. */
export function misfits(bounds: Bounds): readonly Misfit[] {
  return BOUND_NAMES.flatMap((name) => {
    const value = bounds[name];
    const { least, most: mostOf } = NAMED_BOUNDS[name];
    const most = mostOf?.(bounds.eot) ?? Infinity;
    if (value === undefined || value === NAMED_BOUNDS[name].fallback) return [];
    if (Number.isSafeInteger(value) && value >= least && value <= most) return [];
    const upTo = most === Infinity ? '' : ` to ${most}`;
    const what = `the bound \`${boundWord(name)}\``;
    return [{ name, value, what, expected: `an integer from ${least}${upTo}` }];
  });
}

/**
 * The estimate that the literature publishes for the same space (Alvaro et al., "Lineage-driven Fault
 * Injection", 2015, Fig. 12 and 13): with L = 2^(nodes-1) ways to lose what a node sends at one time,
 * C(nodes, crashes) * (L^EFF)^(nodes-crashes) * (sum over k = 1..EOT+1 of L^min(EFF, k-1))^crashes.
 */
export function estimateFaultSets(nodes: number, bounds: Bounds): bigint {
  const { eot, eff, crashes } = bounds;
  const lossBits = nodes - 1;
  let crashing = 0n;
  for (let k = 1; k <= eot + 1; k++) crashing += 1n << BigInt(lossBits * Math.min(eff, k - 1));
  const lastingBits = BigInt(lossBits * eff * (nodes - crashes));
  return ((power([1n, 1n], nodes, crashes)[crashes] ?? 0n) * crashing ** BigInt(crashes)) << lastingBits;
}
