/**
 * A report in the XML of JUnit, as CI servers read it: a suite for each file, a case for each check. What Jenkins'
 * schema (junit-10.xsd) and the readers of GitLab, Azure and CircleCI have in common.
 */
import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { groupBy } from '../../model/group.js';
import { visible } from '../../model/text/display.js';
import type { ReplayedRegression } from '../../runner/result.js';
import { regressionText } from '../text/regressions.js';
import type { Findings } from '../json/findings.js';
import { type ToldOutcome, type ReporterContext, type Telling, tellingsOf } from './telling.js';

export function asJunit(findings: Findings, context: ReporterContext): string {
  // Cases that only warn would be counted as tests that passed.
  const cases = tellingsOf(findings, context).filter(({ outcome }) => outcome !== 'warning');
  const suites = [...groupBy(cases, suiteOf)].map(([name, told]) =>
    x('testsuite', { name: visible(name), ...countsOf(told), time: seconds(told) }, told.map(caseOf)),
  );
  const all = { name: 'ldfi', ...countsOf(cases), time: seconds(cases) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toXml(x('testsuites', all, suites))}\n`;
}

function suiteOf({ place, name }: Telling): string {
  return place?.file ?? name;
}

function countsOf(cases: readonly Telling[]): Readonly<Record<string, number>> {
  const count = (wanted: ToldOutcome) => cases.filter(({ outcome }) => outcome === wanted).length;
  return {
    tests: cases.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('interrupted'),
  };
}

function seconds(cases: readonly Telling[]): string {
  return (cases.reduce((sum, { elapsed = 0 }) => sum + elapsed, 0) / 1000).toFixed(3);
}

/** What a case says beside its name, of each outcome. */
const ELEMENT: Readonly<Record<ToldOutcome, string | undefined>> = {
  passed: undefined,
  failed: 'failure',
  error: 'error',
  interrupted: 'skipped',
  warning: undefined,
};

function caseOf(telling: Telling) {
  const { name, within, outcome, rule, summary, report, place, check } = telling;
  const { regressions = [] } = check ?? {};
  const element = ELEMENT[outcome];
  const title = [name, within].filter((part) => part !== '').map(visible);
  return x(
    'testcase',
    {
      name: title.join(' '),
      classname: visible(suiteOf(telling)),
      ...(place !== undefined && { file: visible(place.file) }),
      ...(place?.line !== undefined && { line: place.line }),
      time: seconds([telling]),
    },
    ...(element === undefined ? [] : [x(element, { type: rule, message: visible(summary) }, shown(report))]),
    ...(regressions.length === 0 ? [] : [x('system-out', shown(regressions.map(savedText).join('\n')))]),
  );
}

function savedText(regression: ReplayedRegression): string {
  return `${regression.file}: ${regressionText(regression)}`;
}

/** XML has no way to write most of what does not show, and the library leaves the end of a CDATA section as it is. */
function shown(text: string): string {
  return text.split('\n').map(visible).join('\n').replaceAll(']]>', ']] >');
}
