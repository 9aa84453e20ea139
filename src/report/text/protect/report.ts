/** What would be enough for a certificate, as text, in parts that can be told as soon as they are known. */
import type { Protection } from '../../../injector/protections.js';
import { formatReliable } from '../../../model/text/reliable.js';
import { visible } from '../../../model/text/display.js';
import { plural } from '../../../model/text/numbers.js';
import { wrapProse } from '../../../model/text/text.js';
import type { ProtectingSet, ProtectResult } from '../../../runner/protect/protect.js';
import { quoted } from '../command.js';
import { describeBounds, describeNodes, indent } from '../heading.js';
import type { ReportOptions } from '../options.js';
import { describeProtections } from './describe.js';

/** What is looked at, before anything of it is known. Ends in a line break, as all parts do. */
export function protectHeading(
  { name, nodes, bounds }: Pick<ProtectResult, 'name' | 'nodes' | 'bounds'>,
  { style, width }: ReportOptions,
): string {
  const about = [`within ${describeBounds(bounds)}`, describeNodes(nodes)];
  return text([
    `${style.strong('PROTECT')}  ${style.strong(visible(name))}`,
    ...about.flatMap((line) => wrapProse(line, width - 2)).map(indent),
    '',
    style.strong('It is certified'),
  ]);
}

export function protectingSet(
  { protections, isVacuous, reliable }: ProtectingSet,
  options: ReportOptions,
): string {
  const caution = isVacuous ? '; but some property is never asked then' : '';
  const said =
    reliable === undefined ? '' : ` (--reliable ${quoted(formatReliable(reliable), options.shell)})`;
  return item(`${conditionOf(protections)}${said}${caution}`, options);
}

/** What else there is to say in the end. */
export function protectEnding(result: ProtectResult, options: ReportOptions): string {
  const { sets, undecided, remaining, checks } = result;
  const none = remaining === 'none' && undecided.length === 0;
  const nothing =
    sets.length === 0 && none ? [item('in no case: it is violated where nothing fails', options)] : [];
  const open = undecided.map(({ protections, reason }) =>
    item(`no verdict ${conditionOf(protections)}: ${reason}`, options),
  );
  const isAsItIs = sets.some(({ protections }) => protections.length === 0);
  const all = none ? 'These are all of the smallest sets' : 'There may be others';
  const words = `${sets.length === 0 || isAsItIs ? '' : `${all}; `}${plural(checks, 'check')}`;
  const closing = wrapProse(words, options.width).map((line) => options.style.faint(line));
  return [...nothing, ...open, text(closing)].join('');
}

function conditionOf(protections: readonly Protection[]): string {
  return protections.length === 0
    ? 'as it is, without any protection'
    : `if ${describeProtections(protections)}`;
}

/** A line that goes on further to the right. */
function item(words: string, { width }: ReportOptions): string {
  return text(wrapProse(words, width - 4).map((line, index) => indent(index === 0 ? line : indent(line))));
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
