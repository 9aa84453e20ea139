/** What the verification of a certificate found, as text. */
import { formatBounds } from '../../injector/bounds.js';
import { visible } from '../../model/display.js';
import { describeNodes } from '../report/heading.js';
import { formatCount, plural } from '../report/numbers.js';
import type { Style } from '../report/style.js';
import type { CertificateDocument } from './document.js';
import type { ValidCertificate } from './verify.js';

const LABEL = 12;

/** A paragraph that ends in a line break. */
export function reportValid(document: CertificateDocument, valid: ValidCertificate, style: Style): string {
  const { cnf, faultSets } = document;
  const { solver, runs, asking, proofSteps } = valid;
  const entries: readonly (readonly [label: string, text: string])[] = [
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
  return `${[title(document, style.good('VALID'), style), subject(document), ...lines].join('\n')}\n`;
}

/** What is said before the run that refutes a certificate. */
export function reportRefuted(document: CertificateDocument, style: Style): string {
  const lines = [
    title(document, style.bad('REFUTED'), style),
    subject(document),
    '  the run below violates the specification',
  ];
  return `${lines.join('\n')}\n`;
}

function title({ scenario }: CertificateDocument, verdict: string, style: Style): string {
  return `${verdict}  ${style.strong(visible(nameOf(scenario)))}`;
}

function subject({ nodes, bounds }: CertificateDocument): string {
  return `  certificate within ${formatBounds(bounds)} ${describeNodes(nodes)}`;
}

/** What people are told that a certificate is of. */
export function nameOf({ file, name }: CertificateDocument['scenario']): string {
  return name === null ? file : `${name} (${file})`;
}

function proof(steps: number): string {
  return steps === 0 ? 'needs no steps' : `${plural(steps, 'step')}, each of which follows`;
}
