/** Where there is no verdict: what there was too much of, and which smaller bounds have one. */
import { formatBounds } from '../../injector/bounds.js';
import type { Multiplying } from '../../model/multiplying.js';
import { visible } from '../../model/text/display.js';
import { formatCount } from '../../model/text/numbers.js';
import { padEnd, wrapProse } from '../../model/text/text.js';
import type { Inconclusive } from '../../runner/result.js';
import { indent, verdictMark } from './heading.js';
import type { ReportOptions } from './options.js';

/** Fewer of anything are not what keeps a check from its end. */
const FEW = 50;

export function undecidedParagraphs(
  { multiplies, smaller = [] }: Inconclusive,
  { style, width }: ReportOptions,
): readonly (readonly string[])[] {
  const much = multiplies === undefined ? undefined : described(multiplies);
  const names = smaller.map(({ bounds }) => formatBounds(bounds));
  const longest = Math.max(0, ...names.map((name) => name.length));
  return [
    ...(much === undefined ? [] : [wrapProse(visible(much), width)]),
    ...(smaller.length === 0
      ? []
      : [
          [
            style.strong('Decided within smaller bounds'),
            ...smaller.map(({ verdict }, index) =>
              indent(`${padEnd(names[index], longest)}  ${verdictMark(verdict, style)(verdict)}`),
            ),
          ],
        ]),
  ];
}

/** A sentence; undefined where there is not much of anything. */
function described(multiplies: Multiplying): string | undefined {
  switch (multiplies.kind) {
    case 'states': {
      const { node, states, field } = multiplies;
      if (states < FEW) return undefined;
      const by =
        field === undefined ? '' : `, in which \`${field.name}\` has ${formatCount(field.values)} values`;
      return `What multiplies is the state of ${node}: ${formatCount(states)} different ones${by}.`;
    }
    case 'tuples': {
      const { relation, tuples } = multiplies;
      if (tuples < FEW) return undefined;
      return `What multiplies is the relation ${relation}: it has ${formatCount(tuples)} tuples.`;
    }
  }
}
