/** What a protocol tolerates, in words that every report of it has. */
import type { Chances, Share } from '../../../injector/fault-shares.js';
import { formatSchedule } from '../../../injector/schedule.js';
import { formatShare } from '../../../model/text/numbers.js';
import type { Analysis } from '../../../runner/tolerance/analyse.js';
import type { FrontierRow } from '../../../runner/tolerance/frontier.js';
import type { Hardenable, Hardening } from '../../../runner/tolerance/hardening.js';
import type { Widening } from '../../../runner/tolerance/outside.js';
import { describeProtections } from '../protect/describe.js';

/** What is tolerated with so many crashes. */
export function reachOf({ tolerated, isVacuous, undecided }: FrontierRow, widest: number): string {
  const caution = isVacuous ? ', but some property is never asked there' : '';
  const open = undecided === undefined ? '' : `; before ${undecided} there is no verdict within the budget`;
  if (tolerated === undefined) return `not tolerated, even if nothing is lost${open}`;
  if (tolerated === widest) return `tolerated, whatever is lost before the end${caution}`;
  const lost = tolerated <= 1 ? 'nothing is lost' : `messages are lost before ${tolerated} alone`;
  return `tolerated if ${lost}${caution}${open}`;
}

/** Of one pair of bounds: tolerated, not tolerated, or no verdict. */
export function markOf({ tolerated = 0, broken, undecided }: FrontierRow, eff: number): '✓' | '✗' | '?' {
  if (eff <= tolerated) return '✓';
  if (broken !== undefined && eff >= broken.eff) return '✗';
  return undecided !== undefined || broken === undefined ? '?' : '✗';
}

/** How much of all fault sets violates, where any does. */
export function shareWords({ share: { violating, of }, faults }: Pick<Analysis, 'share' | 'faults'>): string {
  return faults === undefined
    ? 'No admissible fault set violates the specification.'
    : `Of all admissible fault sets, ${formatShare(violating, of)} violate the specification.`;
}

/** What the probabilities of a violation, and of more faults than the bounds admit, say. */
export function chanceWords({ violation, within }: Chances): string {
  const beyond = Math.max(0, 1 - within);
  return `By these rates, faults within the bounds violate it with probability ${threeDigits(violation)}; with probability ${threeDigits(beyond)}, more fails than the bounds admit, and of that nothing is said.`;
}

/** How much would still violate. */
export function leftOf({ left, chance }: Hardening): string {
  if (isNothing(left)) return 'nothing: it is enough by itself';
  return chance === undefined ? formatShare(left.violating, left.of) : threeDigits(chance);
}

function isNothing({ violating }: Share): boolean {
  return violating === 0n;
}

/** What a wider bound came to. */
export function foundWords(found: Widening['found']): string {
  switch (found.kind) {
    case 'violated':
      return formatSchedule(found.faults) || 'no fault is needed';
    case 'tolerated':
      return 'nothing';
    case 'undecided':
      return `no verdict: ${found.reason}`;
  }
}

/** As if it were so. */
export function describeHardening(what: Hardenable): string {
  switch (what.kind) {
    case 'node':
    case 'channel':
      return describeProtections([what]);
    case 'time':
      return `no message fails at time ${what.time}`;
  }
}

/** Three significant digits of a probability. */
export function threeDigits(probability: number): string {
  return probability === 0 ? '0' : Number(probability.toPrecision(3)).toString();
}
