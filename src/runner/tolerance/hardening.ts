/** What to harden first: how much less would violate if one node, one channel or one time could not fail. */
import { kindOf, type Fault } from '../../injector/faults.js';
import { fraction, type FaultRates, type FaultShares, type Share } from '../../injector/fault-shares.js';
import {
  protectionsAgainst,
  type ChannelProtection,
  type NodeProtection,
} from '../../injector/protections.js';
import { compareStrings } from '../../model/order.js';

/** Something that may be made so that it does not fail. */
export type Hardenable =
  | NodeProtection
  | ChannelProtection
  /** All channels, at one logical timestep. */
  | { readonly kind: 'time'; readonly time: number };

/** What is left where it does not. */
export interface Hardening {
  readonly what: Hardenable;
  readonly left: Share;
  /** The probability of a violation; undefined where there are no rates. */
  readonly chance: number | undefined;
}

/** Those that help, the most first: by probability where there are rates, by the share of the fault sets elsewhere. */
export function hardenings(
  shares: FaultShares,
  events: readonly Fault[],
  rates: FaultRates | undefined,
): readonly Hardening[] {
  const before = measure(shares.all(), rates && shares.chances(rates).violation);
  return candidates(events)
    .map((what): Hardening => {
      const isPrevented = (event: Fault) =>
        targetsOf(event).some((target) => nameOf(target) === nameOf(what));
      const left = shares.without(isPrevented);
      return { what, left, chance: rates && shares.chances(rates, isPrevented).violation };
    })
    .filter((each) => measureOf(each) < before)
    .sort((a, b) => measureOf(a) - measureOf(b) || compareStrings(nameOf(a.what), nameOf(b.what)));
}

function measureOf({ left, chance }: Hardening): number {
  return measure(left, chance);
}

function measure(share: Share, chance: number | undefined): number {
  return chance ?? fraction(share);
}

function candidates(events: readonly Fault[]): readonly Hardenable[] {
  return [...new Map(events.flatMap(targetsOf).map((target) => [nameOf(target), target])).values()];
}

/** What an event happens to. */
function targetsOf(event: Fault): readonly Hardenable[] {
  const time = kindOf(event).channelOf?.(event)?.time;
  return [...protectionsAgainst(event), ...(time === undefined ? [] : [{ kind: 'time' as const, time }])];
}

function nameOf(what: Hardenable): string {
  return JSON.stringify(Object.values(what));
}
