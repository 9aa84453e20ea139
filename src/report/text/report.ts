/** The text report of one check, and the lines about several. */
import { visible } from '../../model/text/display.js';
import { formatBounds } from '../../injector/bounds.js';
import { formatSchedule } from '../../injector/schedule.js';
import { VERDICTS } from '../../model/verdict-names.js';
import type { CheckResult, Counterexample, Violated } from '../../runner/result.js';
import { counterexampleParagraphs } from './counterexample.js';
import { evidenceLines } from './evidence.js';
import { expectationWords, isUnexpected } from './expectation.js';
import { heading, indent, verdictMark } from './heading.js';
import { formatCount, listed, plural } from '../../model/text/numbers.js';
import { neverParagraph } from './reached.js';
import type { ReportOptions } from './options.js';
import { undecidedParagraphs } from './undecided.js';
import { vacuityParagraphs, vacuityWords, withFaultsParagraph } from './properties.js';
import { regressionParagraphs } from './regressions.js';
import { padEnd, wrapProse } from '../../model/text/text.js';

/** Paragraphs: the verdict, its counterexamples or certificate, and how it was reached. Ends in a line break. */
export function reportCheck(result: CheckResult, options: ReportOptions): string {
  const paragraphs = [
    heading(result, options),
    ...regressionParagraphs(result.regressions ?? [], options),
    ...body(result, options),
    evidenceLines(result, options),
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function body(result: CheckResult, options: ReportOptions): readonly (readonly string[])[] {
  const { verdict } = result;
  const prose = (text: string) => [wrapProse(text, options.width)];
  switch (verdict.kind) {
    case 'violated':
      return counterexamples(result, verdict, options);
    case 'certified':
      return [
        ...prose('No admissible fault set violates the specification.'),
        ...withFaultsParagraph(result, verdict, options),
        ...neverParagraph(result, options),
      ];
    case 'vacuous':
      return [...vacuityParagraphs(result, verdict, options), ...neverParagraph(result, options)];
    case 'inconclusive':
      return [...prose(`No verdict: ${verdict.reason}`), ...undecidedParagraphs(verdict, options)];
  }
}

function counterexamples(
  result: CheckResult,
  verdict: Violated,
  options: ReportOptions,
): (readonly string[])[] {
  const { counterexamples, remaining } = verdict;
  const paragraphs = counterexamples.flatMap((counterexample, index) => {
    const place = { number: index + 1, of: counterexamples.length };
    const isTold = counterexample.alike === undefined || options.verbose;
    const alike = counterexamples.flatMap((other, at) =>
      other.alike === index ? [{ ...other, number: at + 1 }] : [],
    );
    return [
      ...(isTold ? counterexampleParagraphs(result, counterexample, place, options) : []),
      ...(alike.length === 0 ? [] : [alikeParagraph(alike, options)]),
    ];
  });
  switch (remaining) {
    case 'none':
      return [...paragraphs, ['There are no other minimal counterexamples.']];
    case 'some': {
      const more = 'There are more minimal counterexamples; --all finds them, up to a limit.';
      return [...paragraphs, wrapProse(more, options.width)];
    }
    case 'unknown':
      return paragraphs;
  }
}

/** Those that are like one that was told. */
function alikeParagraph(
  alike: readonly (Pick<Counterexample, 'faults'> & { readonly number: number })[],
  { style, width }: ReportOptions,
): readonly string[] {
  const title = `${formatCount(alike.length)} more like it: the same messages, at other times or of nodes that do the same`;
  const [first, ...rest] = wrapProse(title, width);
  const digits = String(alike.at(-1)!.number).length;
  return [
    style.strong(first),
    ...rest,
    ...alike.flatMap(({ faults, number }) =>
      wrapProse(formatSchedule(faults), width - digits - 4).map((line, index) =>
        indent(`${(index === 0 ? String(number) : '').padStart(digits)}  ${line}`),
      ),
    ),
  ];
}

/** One line: verdict, bounds, scenario, and the first counterexample as `replay` takes it, or what was never asked. */
export function reportLine(result: CheckResult, options: ReportOptions): string {
  const { style } = options;
  const { kind } = result.verdict;
  const words = [
    verdictMark(kind, style)(padEnd(kind, 'inconclusive'.length)),
    padEnd(formatBounds(result.bounds), 8),
    visible(result.name),
    ...particulars(result).map(style.faint),
    ...(result.interrupted ? [style.caution('(interrupted)')] : []),
    ...expectationWords(result, options),
  ];
  return `${words.join('  ')}\n`;
}

function particulars(result: CheckResult): readonly string[] {
  const { verdict } = result;
  switch (verdict.kind) {
    case 'violated':
      return [formatSchedule(verdict.counterexamples[0].faults) || 'no fault is needed'];
    case 'vacuous':
      return [vacuityWords(result, verdict)];
    case 'certified':
    case 'inconclusive':
      return [];
  }
}

/** The line under several reports; empty for one. */
export function reportSummary(results: readonly CheckResult[], options: ReportOptions): string {
  if (results.length < 2) return '';
  const counts = VERDICTS.map((kind) => ({
    kind,
    count: results.filter(({ verdict }) => verdict.kind === kind).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => verdictMark(kind, options.style)(`${count} ${kind}`));
  const unexpected = results.filter(isUnexpected).length;
  const surprise =
    unexpected === 0 ? '' : options.style.caution(`; ${unexpected} not as the scenario expects`);
  return `${plural(results.length, 'check')}: ${listed(counts)}${surprise}\n`;
}
