/** What the verification of a certificate found, as text. */
import { formatBounds } from '../../injector/bounds.js';
import { visible } from '../../model/text/display.js';
import { describeNodes } from './heading.js';
import { formatCount, plural } from '../../model/text/numbers.js';
import type { ReportOptions } from './options.js';
import { reportRun } from './run.js';
import type { Style } from './style.js';
import type { CertifiedName, CertifiedProperty } from '../../runner/certificate/document.js';
import type { VerificationResult } from '../../runner/certificate/result.js';
import type { ValidCertificate } from '../../runner/certificate/verify.js';

const LABEL = 12;

/** Paragraphs that end in a line break; none of a certificate that is not valid, of which diagnostics tell. */
export function reportVerification(result: VerificationResult, options: ReportOptions): readonly string[] {
  const { outcome } = result;
  switch (outcome.kind) {
    case 'valid':
      return [reportValid(result, outcome, options.style)];
    case 'refuted':
      return [reportRefuted(result, options.style), reportRun(outcome.run, options)];
    case 'invalid':
      return [];
  }
}

function reportValid(result: VerificationResult, valid: ValidCertificate, style: Style): string {
  const { cnf, faultSets, properties } = result;
  const { solver, runs, asking, proofSteps } = valid;
  const entries: readonly (readonly [label: string, text: string])[] = [
    ['asked', properties.map(asked).join('; ')],
    [
      'formula',
      `${plural(cnf.variables, 'variable')}, ${plural(cnf.clauses, 'clause')}: derived anew, the same`,
    ],
    ['solved', `no model, by ${solver}`],
    ...(proofSteps === undefined ? [] : [['proof', proof(proofSteps)] as const]),
    [
      'runs',
      `${formatCount(runs)} of ${plural(BigInt(faultSets), 'fault set')}, no violation; pre held in ${formatCount(asking)}`,
    ],
  ];
  const lines = entries.map(([label, text]) => `  ${style.faint(label.padEnd(LABEL))}${text}`);
  return `${[title(result, style.good('VALID'), style), subject(result), ...lines].join('\n')}\n`;
}

/** What is said before the run that refutes a certificate. */
function reportRefuted(result: VerificationResult, style: Style): string {
  const lines = [
    title(result, style.bad('REFUTED'), style),
    subject(result),
    '  the run below violates the specification',
  ];
  return `${lines.join('\n')}\n`;
}

function title({ scenario }: VerificationResult, verdict: string, style: Style): string {
  return `${verdict}  ${style.strong(visible(nameOf(scenario)))}`;
}

function subject({ nodes, bounds }: VerificationResult): string {
  return `  certificate within ${formatBounds(bounds)} ${describeNodes(nodes)}`;
}

/** What people are told that a certificate is of. */
export function nameOf({ file, name }: CertifiedName): string {
  return name === null ? file : `${name} (${file})`;
}

/** A property, and where it asks nothing of the run without faults, of which it does. */
function asked({ name, schedule }: CertifiedProperty): string {
  return visible(schedule === '' ? name : `${name} under ${schedule}`);
}

function proof(steps: number): string {
  return steps === 0 ? 'needs no steps' : `${plural(steps, 'step')}, each of which follows`;
}
