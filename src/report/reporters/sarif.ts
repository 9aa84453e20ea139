/**
 * A report in SARIF 2.1.0 (OASIS, 2020), as code scanning reads it: a result for each check that is not as it should
 * be, and for each diagnostic. The fingerprint of a violation is what is cut, so that it is known again after the
 * lines around it have moved.
 */
import { createHash } from 'node:crypto';
import type { Location, Log, ReportingDescriptor, Result } from 'sarif';
import { codes, type DiagnosticCode } from '../../model/diagnostics/codes.js';
import type { Suspect } from '../../lineage/suspects.js';
import { positionOf } from '../../model/diagnostics/source.js';
import { visible } from '../../model/text/display.js';
import { suspectTexts } from '../explanations/suspects.js';
import type { Findings } from '../json/findings.js';
import {
  type ToldOutcome,
  type ToldPlace,
  type ReporterContext,
  type Telling,
  tellingsOf,
} from './telling.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://www.npmjs.com/package/ldfi';
/** What paths that are not absolute begin at; whoever reads the report knows where that is. */
const ROOT = 'SRCROOT';

/** What the rules of verdicts mean. */
const VERDICT_RULES: Readonly<Record<string, string>> = {
  violated: 'Some admissible set of faults violates the specification.',
  certified: 'The scenario was expected to be violated, and no admissible set of faults does so.',
  vacuous: 'No run violates the specification, but a property of it is never asked.',
  inconclusive: 'A budget ended before there was a verdict.',
  unstable: 'The same faults do not lead to the same run each time.',
  survived: 'The system was expected not to survive.',
  planned: 'Nothing was failed, since that is all that was asked for.',
};

export function asSarif(findings: Findings, context: ReporterContext): string {
  const told = tellingsOf(findings, context).filter(({ outcome }) => outcome !== 'passed');
  const rules = [...new Set(told.map(({ rule }) => rule))].sort();
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ldfi',
            version: context.version,
            informationUri: HOME,
            rules: rules.map(describeRule),
          },
        },
        invocations: [{ executionSuccessful: told.every(({ outcome }) => outcome !== 'error') }],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [ROOT]: { description: { text: 'the folder in which ldfi was run' } },
        },
        results: told.map((telling) => resultOf(telling, rules.indexOf(telling.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describeRule(rule: string): ReportingDescriptor {
  if (!isCode(rule)) {
    const text = VERDICT_RULES[rule];
    const help = { text: 'The report of each result says which faults, why, and how to see the run again.' };
    return { id: rule, shortDescription: { text }, fullDescription: { text }, help };
  }
  const { title, explanation, fix } = codes[rule];
  return {
    id: rule,
    name: pascal(title),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: explanation },
    help: { text: fix },
  };
}

function isCode(rule: string): rule is DiagnosticCode {
  return Object.hasOwn(codes, rule);
}

function pascal(words: string): string {
  const letters = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  return letters.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}

const LEVEL = {
  failed: 'error',
  error: 'error',
  interrupted: 'note',
  warning: 'warning',
} as const satisfies Record<Exclude<ToldOutcome, 'passed'>, Result.level>;

function resultOf(telling: Telling, ruleIndex: number): Result {
  const { name, rule, outcome, summary, report, place, identity, check } = telling;
  const suspects = check?.verdict.kind === 'violated' ? check.verdict.counterexamples[0].suspects : [];
  const related = suspects.flatMap(relatedLocation);
  const subject = rule === name ? '' : `${visible(name)}: `;
  return {
    ruleId: rule,
    ruleIndex,
    level: outcome === 'passed' ? 'none' : LEVEL[outcome],
    message: { text: `${subject}${visible(summary)}.\n\n${report.trimEnd()}` },
    locations: place === undefined ? [] : [locationOf(place, telling)],
    ...(related.length > 0 && { relatedLocations: [...related] }),
    partialFingerprints: { 'cut/v1': fingerprint(identity) },
  };
}

function locationOf({ file, line = 1, column }: ToldPlace, { name, check }: Telling): Location {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file),
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
    ...(check !== undefined && { logicalLocations: [{ name: visible(name), kind: 'scenario' }] }),
  };
}

/** Where to look first, as far as it is known where that is. */
function relatedLocation(suspect: Suspect, index: number): readonly Location[] {
  const { place } = suspect;
  if (place === undefined) return [];
  const { line, column } = positionOf(place.source, place.start);
  const [text] = suspectTexts([suspect]);
  return [
    {
      id: index + 1,
      message: { text: `Look here ${index === 0 ? 'first' : 'next'}: ${visible(text)}` },
      physicalLocation: {
        artifactLocation: artifactOf(place.source.name),
        region: { startLine: line, startColumn: column },
      },
    },
  ];
}

function artifactOf(file: string) {
  const uri = visible(file).split(/[\\/]/).map(encodeURIComponent).join('/');
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(file) ? { uri: `file://${uri}` } : { uri, uriBaseId: ROOT };
}

function fingerprint(identity: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
