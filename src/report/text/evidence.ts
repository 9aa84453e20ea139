/**
 * How much a verdict covers, how it was reached, and what that took: a line under the report, or all of it as a small table
 * where it is asked for, or where the search did not go as it should.
 */
import type { CheckResult, Coverage, Evidence } from '../../runner/result.js';
import { formatBounds } from '../../injector/bounds.js';
import { indent } from './heading.js';
import {
  formatCount,
  formatDuration,
  formatScientific,
  formatShare,
  formatTimeSpent,
  plural,
} from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { wrapProse } from '../../model/text/text.js';

/** From here on a count is also given in scientific form, for those who do not count commas. */
const HUGE = 1_000_000n;
const LABEL = 12;
/** Of a time, with the blank before it. */
const TIME_WIDTH = 9;

export function evidenceLines(result: CheckResult, options: ReportOptions): readonly string[] {
  const { verdict, evidence } = result;
  const isPlain = verdict.kind === 'violated' || verdict.kind === 'certified';
  if (options.verbose || !isPlain || evidence.fallbacks.length > 0) return evidenceTable(result, options);
  // Room is kept for any time, so that lines break where they do whatever it took.
  const lines = wrapProse(summary(result), options.width - 2 - TIME_WIDTH);
  const took = ` ${formatDuration(result.elapsed)}`;
  return lines.map((line, index) =>
    indent(options.style.faint(index < lines.length - 1 ? line : line + took)),
  );
}

/** `0.3% of 3.57e19 fault sets violate; compiled, confirmed by cadical;`, before the time that it took. */
function summary({ verdict, evidence }: CheckResult): string {
  const { faultSets } = evidence;
  const all = `${faultSets < HUGE ? formatCount(faultSets) : formatScientific(faultSets)} fault sets`;
  const extent =
    verdict.kind === 'certified'
      ? `${all} covered`
      : verdict.kind === 'violated' && verdict.violating !== undefined
        ? `${formatShare(verdict.violating, faultSets)} of ${all} violate`
        : `${all} admissible`;
  return `${extent}; ${briefly(evidence)};`;
}

function briefly({ strategy, solver, representation, confirmed, statistics }: Evidence): string {
  switch (representation) {
    case 'diagram':
      if (!confirmed) return `${strategy}, not confirmed`;
      return `${strategy}, confirmed by ${statistics.solverCalls > 0 ? solver : 'circuit'}`;
    case 'circuit':
      return `${strategy} with ${solver}`;
    case 'states':
      return `${strategy} by states`;
    case 'replays':
      return `${strategy}, ${plural(statistics.executionsToViolation, 'execution')} to the violation`;
    case 'saved':
      return 'found again from what was saved, nothing searched';
    case 'none':
      return `${strategy}, which did not come to its end`;
  }
}

function evidenceTable(result: CheckResult, options: ReportOptions): readonly string[] {
  const { evidence } = result;
  const entries: (readonly [label: string, text: string])[] = [
    ['fault sets', extent(result)],
    ...coverage(result),
    [way(result), method(result)],
    ...evidence.fallbacks.map((sentence) => ['given up', sentence] as const),
    ['cost', `${executions(evidence)}, ${handlerRuns(evidence)}${formatTimeSpent(result)}`],
    ...(options.verbose ? work(evidence) : []),
  ];
  return entries.flatMap(([label, text]) =>
    wrapProse(text, options.width - 2 - LABEL).map((line, index) =>
      indent(options.style.faint((index === 0 ? label : '').padEnd(LABEL)) + line),
    ),
  );
}

function executions({ executions: all, statistics, representation }: Evidence): string {
  const { executionsToViolation: first } = statistics;
  // Elsewhere runs show what was found without them.
  if (representation !== 'replays' || first === 0 || first === all) return plural(all, 'execution');
  return `${plural(all, 'execution')}, the first violation in number ${first}`;
}

function handlerRuns({ statistics: { handlerRuns: runs } }: Evidence): string {
  return runs === 0 ? '' : `${plural(runs, 'handler run')}, `;
}

function extent({ verdict, evidence }: CheckResult): string {
  const { faultSets, estimate } = evidence;
  const [all, short] = [formatCount(faultSets), formatScientific(faultSets)];
  const counted = faultSets < HUGE || all === short ? all : `${all} (${short})`;
  const published = `${formatScientific(estimate)} by the published estimate`;
  switch (verdict.kind) {
    case 'certified':
      return `${counted}, all covered; ${published}`;
    case 'violated':
      if (verdict.violating === undefined)
        return `${counted} admissible; the violating ones were not counted`;
      return (
        `${formatCount(verdict.violating)} of ${counted} ${verdict.violating === 1n ? 'violates' : 'violate'} ` +
        `the specification: ${formatShare(verdict.violating, faultSets)}`
      );
    case 'vacuous':
    case 'inconclusive':
      return `${counted} admissible; ${published}`;
  }
}

function coverage({ verdict }: CheckResult): readonly (readonly [string, string])[] {
  if (verdict.kind !== 'inconclusive') return [];
  return [['covered', verdict.covered === undefined ? 'none' : describeCoverage(verdict.covered)]];
}

/** `all fault sets of size <= 2: 1,431 of 1,431` */
export function describeCoverage({ size, examined, total }: Coverage): string {
  const share = examined === total ? 'all' : formatShare(examined, total);
  const of = examined === total ? '' : 'of the ';
  return `${share} ${of}fault sets of at most ${plural(size, 'fault')}: ${formatCount(examined)} of ${formatCount(total)}`;
}

function way({ verdict, evidence }: CheckResult): string {
  if (evidence.representation === 'saved') return 'found';
  if (evidence.representation !== 'none') return 'decided';
  return verdict.kind === 'violated' ? 'found' : 'tried';
}

function method({ verdict, evidence }: CheckResult): string {
  const { solver, representation, confirmed, statistics, within } = evidence;
  const strategy =
    within === undefined ? evidence.strategy : `${evidence.strategy} within ${formatBounds(within)}`;
  switch (representation) {
    case 'diagram':
      if (!confirmed)
        return `by ${strategy}, as a diagram; not confirmed: ${solver} reached no verdict by itself within its budget`;
      return statistics.solverCalls > 0
        ? `by ${strategy}, as a diagram, and confirmed by ${solver}`
        : `by ${strategy}, as a diagram, and confirmed by the circuit alone`;
    case 'circuit':
      return `by ${strategy}, as a circuit put to ${solver}`;
    case 'states':
      return `by ${strategy}, as all states that the nodes may be in together`;
    case 'replays':
      return `by ${strategy}, by replays alone`;
    case 'saved':
      return 'by replaying what was saved; --save and --all search all the same';
    case 'none':
      return verdict.kind === 'violated' ? `by ${strategy}, which did not come to its end` : `by ${strategy}`;
  }
}

function work({ statistics }: Evidence): readonly (readonly [string, string])[] {
  const {
    firings,
    facts,
    handlerRuns: runs,
    localStates,
    gates,
    diagramNodes,
    clauses,
    solverCalls,
  } = statistics;
  const counts = [
    [facts, 'fact'],
    [firings, 'firing'],
    [runs, 'handler run'],
    [localStates, 'local state'],
    [gates, 'gate'],
    [diagramNodes, 'diagram node'],
    [clauses, 'clause'],
    [solverCalls, 'solver call'],
  ] as const;
  const done = counts.filter(([count]) => count > 0).map(([count, name]) => plural(count, name));
  return done.length === 0 ? [] : [['work', done.join(', ')]];
}
