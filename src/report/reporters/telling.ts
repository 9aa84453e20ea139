/**
 * What was found as reporters for other programs tell it: checks, running systems and what was wrong, each with an
 * outcome, a sentence, and the report that a person would read.
 */
import { formatBounds } from '../../injector/bounds.js';
import { formatSchedule } from '../../injector/schedule.js';
import { violationsOf, type Run } from '../../injector/run.js';
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../model/diagnostics/format-diagnostic.js';
import { positionOf } from '../../model/diagnostics/source.js';
import { visible } from '../../model/text/display.js';
import { listed, plural } from '../../model/text/numbers.js';
import type { SystemResult } from '../../runner/live/result.js';
import type { CounterexampleStudy } from '../../runner/explain/study.js';
import type { CheckResult, Counterexample } from '../../runner/result.js';
import type { Findings } from '../json/findings.js';
import { fails } from '../text/expectation.js';
import type { ReportOptions } from '../text/options.js';
import { vacuityWords } from '../text/properties.js';
import { reportCheck } from '../text/report.js';
import { plainStyle } from '../text/style.js';
import { faultsText, reportSystem } from '../text/systems/report.js';

/** What reporters are told beside what was found. */
export interface ReporterContext {
  /** Whether a verdict that its scenario expects is no failure. */
  readonly asExpected: boolean;
  /** Of ldfi. */
  readonly version: string;
  /** What was found out about counterexamples, for reports that show it; absent where nobody asked. */
  readonly studies?: ReadonlyMap<Counterexample, CounterexampleStudy>;
}

/** `passed`: as it should be. `error`: there is no result. `warning`: about something that has a result of its own. */
export type ToldOutcome = 'passed' | 'failed' | 'interrupted' | 'error' | 'warning';

/** One thing that was found. */
export interface Telling {
  /** Of the scenario or system; of a diagnostic, its code. */
  readonly name: string;
  /** What tells several checks of one scenario apart, such as `6/4/1`; empty where nothing does. */
  readonly within: string;
  /** The verdict, or the code of a diagnostic. */
  readonly rule: string;
  readonly outcome: ToldOutcome;
  /** Undefined where it is in no file. */
  readonly place: ToldPlace | undefined;
  /** One sentence, on one line. */
  readonly summary: string;
  /** Lines as a person reads them, at most 80 columns wide. */
  readonly report: string;
  /** Wall-clock milliseconds; undefined of diagnostics. */
  readonly elapsed: number | undefined;
  /** What stays the same from run to run as long as the finding does: of a violation, what is cut. */
  readonly identity: readonly string[];
  /** Undefined of all but checks of scenarios. */
  readonly check: CheckResult | undefined;
}

/** A place as people count it. */
export interface ToldPlace {
  /** As the user named it. */
  readonly file: string;
  /** From 1; undefined where all of the file is meant. */
  readonly line: number | undefined;
  /** From 1, in UTF-16 code units. */
  readonly column: number | undefined;
}

const PLAIN: ReportOptions = { width: 80, style: plainStyle, verbose: false };

/** Checks, then systems, then diagnostics, warnings of checks behind these. */
export function tellingsOf(findings: Findings, { asExpected }: ReporterContext): readonly Telling[] {
  const { results, systems, diagnostics } = findings;
  const warnings = results.flatMap((result) => result.warnings);
  return [
    ...results.map((result) => tellCheck(result, asExpected)),
    ...systems.map(tellSystem),
    ...[...diagnostics, ...distinct(warnings)].map(tellDiagnostic),
  ];
}

/** Of several checks of one scenario, each has the warnings of the scenario. */
function distinct(warnings: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(warnings.map((each) => [formatDiagnostic(each), each])).values()];
}

function tellCheck(result: CheckResult, asExpected: boolean): Telling {
  const { name, location, bounds, verdict, elapsed, interrupted } = result;
  return {
    name,
    within: formatBounds(bounds),
    rule: verdict.kind,
    outcome: interrupted ? 'interrupted' : outcomeOf(result, asExpected),
    place: { file: location?.file ?? name, line: undefined, column: undefined },
    summary: summaryOf(result, asExpected),
    report: reportCheck(result, { ...PLAIN, asExpected }),
    elapsed,
    identity: [location?.file ?? name, location?.scenario ?? '', verdict.kind, ...cutOf(result)],
    check: result,
  };
}

function outcomeOf(result: CheckResult, asExpected: boolean): ToldOutcome {
  const isFailure = asExpected ? fails(result) : result.verdict.kind !== 'certified';
  return isFailure ? 'failed' : 'passed';
}

function summaryOf(result: CheckResult, asExpected: boolean): string {
  const { bounds, expected = 'certified', interrupted } = result;
  const ended = interrupted ? ' (interrupted: this is what was known so far)' : '';
  const surprise = asExpected && fails(result) ? `, though the scenario is to be ${expected}` : '';
  return `${result.verdict.kind} within ${formatBounds(bounds)}${particulars(result)}${surprise}${ended}`;
}

function particulars(result: CheckResult): string {
  const { verdict } = result;
  switch (verdict.kind) {
    case 'violated': {
      const [{ faults, run }] = verdict.counterexamples;
      const under = faults.length === 0 ? 'without any fault' : `under ${plural(faults.length, 'fault')}`;
      const those = faults.length === 0 ? '' : `: ${formatSchedule(faults)}`;
      return `${run.language === 'handlers' ? `: ${brokenIn(run)}` : ''} ${under}${those}`;
    }
    case 'vacuous':
      return `: ${vacuityWords(result, verdict)}`;
    case 'inconclusive':
      return `: ${verdict.reason}`;
    case 'certified':
      return '';
  }
}

/** `"no order is lost" does not hold` */
function brokenIn(run: Run): string {
  const properties = new Set(violationsOf(run).map(({ property }) => `"${visible(property)}"`));
  return `${listed([...properties])} ${properties.size === 1 ? 'does' : 'do'} not hold`;
}

function cutOf({ verdict }: CheckResult): readonly string[] {
  if (verdict.kind !== 'violated') return [];
  const [{ faults, run }] = verdict.counterexamples;
  return [formatSchedule(faults), ...new Set(violationsOf(run).map(({ property }) => property))];
}

const SYSTEM_PASSES: readonly SystemResult['verdict']['kind'][] = ['survived', 'planned'];

function tellSystem(result: SystemResult): Telling {
  const { name, verdict, interrupted, elapsed } = result;
  const cut = verdict.kind === 'violated' ? faultsText(verdict.counterexamples[0].faults) : '';
  const reason = verdict.kind === 'inconclusive' ? verdict.reason : cut;
  return {
    name,
    within: '',
    rule: verdict.kind,
    outcome: interrupted ? 'interrupted' : SYSTEM_PASSES.includes(verdict.kind) ? 'passed' : 'failed',
    place: undefined,
    summary: `${verdict.kind}${reason === '' ? '' : `: ${visible(reason)}`}`,
    report: reportSystem(result, PLAIN),
    elapsed,
    identity: [name, verdict.kind, cut],
    check: undefined,
  };
}

function tellDiagnostic(diagnostic: Diagnostic): Telling {
  const { code, severity, message, span } = diagnostic;
  const position = span === undefined ? undefined : positionOf(span.source, span.start);
  return {
    name: code,
    within: '',
    rule: code,
    outcome: severity,
    place: span === undefined ? undefined : { file: span.source.name, ...position! },
    summary: visible(message),
    report: `${formatDiagnostic(diagnostic)}\n`,
    elapsed: undefined,
    identity: [code, span?.source.name ?? '', message],
    check: undefined,
  };
}
