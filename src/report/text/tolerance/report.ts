/** What a protocol tolerates, as text, in parts that can be told as soon as they are known. */
import { formatSchedule } from '../../../injector/schedule.js';
import { formatBounds } from '../../../model/text/bounds.js';
import { visible } from '../../../model/text/display.js';
import { formatShare, plural } from '../../../model/text/numbers.js';
import { displayWidth, padEnd, wrapProse } from '../../../model/text/text.js';
import type { Analysis } from '../../../runner/tolerance/analyse.js';
import type { FrontierRow } from '../../../runner/tolerance/frontier.js';
import type { Widening } from '../../../runner/tolerance/outside.js';
import type { Tolerance } from '../../../runner/tolerance/tolerance.js';
import { describeBounds, describeNodes, indent } from '../heading.js';
import type { ReportOptions } from '../options.js';
import {
  chanceWords,
  describeHardening,
  foundWords,
  leftOf,
  markOf,
  reachOf,
  shareWords,
  threeDigits,
} from './words.js';

/** What there is to harden that is told, where there is more. */
const FEW = 8;

/** What is looked at, before anything of it is known. */
type Examined = Pick<Tolerance, 'name' | 'nodes' | 'bounds'>;

/** Ends in a line break, as all parts do. */
export function toleranceHeading({ name, nodes, bounds }: Examined, { style, width }: ReportOptions): string {
  return text([
    `${style.strong('TOLERANCE')}  ${style.strong(visible(name))}`,
    ...wrapProse(`times 1 to ${bounds.eot}, ${describeNodes(nodes)}`, width - 2).map(indent),
    '',
    style.strong('With so many crashes, until when messages may be lost'),
  ]);
}

/** One row of the frontier. */
export function toleranceRow(
  row: FrontierRow,
  { widest, style, width }: ReportOptions & Pick<Tolerance, 'widest'>,
): string {
  const title = padEnd(plural(row.crashes, 'crash', 'crashes'), TITLE);
  const lines = [reachOf(row, widest), ...edgeOf(row)].flatMap((line, index) =>
    wrapProse(line, width - TITLE - 4).map((part) => (index > 0 && row.broken ? style.bad(part) : part)),
  );
  return text(lines.map((line, index) => indent(`${index === 0 ? title : ' '.repeat(TITLE)}  ${line}`)));
}

const TITLE = '10 crashes'.length;

function edgeOf({ broken }: FrontierRow): readonly string[] {
  if (broken === undefined) return [];
  const before = broken.eff > 1 ? `before ${broken.eff}: ` : '';
  return [`${before}${formatSchedule(broken.faults) || 'no fault is needed'}`];
}

/** A mark for every pair of bounds. */
export function toleranceMap({ rows, widest, nodes }: Tolerance, { style, width }: ReportOptions): string {
  const times = Array.from({ length: widest }, (_, index) => index + 1);
  const cell = String(widest).length + 1;
  // A line that does not fit says nothing that the rows have not said.
  if (times.length * cell + TITLE + 4 > width || rows.length === 0) return '';
  const most = Math.min(nodes.length, Math.max(...rows.map(({ crashes }) => crashes)));
  const lines = rows
    .filter(({ crashes }) => crashes <= most)
    .map(
      (row) =>
        `${String(row.crashes).padStart(TITLE)}  ${times.map((eff) => markOf(row, eff).padStart(cell)).join('')}`,
    )
    .toReversed();
  const axis = `${' '.repeat(TITLE)}  ${times.map((eff) => (eff === 1 ? '–' : String(eff)).padStart(cell)).join('')}`;
  return text([
    style.faint(indent('crashes'.padStart(TITLE))),
    ...lines.map(indent),
    style.faint(indent(`${axis}  losses before`)),
    style.faint(indent('✓ tolerated   ✗ not tolerated   ? no verdict   – nothing is lost')),
  ]);
}

/** How much violates, when it is too late, and what to harden first. */
export function toleranceAnalysis({ analysis, bounds, outside }: Tolerance, options: ReportOptions): string {
  const { style, width } = options;
  const title = wrapProse(`Within ${describeBounds(bounds)}`, width);
  const [first, ...rest] = title;
  const head = [style.strong(first), ...rest];
  if (analysis.kind === 'too large')
    return text([...head, ...wrapProse(`not counted: ${analysis.reason}`, width - 2).map(indent)]);
  const { faults } = analysis.analysis;
  const how = shareWords(analysis.analysis);
  const paragraphs = [
    [...head, ...wrapProse(how, width - 2).map(indent), ...chanceLines(analysis.analysis, width)],
    ...(faults === undefined
      ? []
      : [courseLines(analysis.analysis, options), hardeningLines(analysis.analysis, options)]),
    ...(outside === undefined ? [] : [outsideLines(outside, options)]),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map(text)
    .join('\n');
}

function chanceLines({ chances }: Analysis, width: number): readonly string[] {
  if (chances === undefined) return [];
  return wrapProse(chanceWords(chances), width - 2).map(indent);
}

function courseLines({ course, faults = [] }: Analysis, { style, width }: ReportOptions): readonly string[] {
  const over = course.findIndex(({ left }) => left.violating === left.of);
  return [
    style.strong('When it is too late: how much violates of what may come after'),
    ...course.flatMap(({ time, left }, index) => {
      const here = faults.filter((fault) => fault.time === time);
      const what = time === 0 ? 'no fault yet' : `and ${formatSchedule(here)}`;
      const words = `${what}${index === over ? ': too late' : ''}`;
      const mark = index === over ? style.bad : (line: string) => line;
      const share = formatShare(left.violating, left.of).padStart(SHARE);
      return wrapProse(words, width - SHARE - 4).map((line, part) =>
        indent(mark(`${part === 0 ? share : ' '.repeat(SHARE)}  ${line}`)),
      );
    }),
  ];
}

const SHARE = '>99.9%'.length;

function hardeningLines(
  { hardenings, share, chances }: Analysis,
  { style, verbose }: ReportOptions,
): readonly string[] {
  const before =
    chances === undefined ? formatShare(share.violating, share.of) : threeDigits(chances.violation);
  const rows = hardenings.map((each) => ({ what: describeHardening(each.what), left: leftOf(each) }));
  const telling = rows.filter(({ left }) => verbose || left !== before);
  const shown = verbose ? telling : telling.slice(0, FEW);
  if (shown.length === 0) return [];
  const widest = Math.max(...shown.map(({ what }) => displayWidth(what)));
  const more = rows.length - shown.length;
  return [
    style.strong(`What to harden first: how much is left of ${before}`),
    ...shown.map(({ what, left }) => indent(`${padEnd(what, widest)}  ${left}`)),
    ...(more === 0 ? [] : [indent(style.faint(`and ${more} more that help less; --verbose shows all`))]),
  ];
}

function outsideLines(outside: readonly Widening[], { style, width }: ReportOptions): readonly string[] {
  const rows = outside.map(({ bounds, found }) => ({ name: formatBounds(bounds), found }));
  const widest = Math.max(0, ...rows.map(({ name }) => displayWidth(name)));
  return [
    style.strong('Just outside: what violates where one bound is wider by one'),
    ...rows.flatMap(({ name, found }) =>
      wrapProse(foundWords(found), width - widest - 4).map((line, index) => {
        const told = found.kind === 'violated' ? style.bad(line) : line;
        return indent(`${padEnd(index === 0 ? name : '', widest)}  ${told}`);
      }),
    ),
  ];
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
