/**
 * Certificates from the texts of their files: what they say, and whether they are whole and unaltered. What is
 * read here may come from anywhere; whether it is true is for `verify.ts` to find out.
 */
import { assertBounds } from '../../injector/bounds.js';
import { countFaultEvents } from '../../injector/counts.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { SAT_BACKENDS } from '../../solver/backends.js';
import { LONGEST_EOT } from '../../injector/bounds.js';
import { CNF_FILE, DOCUMENT_FILE, PROOF_FILE, type CertificateFile, type CertificateFiles } from './files.js';
import { CERTIFICATE_FORMAT, CERTIFICATE_VERSION, printDocument, sha256 } from './document.js';
import type { CertificateDocument, CertifiedName, FaultVariable } from './document.js';
import {
  flagShape,
  integerShape,
  list,
  matching,
  Misshapen,
  oneOfShape,
  orNull,
  record,
  textShape,
} from './shape.js';
import type { Shape } from './shape.js';

/** A certificate that can be verified. */
export interface ReadCertificate {
  readonly document: CertificateDocument;
  /** Undefined where the file is missing. */
  readonly cnf: string | undefined;
  readonly proof: string | undefined;
  /** Signs that a file was altered or lost. */
  readonly problems: readonly Diagnostic[];
}

/** A certificate as far as its files can be read. */
export type CertificateReading =
  | { readonly kind: 'certificate'; readonly certificate: ReadCertificate }
  /** Nothing can be made of it. */
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] };

/** Reads a certificate; its files may hold anything. */
export function readCertificate(files: CertificateFiles): CertificateReading {
  const written = files.get(DOCUMENT_FILE);
  if (written === undefined) return unreadable(diagnostic('RUN403', `there is no ${DOCUMENT_FILE}`));
  try {
    const document = readDocument(written);
    const certificate = { document, cnf: files.get(CNF_FILE), proof: files.get(PROOF_FILE) };
    const problems = [
      ...(printDocument(document) === written ? [] : [altered(DOCUMENT_FILE)]),
      ...digestProblems(CNF_FILE, certificate.cnf, document.cnf),
      ...digestProblems(PROOF_FILE, certificate.proof, document.proof),
    ];
    return { kind: 'certificate', certificate: { ...certificate, problems } };
  } catch (error) {
    return unreadable(explain(error));
  }
}

function unreadable(...diagnostics: readonly Diagnostic[]): CertificateReading {
  return { kind: 'unreadable', diagnostics };
}

/** @throws what made the document unreadable, where it is no reason */
function explain(error: unknown): Diagnostic {
  if (error instanceof UnknownVersion)
    return diagnostic('RUN404', `${DOCUMENT_FILE} is of version ${error.version}`, {
      expected: `version ${CERTIFICATE_VERSION}`,
      hint: 'check the scenario again with this version of ldfi to have a certificate that it can verify',
    });
  if (error instanceof SyntaxError || error instanceof Misshapen || error instanceof RangeError)
    return diagnostic('RUN403', `${DOCUMENT_FILE} is no certificate: ${error.message}`);
  throw error;
}

class UnknownVersion extends Error {
  constructor(readonly version: number) {
    super(`version ${version}`);
  }
}

/** @throws SyntaxError, Misshapen, UnknownVersion, RangeError */
function readDocument(written: string): CertificateDocument {
  const json = JSON.parse(written) as unknown;
  refuseOtherVersions(json);
  const document = shape(json, '');
  const { nodes, bounds, variables } = document;
  if (new Set(nodes).size < nodes.length) throw new Misshapen('nodes', 'without repetition');
  assertBounds(nodes.length, bounds);
  // Looked at before anything is built that is as large as the bounds are.
  if (variables.length !== countFaultEvents(nodes.length, bounds))
    throw new Misshapen('variables', 'as long as the bounds ask for');
  return document;
}

function refuseOtherVersions(json: unknown): void {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'version')) return;
  const { version } = json as { readonly version: unknown };
  if (typeof version === 'number' && version !== CERTIFICATE_VERSION) throw new UnknownVersion(version);
}

function digestProblems(
  file: CertificateFile,
  content: string | undefined,
  digest: { readonly sha256: string } | null,
): readonly Diagnostic[] {
  if (content === undefined && digest === null) return [];
  if (content === undefined)
    return [diagnostic('RUN403', `there is no ${file}, of which ${DOCUMENT_FILE} speaks`)];
  return digest?.sha256 === sha256(content) ? [] : [altered(file)];
}

function altered(file: CertificateFile): Diagnostic {
  return diagnostic('RUN405', `${file} is not as it was written`, {
    hint: 'take the original, or check the scenario again for a new certificate',
  });
}

const digest = matching(/^[0-9a-f]{64}$/, 'a SHA-256 digest');
const count = integerShape(0);
const time = integerShape(1, LONGEST_EOT);

const lost = record<Extract<FaultVariable, { kind: 'lost' }>>({
  variable: integerShape(1),
  kind: oneOfShape('lost'),
  from: textShape,
  to: textShape,
  time,
});
const down = record<Extract<FaultVariable, { kind: 'down' }>>({
  variable: integerShape(1),
  kind: oneOfShape('down'),
  node: textShape,
  time,
});

const faultVariable: Shape<FaultVariable> = (value, path) => {
  const isDown =
    typeof value === 'object' && value !== null && (value as { readonly kind?: unknown }).kind === 'down';
  return isDown ? down(value, path) : lost(value, path);
};

const ofOneFile = record<Omit<CertifiedName, 'with'>>({ file: textShape, name: orNull(textShape) });
const ofSeveral = record<Required<CertifiedName>>({
  file: textShape,
  name: orNull(textShape),
  with: list(textShape),
});

const scenarioShape: Shape<CertifiedName> = (value, path) => {
  const isOfSeveral = typeof value === 'object' && value !== null && Object.hasOwn(value, 'with');
  return isOfSeveral ? ofSeveral(value, path) : ofOneFile(value, path);
};

const shape = record<CertificateDocument & { readonly sha256: string }>({
  format: oneOfShape(CERTIFICATE_FORMAT),
  version: oneOfShape(CERTIFICATE_VERSION),
  ldfi: textShape,
  scenario: scenarioShape,
  protocol: record({ kind: oneOfShape('rules', 'handlers'), sha256: digest }),
  nodes: list(textShape),
  bounds: record({ eot: time, eff: count, crashes: count }),
  faultSets: matching(/^[1-9]\d*$/, 'a number in decimal digits'),
  properties: list(record({ name: textShape, schedule: textShape })),
  established: record({
    strategy: oneOfShape('compiled'),
    representation: oneOfShape('diagram', 'circuit'),
    solver: oneOfShape(...SAT_BACKENDS),
    confirmed: flagShape,
  }),
  cnf: record({ variables: count, clauses: count, sha256: digest }),
  variables: list(faultVariable),
  proof: orNull(record({ steps: count, sha256: digest })),
  sha256: digest,
});
