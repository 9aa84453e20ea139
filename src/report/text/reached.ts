/** What never happened, of all that a protocol may do: what a good verdict says nothing of. */
import type { ReachablePart } from '../../model/reachable.js';
import { groupBy } from '../../model/group.js';
import { visible } from '../../model/text/display.js';
import { quote } from '../../model/text/quote.js';
import { wrapProse } from '../../model/text/text.js';
import type {
  CheckResult,
  FaultDifference,
  IndifferentFaults,
  Reachability,
  SeenOutcomes,
} from '../../runner/result.js';
import { timesText } from '../explanations/sentences.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';

/** At most one paragraph: each part that no run came to. */
export function neverParagraph(
  { reached }: Pick<CheckResult, 'reached'>,
  { style, width, verbose }: ReportOptions,
): readonly (readonly string[])[] {
  const never = reached === undefined ? [] : neverIn(reached, verbose);
  if (reached === undefined || never.length === 0) return [];
  const title = reached.isComplete
    ? 'Never happens, in any admissible run'
    : 'Did not happen in the runs made';
  const shown = verbose ? never : never.slice(0, FEW);
  const more = never.length - shown.length;
  return [
    [
      style.strong(title),
      ...shown.flatMap((what) => wrapProse(visible(what), width - 2)).map(indent),
      ...(more === 0 ? [] : [indent(style.faint(`and ${more} more`))]),
    ],
  ];
}

/** Parts listed before the rest is only counted. */
const FEW = 8;

/** Each as a sentence. @param verbose tells single faults as well */
function neverIn({ parts, seen }: Reachability, verbose: boolean): readonly string[] {
  return [
    ...parts.filter(({ nodes }) => nodes.length === 0).map(described),
    ...(seen?.observed?.unseen ?? []).map((word) => `a node is observed as ${quote(word)}`),
    ...(seen?.differences ?? [])
      .filter(({ makesDifference }) => !makesDifference)
      .map(({ kind, name }) => `${faultWords(kind, name)} ${MAKES_A_DIFFERENCE}`),
    ...(verbose && seen !== undefined ? indifferentIn(seen) : []),
  ];
}

const MAKES_A_DIFFERENCE = 'makes a difference to what properties see';

/** Those of the same kind and times together, but for kinds of which it is said already. */
function indifferentIn({ differences = [], indifferent = [] }: SeenOutcomes): readonly string[] {
  const isTold = ({ kind, name }: IndifferentFaults) =>
    differences.some((one) => one.kind === kind && one.name === name && !one.makesDifference);
  const alike = groupBy(
    indifferent.filter((faults) => !isTold(faults)),
    ({ kind, name, times, otherTimes }) => JSON.stringify([kind, name, times, otherTimes]),
  );
  return [...alike.values()].map((group) => {
    const [{ kind, name, times, otherTimes }] = group;
    const places = group.map(({ place }) => place).join('; ');
    return `${faultWords(kind, name)} of ${places}${whenText(times, otherTimes)} ${MAKES_A_DIFFERENCE}`;
  });
}

function whenText(times: readonly number[], others: readonly number[]): string {
  if (others.length === 0) return '';
  const isLast = times[0] > Math.max(...others);
  return isLast ? ` at ${times[0]} or later` : ` at ${timesText(times)}`;
}

function faultWords(kind: FaultDifference['kind'], name: string | undefined): string {
  if (name !== undefined) return `the fault ${name}`;
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function described({ kind, name, role }: ReachablePart): string {
  const whose = role === undefined ? '' : ` to a node of ${role}`;
  switch (kind) {
    case 'message':
      return `message ${name} is delivered${whose}`;
    case 'timer':
      return `timer ${quote(name)} fires`;
    case 'start':
    case 'tick':
      return role === undefined ? `${name} runs` : `${name} of ${role} runs`;
  }
}
