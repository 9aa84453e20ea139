/** Certificates for tests: of scenarios small enough to read. */
import { readDedalusText } from '../../../src/model/rules/dedalus/read.js';
import type { CheckedProgram } from '../../../src/model/rules/program.js';
import { check } from '../../../src/runner/check.js';
import type { CheckOptions } from '../../../src/runner/options/check.js';
import {
  certify,
  type Certificate,
  type Certification,
  type CertifiedScenario,
} from '../../../src/runner/certificate/certificate.js';
import type { CertificateDocument } from '../../../src/runner/certificate/document.js';
import { sha256 } from '../../../src/runner/documents/digest.js';
import {
  CNF_FILE,
  DOCUMENT_FILE,
  PROOF_FILE,
  type CertificateFiles,
} from '../../../src/runner/certificate/files.js';
import { printDocument } from '../../../src/runner/certificate/text.js';
import { readTexts, type ReadCertificate } from '../../../src/runner/certificate/read.js';
import { verifyCertificate, type Verification } from '../../../src/runner/certificate/verify.js';
import { SolverPool } from '../../../src/solver/pool.js';

export const pool = new SolverPool();
export const nodes = ['a', 'b', 'c'];
export const bounds = { eot: 5, eff: 3, crashes: 1 };

const ALWAYS = 'known(N, M) :- friend(N, M);\n';

/** `a` greets the others at every time, and they each other, so that whoever stays up is greeted. */
export const GREETINGS = `
friend("a", "b")@1; friend("a", "c")@1;
friend("b", "a")@1; friend("b", "c")@1;
friend("c", "a")@1; friend("c", "b")@1;
friend(N, M)@next :- friend(N, M);
greeted("a", "a")@1;
greeted(N, M)@next :- greeted(N, M);
${ALWAYS}greeted(M, N)@async :- greeted(N, _), known(N, M);
pre(N, M) :- greeted(N, _), friend(N, M), notin greeted("a", N)@1, notin crash(N, N, _);
post(N, M) :- pre(N, M), greeted(M, _);
post(N, M) :- pre(N, M), crash(N, M, _);
`;

/** `a` greets the others once only, and they each other not at all. */
export const CURT = GREETINGS.replace(ALWAYS, 'known("a", "b")@1; known("a", "c")@1;\n');

export function rules(text: string): CheckedProgram {
  const { checked, diagnostics } = readDedalusText(text);
  if (checked === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return checked;
}

export const greetings: CertifiedScenario = {
  file: 'examples/greetings.ded',
  name: null,
  protocol: rules(GREETINGS),
  text: undefined,
};

export async function certificationOf(
  scenario: CertifiedScenario,
  options: Partial<CheckOptions> & { readonly proof?: boolean } = {},
): Promise<Certification> {
  const { proof = false, ...rest } = options;
  const result = await check(scenario.protocol, { name: scenario.file, nodes, bounds, pool, ...rest });
  return certify(scenario, result, { proof, version: '1.2.3', pool });
}

export async function certificateOf(...parameters: Parameters<typeof certificationOf>): Promise<Certificate> {
  const certification = await certificationOf(...parameters);
  if (certification.kind === 'certificate') return certification.certificate;
  throw new Error(certification.reason);
}

/** @throws Error with the codes of what makes it unreadable */
export function read(files: CertificateFiles): ReadCertificate {
  const reading = readTexts(files);
  if (reading.kind === 'certificate') return reading.certificate;
  throw new Error(reading.diagnostics.map(({ code }) => code).join());
}

export async function verify(
  files: CertificateFiles,
  scenario: Pick<CertifiedScenario, 'protocol' | 'text'> = greetings,
): Promise<Verification> {
  return verifyCertificate(read(files), scenario, { pool });
}

/** What is wrong with a certificate: codes, or that it is refuted, or nothing. */
export async function complaints(
  files: CertificateFiles,
  scenario: Pick<CertifiedScenario, 'protocol' | 'text'> = greetings,
): Promise<readonly string[]> {
  const reading = readTexts(files);
  if (reading.kind === 'unreadable') return reading.diagnostics.map(({ code }) => code);
  const verification = await verifyCertificate(reading.certificate, scenario, { pool });
  switch (verification.kind) {
    case 'valid':
      return [];
    case 'invalid':
      return verification.problems.map(({ code }) => code);
    case 'refuted':
      return [...verification.problems.map(({ code }) => code), 'refuted'];
  }
}

/** A certificate that says something else, with every digest made to fit: what a forger would write. */
export function forged(
  files: CertificateFiles,
  change: Partial<CertificateDocument>,
  texts: { readonly cnf?: string; readonly proof?: string } = {},
): CertificateFiles {
  const { document, cnf, proof } = read(files);
  const newCnf = texts.cnf ?? cnf ?? '';
  const newProof = texts.proof ?? proof;
  const fitting = {
    ...document,
    ...change,
    cnf: { ...document.cnf, ...change.cnf, sha256: sha256(newCnf) },
    proof:
      newProof === undefined ? null : { steps: newProof.split('\n').length - 1, sha256: sha256(newProof) },
  };
  return new Map([
    [DOCUMENT_FILE, printDocument(fitting)],
    [CNF_FILE, newCnf],
    ...(newProof === undefined ? [] : [[PROOF_FILE, newProof] as const]),
  ]);
}
