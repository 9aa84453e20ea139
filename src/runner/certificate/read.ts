/**
 * Certificates from the texts of their files: what they say, and whether they are whole and unaltered. What is
 * read here may come from anywhere; whether it is true is for `verify.ts` to find out.
 */
import { assertBounds } from '../../injector/bounds.js';
import { countFaultEvents } from '../../injector/counts.js';
import { diagnostic, type Diagnostic } from '../../model/diagnostics/diagnostics.js';
import { CNF_FILE, DOCUMENT_FILE, PROOF_FILE, type CertificateFile, type CertificateFiles } from './files.js';
import { sha256 } from '../documents/digest.js';
import { CERTIFICATE_VERSION, type CertificateDocument } from './document.js';
import { parseDocument, printDocument, UnknownVersion } from './text.js';

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

/** What {@link readCertificate} reads. */
export function readTexts(files: CertificateFiles): CertificateReading {
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
  if (error instanceof SyntaxError || error instanceof RangeError)
    return diagnostic('RUN403', `${DOCUMENT_FILE} is no certificate: ${error.message}`);
  throw error;
}

/** @throws SyntaxError, UnknownVersion, RangeError */
function readDocument(written: string): CertificateDocument {
  const document = parseDocument(written);
  const { nodes, bounds, variables } = document;
  if (new Set(nodes).size < nodes.length) throw new RangeError('nodes names one twice');
  assertBounds(nodes, bounds);
  // Looked at before anything is built that is as large as the bounds are.
  const events = countFaultEvents(nodes.length, bounds);
  if (variables.length !== events)
    throw new RangeError(`variables has ${variables.length}, and not the ${events} that the bounds ask for`);
  return document;
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
