/** What driving a running system has found, told to a person. */
import { visible } from '../../../model/text/display.js';
import { formatCount, formatDuration, listed, plural } from '../../../model/text/numbers.js';
import { wrapProse } from '../../../model/text/text.js';
import type {
  LiveFault,
  SystemCounterexample,
  SystemResult,
  SystemVerdict,
  ToldCall,
} from '../../../runner/live/result.js';
import { PRUNING_RULES } from '../../../runner/strategies/marco/rules.js';
import { indent } from '../heading.js';
import type { ReportOptions } from '../options.js';

export function reportSystem(result: SystemResult, options: ReportOptions): string {
  const { style, width } = options;
  const { verdict } = result;
  const mark =
    verdict.kind === 'violated' ? style.bad : verdict.kind === 'survived' ? style.good : style.caution;
  const paragraphs = [
    [
      `${mark(style.strong(verdict.kind.toUpperCase()))}  ${style.strong(visible(result.name))}`,
      ...wrapProse(
        `a running system, under at most ${plural(result.faults, 'fault')} at once`,
        width - 2,
      ).map(indent),
    ],
    ...verdictParagraphs(verdict, options),
    evidenceLines(result, options),
  ];
  return paragraphs.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}

function verdictParagraphs(verdict: SystemVerdict, options: ReportOptions): readonly (readonly string[])[] {
  const prose = (text: string): readonly string[] => wrapProse(text, options.width - 2).map(indent);
  switch (verdict.kind) {
    case 'violated':
      return verdict.counterexamples.map((counterexample, place) =>
        counterexampleLines(counterexample, place + 1, options),
      );
    case 'survived':
      return [
        prose('every fault set within the bounds was survived, or counts as survived by what is said below'),
      ];
    case 'unstable':
      return [
        prose(
          'the same faults do not lead to the same run each time: nothing follows from what was survived',
        ),
        ...(verdict.calls.length === 0
          ? []
          : [
              [
                ...prose('of two runs without faults only one made'),
                ...verdict.calls.map((call) => `    ${visible(call)}`),
              ],
            ]),
        ...verdict.seenOnce.map((seen, place) => counterexampleLines(seen, place + 1, options)),
      ];
    case 'inconclusive':
      return [prose(visible(verdict.reason))];
  }
}

function counterexampleLines(
  { faults, reason, isRepeatable, calls }: SystemCounterexample,
  number: number,
  { style, width }: ReportOptions,
): readonly string[] {
  const fired = `fired ${faults.length} of ${faults.length}`;
  return [
    `  ${style.strong(`Counterexample ${number}`)}: ${plural(faults.length, 'fault')}, ${fired}; none can be left out`,
    ...faults.flatMap((fault) =>
      wrapProse(faultText(fault), width - 4).map((line) => `    ${style.bad(line)}`),
    ),
    ...wrapProse(`because ${visible(reason)}`, width - 4).map((line) => `    ${line}`),
    ...(isRepeatable ? [] : [`    ${style.caution('run once more, it was survived')}`]),
    ...calls.map((call) => `    ${callText(call)}`),
  ];
}

function faultText({ point, kind, alike }: LiveFault): string {
  const others = alike.length === 0 ? '' : ` (or ${listed(alike)})`;
  return `${visible(point)} = ${kind}${others}`;
}

function callText({ depth, step, injected, failed }: ToldCall): string {
  const ending = injected === undefined ? (failed ? 'failed' : 'ok') : `fault: ${injected}`;
  return `${'  '.repeat(depth)}${visible(step)}  ${ending}`;
}

function evidenceLines(result: SystemResult, { style, width }: ReportOptions): readonly string[] {
  const { runs, calls, kinds, covered, faults, partial, tested, isRefuted, elapsed, rules } = result;
  const prose = (text: string): readonly string[] =>
    wrapProse(text, width - 2).map((line) => indent(style.faint(line)));
  const within =
    covered >= faults
      ? 'all fault sets within the bounds'
      : covered < 0
        ? 'nothing'
        : `fault sets of at most ${plural(covered, 'fault')}`;
  return [
    ...prose(
      `${plural(runs, 'run')} in ${formatDuration(elapsed)}, of ${plural(calls, 'call')} with ${plural(kinds, 'fault')}; decided: ${within}`,
    ),
    ...(partial === 0
      ? []
      : prose(
          `in ${plural(partial, 'run')} not all faults fired that were planned; these count as what fired`,
        )),
    ...rules.flatMap(({ rule, isRefuted: isAgainst }) =>
      prose(
        isAgainst
          ? `not used to the end, as something seen is against it: ${rule}, by which ${PRUNING_RULES[rule].assumes}`
          : `taken for granted: ${PRUNING_RULES[rule].assumes} (${rule})`,
      ),
    ),
    ...(tested === 0
      ? []
      : prose(
          isRefuted
            ? `of ${formatCount(tested)} fault sets that counted as decided, run at random, not all were survived: what is taken for granted does not hold`
            : `${plural(tested, 'fault set')} that counted as decided, run at random, bore that out`,
        )),
  ];
}
