/** What the specification says of a run: the tuples that violate it, or the properties with their reasons. */
import { violationsOf, type HandlerRun, type RuleRun, type Run, type Violation } from '../../injector/run.js';
import { visible } from '../../model/text/display.js';
import { ALL_THE_TIME, AT_THE_END } from '../../model/rules/specification.js';
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
      return [...tupleLines(violationsOf(run).slice(0, few), run.eot, style), ...rest];
    case 'handlers':
      return [
        ...violationsOf(run)
          .slice(0, few)
          .flatMap((violation) => propertyLines(violation, run.eot, options)),
        ...rest,
      ];
  }
}

/** What is asked at EOT and not there, and then what is not so at all times. */
function tupleLines(
  violations: readonly Violation<RuleRun>[],
  eot: number,
  style: ReportOptions['style'],
): readonly string[] {
  return [AT_THE_END, ALL_THE_TIME].flatMap(({ name, kept, always }) => {
    const own = violations.filter(({ property }) => property === name);
    if (own.length === 0) return [];
    return [
      style.strong(`In \`${name}\` but not in \`${kept}\``) + (always ? '' : ` at time ${eot}`),
      ...own.map(({ tuple, time }) =>
        indent(style.bad(formatFact({ relation: name, tuple })) + (always ? ` at time ${time}` : '')),
      ),
    ];
  });
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
  const held = judgements.filter((judgement) => judgement.kind === 'held');
  const asked = new Set(judgements.map(({ property }) => property));
  if (held.length === 0) {
    const empty = [...(asked.has('pre') ? [`\`pre\` is empty at time ${eot}`] : [])];
    if (asked.has('always')) empty.push('`always` is empty at all times');
    return [style.caution(`${empty.join(', and ')}: the run passes, but shows nothing.`)];
  }
  return [AT_THE_END, ALL_THE_TIME].flatMap(({ name, kept, always }) => {
    const own = held.filter(({ property }) => property === name);
    if (own.length === 0) return [];
    return [
      style.strong(`In \`${name}\` and in \`${kept}\``) + (always ? ' at all times' : ` at time ${eot}`),
      ...own.map(({ tuple }) => indent(formatFact({ relation: name, tuple }))),
    ];
  });
}

function heldProperties({ judgements, eot }: HandlerRun, { style, width }: ReportOptions): readonly string[] {
  const held = judgements.filter(({ kind }) => kind === 'held').map(({ property }) => visible(property));
  if (held.length === 0)
    return [style.caution(`No property asks anything at time ${eot}: the run passes, but shows nothing.`)];
  return wrapProse(`Holds: ${held.join(', ')}`, width);
}
