/** What driving a running system has found, told to a person. */
import { visible } from '../../../model/text/display.js';
import { formatCount, formatDuration, listed, plural } from '../../../model/text/numbers.js';
import { padEnd, wrapProse } from '../../../model/text/text.js';
import type {
  LiveFault,
  NamedFault,
  PartialRun,
  PlannedCall,
  SystemCounterexample,
  SystemResult,
  SystemVerdict,
  ToldCall,
  UsedRule,
} from '../../../runner/live/result.js';
import { PRUNING_RULES } from '../../../runner/strategies/marco/rules.js';
import { indent } from '../heading.js';
import type { ReportOptions } from '../options.js';

export function reportSystem(result: SystemResult, options: ReportOptions): string {
  const { style, width } = options;
  const { verdict } = result;
  const paragraphs = [
    [
      `${markOf(verdict, style)(style.strong(verdict.kind.toUpperCase()))}  ${style.strong(visible(result.name))}`,
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

/** One line: verdict, system, and the first fault set that is not survived. */
export function reportSystemLine(
  { name, verdict, interrupted }: SystemResult,
  { style }: ReportOptions,
): string {
  const words = [
    markOf(verdict, style)(padEnd(verdict.kind, 'inconclusive'.length)),
    visible(name),
    ...(verdict.kind === 'violated' ? [style.faint(faultsText(verdict.counterexamples[0].faults))] : []),
    ...(interrupted ? [style.caution('(interrupted)')] : []),
  ];
  return `${words.join('  ')}\n`;
}

/** On one line. */
export function faultsText(faults: readonly NamedFault[]): string {
  return (
    faults.map(({ point, kind }) => `${visible(point)} = ${visible(kind)}`).join('; ') || 'no fault is needed'
  );
}

function markOf({ kind }: SystemVerdict, style: ReportOptions['style']): (text: string) => string {
  return kind === 'violated' ? style.bad : kind === 'survived' ? style.good : style.caution;
}

function verdictParagraphs(verdict: SystemVerdict, options: ReportOptions): readonly (readonly string[])[] {
  const prose = (text: string): readonly string[] => wrapProse(text, options.width - 2).map(indent);
  switch (verdict.kind) {
    case 'violated':
      return verdict.counterexamples.map((counterexample, place) =>
        counterexampleLines(counterexample, place + 1, options),
      );
    case 'planned':
      return [planLines(verdict.calls, prose), prose(planText(verdict.faultSets))];
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
        ...verdict.seenOnce.map((seen, place) =>
          counterexampleLines(seen, place + 1, options, 'run once more, it was survived'),
        ),
      ];
    case 'inconclusive':
      return [
        prose(visible(verdict.reason)),
        ...verdict.seenOnce.map((seen, place) =>
          counterexampleLines(seen, place + 1, options, 'it was not run once more'),
        ),
      ];
  }
}

function planLines(
  calls: readonly PlannedCall[],
  prose: (text: string) => readonly string[],
): readonly string[] {
  return [
    ...prose('nothing was failed; each of these calls would be'),
    ...calls.map(({ point, kinds }) => `    ${visible(point)} = ${kinds.map(visible).join(', ')}`),
  ];
}

function planText(faultSets: bigint): string {
  return (
    `of these calls there ${faultSets === 1n ? 'is' : 'are'} ${plural(faultSets, 'fault set')} within the bounds; ` +
    'calls that are made only where others fail come on top'
  );
}

function counterexampleLines(
  { faults, reason, isRepeatable, calls }: SystemCounterexample,
  number: number,
  { style, width }: ReportOptions,
  doubt = '',
): readonly string[] {
  const fired = `fired ${faults.length} of ${faults.length}`;
  return [
    `  ${style.strong(`Counterexample ${number}`)}: ${plural(faults.length, 'fault')}, ${fired}; none can be left out`,
    ...faults.flatMap((fault) =>
      wrapProse(faultText(fault), width - 4).map((line) => `    ${style.bad(line)}`),
    ),
    ...wrapProse(`because ${visible(reason)}`, width - 4).map((line) => `    ${line}`),
    ...(isRepeatable || doubt === '' ? [] : [`    ${style.caution(doubt)}`]),
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

function evidenceLines(result: SystemResult, options: ReportOptions): readonly string[] {
  const { style, width, verbose } = options;
  const prose = (text: string): readonly string[] =>
    wrapProse(text, width - 2).map((line) => indent(style.faint(line)));
  return [
    runsText(result),
    ...(result.partial.length === 0
      ? []
      : [
          `in ${plural(result.partial.length, 'run')} not all faults fired that were planned; these count as what fired`,
        ]),
    ...(verbose ? result.partial.map(partialText) : []),
    ...(verbose ? faultSetsText(result) : []),
    ...(result.verdict.kind === 'planned' ? [] : result.rules.map((used) => ruleText(used, result, verbose))),
    ...testedText(result),
  ].flatMap(prose);
}

function runsText({ runs, resumed, elapsed, calls, kinds, covered, faults }: SystemResult): string {
  const within =
    covered >= faults
      ? 'all fault sets within the bounds'
      : covered < 0
        ? 'nothing'
        : covered === 0
          ? 'the request without faults'
          : `fault sets of at most ${plural(covered, 'fault')}`;
  const before = resumed === 0 ? '' : `, ${formatCount(resumed)} of them made before`;
  return `${plural(runs, 'run')} in ${formatDuration(elapsed)}${before}, of ${plural(calls, 'call')} with ${plural(kinds, 'fault')}; decided: ${within}`;
}

function partialText({ planned, fired }: PartialRun): string {
  return `fired ${fired} of ${planned.length}: ${faultsText(planned)}`;
}

function faultSetsText({ faultSets, faults }: SystemResult): readonly string[] {
  if (faultSets === undefined) return [];
  const { run, bad, rules, undecided } = faultSets;
  const all = [run, bad, undecided, ...Object.values(rules)].reduce((sum, count) => sum + count, 0);
  return [
    `of ${plural(all, 'fault set')} of at most ${plural(faults, 'fault')} ${formatCount(run)} ${run === 1 ? 'was' : 'were'} run; ` +
      `${formatCount(bad)} ${bad === 1 ? 'has' : 'have'} one within that was not survived; not decided: ${formatCount(undecided)}`,
  ];
}

function ruleText({ rule, isRefuted }: UsedRule, { faultSets }: SystemResult, verbose: boolean): string {
  const count = faultSets?.rules[rule];
  const saved = verbose && count !== undefined ? `; left out by it: ${plural(count, 'fault set')}` : '';
  return isRefuted
    ? `not used to the end, as something seen is against it: ${rule}, by which ${PRUNING_RULES[rule].assumes}`
    : `taken for granted: ${PRUNING_RULES[rule].assumes} (${rule})${saved}`;
}

function testedText({ tested, isRefuted }: SystemResult): readonly string[] {
  if (tested === 0) return [];
  return [
    isRefuted
      ? `of ${formatCount(tested)} fault sets that counted as decided, run all the same, not all were survived: what is taken for granted does not hold`
      : `${plural(tested, 'fault set')} that counted as decided, run all the same, bore that out`,
  ];
}
