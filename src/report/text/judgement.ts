/** What the specification says of a run: the tuples that violate it, or the properties with their reasons. */
import { violationsOf, type HandlerRun, type RuleRun, type Run, type Violation } from '../../injector/run.js';
import { visible } from '../../model/text/display.js';
import type { Tuple } from '../../model/rules/program.js';
import { formatFact } from './facts.js';
import { indent } from './heading.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** Violations listed before the rest is only counted. */
const FEW = 8;

export function violationLines(run: Run, options: ReportOptions): readonly string[] {
  const { style, verbose } = options;
  const few = verbose ? Infinity : FEW;
  const more = violationsOf(run).length - few;
  const rest = more > 0 ? [indent(style.faint(`and ${more} more`))] : [];
  switch (run.language) {
    case 'rules':
      return [
        style.strong('In `pre` but not in `post`') + ` at time ${run.eot}`,
        ...violationsOf(run)
          .slice(0, few)
          .map(({ tuple }) => indent(style.bad(formatPre(tuple)))),
        ...rest,
      ];
    case 'handlers':
      return [
        ...violationsOf(run)
          .slice(0, few)
          .flatMap((violation) => propertyLines(violation, run.eot, options)),
        ...rest,
      ];
  }
}

function formatPre(tuple: Tuple): string {
  return formatFact({ relation: 'pre', tuple });
}

/** `Violated: agreement — a says x, b says y (first at time 5)` */
function propertyLines(
  { property, reason, time }: Violation<HandlerRun>,
  eot: number,
  { style, width }: ReportOptions,
): readonly string[] {
  const when = time === eot ? '' : ` (first at time ${time})`;
  const [first, ...others] = wrapProse(visible(`Violated: ${property} — ${reason}${when}`), width - 2);
  const marked = first.replace(/^Violated:/, style.strong('Violated:'));
  return [marked, ...others.map(indent)];
}

/** What the specification says of a run that satisfies it. */
export function satisfactionLines(run: Run, options: ReportOptions): readonly string[] {
  switch (run.language) {
    case 'rules':
      return heldTuples(run, options);
    case 'handlers':
      return heldProperties(run, options);
  }
}

function heldTuples({ judgements, eot }: RuleRun, { style }: ReportOptions): readonly string[] {
  const held = judgements.flatMap((judgement) => (judgement.kind === 'held' ? [judgement.tuple] : []));
  if (held.length === 0)
    return [style.caution(`\`pre\` is empty at time ${eot}: the run passes, but shows nothing.`)];
  return [
    style.strong('In `pre` and in `post`') + ` at time ${eot}`,
    ...held.map((tuple) => indent(formatPre(tuple))),
  ];
}

function heldProperties({ judgements, eot }: HandlerRun, { style, width }: ReportOptions): readonly string[] {
  const held = judgements.filter(({ kind }) => kind === 'held').map(({ property }) => visible(property));
  if (held.length === 0)
    return [style.caution(`No property asks anything at time ${eot}: the run passes, but shows nothing.`)];
  return wrapProse(`Holds: ${held.join(', ')}`, width);
}
