/** What the specification says of a run: the tuples that violate it, or the properties with their reasons. */
import type { Execution } from '../../injector/execution.js';
import { visible } from '../../model/text/display.js';
import type { Tuple } from '../../model/rules/program.js';
import { formatFact } from './facts.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** Tuples listed before the rest is only counted. */
const FEW = 8;

export function violationLines(execution: Execution, options: ReportOptions): readonly string[] {
  const { violations, eot, language } = execution;
  const { style, verbose } = options;
  const shown = verbose ? violations : violations.slice(0, FEW);
  const more = violations.length - shown.length;
  const rest = more === 0 ? [] : [indent(style.faint(`and ${more} more`))];
  switch (language) {
    case 'rules':
      return [
        style.strong('In `pre` but not in `post`') + ` at time ${eot}`,
        ...shown.map((tuple) => indent(style.bad(formatFact({ relation: 'pre', tuple })))),
        ...rest,
      ];
    case 'handlers':
      return [...shown.flatMap((tuple) => propertyLines(tuple, eot, options)), ...rest];
  }
}

/** `Violated: agreement — a says x, b says y (first at time 5)` */
function propertyLines(
  [name, reason, time]: Tuple,
  eot: number,
  { style, width }: ReportOptions,
): readonly string[] {
  const when = time === eot ? '' : ` (first at time ${time})`;
  const [first, ...others] = wrapProse(visible(`Violated: ${name} — ${reason}${when}`), width - 2);
  const marked = first.replace(/^Violated:/, style.strong('Violated:'));
  return [marked, ...others.map(indent)];
}

/** What the specification says of a run that satisfies it. */
export function satisfactionLines(execution: Execution, { style, width }: ReportOptions): readonly string[] {
  const { pre, eot, language } = execution;
  switch (language) {
    case 'rules':
      if (pre.length === 0)
        return [style.caution(`\`pre\` is empty at time ${eot}: the run passes, but shows nothing.`)];
      return [
        style.strong('In `pre` and in `post`') + ` at time ${eot}`,
        ...pre.map((tuple) => indent(formatFact({ relation: 'pre', tuple }))),
      ];
    case 'handlers': {
      if (pre.length === 0)
        return [
          style.caution(`No property asks anything at time ${eot}: the run passes, but shows nothing.`),
        ];
      const names = pre.map(([name]) => visible(String(name))).join(', ');
      return wrapProse(`Holds: ${names}`, width);
    }
  }
}
