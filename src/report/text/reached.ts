/** What never happened, of all that a protocol may do: what a good verdict says nothing of. */
import type { ReachablePart } from '../../model/reachable.js';
import { visible } from '../../model/text/display.js';
import { quote } from '../../model/text/quote.js';
import { wrapProse } from '../../model/text/text.js';
import type { CheckResult } from '../../runner/result.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';

/** At most one paragraph: each part that no run came to. */
export function neverParagraph(
  { reached }: Pick<CheckResult, 'reached'>,
  { style, width, verbose }: ReportOptions,
): readonly (readonly string[])[] {
  const never = reached?.parts.filter(({ nodes }) => nodes.length === 0) ?? [];
  if (reached === undefined || never.length === 0) return [];
  const title = reached.isComplete
    ? 'Never happens, in any admissible run'
    : 'Did not happen in the runs made';
  const shown = verbose ? never : never.slice(0, FEW);
  const more = never.length - shown.length;
  return [
    [
      style.strong(title),
      ...shown.flatMap((part) => wrapProse(visible(described(part)), width - 2)).map(indent),
      ...(more === 0 ? [] : [indent(style.faint(`and ${more} more`))]),
    ],
  ];
}

/** Parts listed before the rest is only counted. */
const FEW = 8;

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
