/** `ldfi verify-certificate`: whether certificates hold of the scenarios that they speak of. */
import { resolve } from 'node:path';
import {
  type CertificateDocument,
  type Diagnostic,
  hasErrors,
  type PreparedScenario,
  readCertificate,
  type ReadCertificate,
  replayProtocol,
  type Verification,
  type VerificationOutcome,
  verifyCertificate,
} from '../index.js';
import {
  certificateFolders,
  diagnostic,
  DOCUMENT_FILE,
  findScenarios,
  isModule,
  nameOf,
  readCertificateFiles,
  reasonOf,
  type ScenarioHost,
} from '../toolkit.js';
import type { VerifyInvocation } from './invocation.js';
import { confine, rootProblem } from './confine.js';
import { diagnoseFailure } from './failures.js';
import type { Session } from './session.js';

export async function verifyCertificates(invocation: VerifyInvocation, session: Session): Promise<void> {
  const { host } = session.io;
  session.timeout = invocation.options.timeout;
  session.enter({ kind: 'finding' });
  const missing = rootProblem(host, invocation.root);
  if (missing !== undefined) {
    session.diagnose([missing]);
    return;
  }
  const named = [...invocation.files, ...(invocation.with ?? [])];
  const confined = confine(host, { named, root: invocation.root });
  const folders = foldersIn(invocation.folder, session);
  const instead = folders.length === 1 && invocation.files.length === 1 ? invocation.files[0] : undefined;
  for await (const path of session.items(folders, (folder) => host.display(folder)))
    await verifyFolder(path, { ...invocation, instead, host: confined }, session);
}

function foldersIn(folder: string, session: Session): readonly string[] {
  try {
    const found = certificateFolders(resolve(session.io.folder, folder));
    if (found.length > 0) return found;
    session.diagnose([
      diagnostic('RUN403', `there is no certificate in "${folder}"`, {
        expected: `a folder with a file ${DOCUMENT_FILE}, or with folders that have one`,
      }),
    ]);
  } catch (error) {
    session.diagnose([diagnostic('RUN403', `"${folder}" cannot be read: ${reasonOf(error)}`)]);
  }
  return [];
}

interface Work extends VerifyInvocation {
  /** The only file that is given, which stands for that of the only certificate. */
  readonly instead: string | undefined;
  /** What scenarios are read by. */
  readonly host: ScenarioHost;
}

async function verifyFolder(path: string, invocation: Work, session: Session): Promise<void> {
  const certificate = await readFolder(path, session);
  const scenario = certificate && (await scenarioOf(certificate.document, invocation, session));
  if (certificate === undefined || scenario === undefined) return;
  const source = invocation.host.read(scenario.location.file);
  const text = source.kind === 'text' ? source.text : undefined;
  const { options } = invocation;
  session.enter({ kind: 'certificate' });
  try {
    const verified = { protocol: scenario.protocol, text };
    const verification = await verifyCertificate(certificate, verified, { ...options, pool: session.pool });
    tell(verification, { path, certificate, scenario, session });
  } catch (error) {
    const told = diagnoseFailure(error, invocation.host);
    if (told === undefined) throw error;
    session.diagnose([told]);
  }
}

async function readFolder(path: string, session: Session): Promise<ReadCertificate | undefined> {
  const shown = session.io.host.display(path);
  try {
    const reading = await readCertificate(readCertificateFiles(path));
    if (reading.kind === 'certificate') return reading.certificate;
    session.diagnose(reading.diagnostics);
  } catch (error) {
    session.diagnose([diagnostic('RUN403', `"${shown}" cannot be read: ${reasonOf(error)}`)]);
  }
  return undefined;
}

/**
 * The scenario that a certificate speaks of, on the nodes that it speaks of. A certificate may come from anywhere, and
 * a module is run when it is read, so that one has to be named by the user too.
 */
async function scenarioOf(
  { scenario: { file: recorded, name, with: recordedParts = [] }, nodes }: CertificateDocument,
  { files, instead, host, with: parts = recordedParts }: Work,
  session: Session,
): Promise<PreparedScenario | undefined> {
  const file = instead ?? recorded;
  if (isModule(file) && !files.includes(file)) {
    session.diagnose([mustBeNamed(file)]);
    return undefined;
  }
  const { found, diagnostics } = await findScenarios([file], { ...session.io, host, with: parts });
  session.diagnose(diagnostics);
  const meant = found.length === 1 ? found[0] : found.find((each) => each.name === name);
  if (meant === undefined) {
    if (!hasErrors(diagnostics))
      session.diagnose([diagnostic('RUN406', `no scenario of ${file} is called ${name ?? recorded}`)]);
    return undefined;
  }
  const { scenario, diagnostics: wrong } = meant.prepare(nodes);
  if (scenario === undefined) session.diagnose(wrong);
  return scenario;
}

function mustBeNamed(file: string): Diagnostic {
  return diagnostic('RUN101', `the certificate speaks of a module, "${file}", which runs when it is read`, {
    expected: 'its name after that of the folder, if it is to be trusted',
  });
}

interface Verified {
  /** Of the certificate. */
  readonly path: string;
  readonly certificate: ReadCertificate;
  readonly scenario: PreparedScenario;
  readonly session: Session;
}

function tell(verification: Verification, { path, certificate, scenario, session }: Verified): void {
  const { document } = certificate;
  const outcome = outcomeOf(verification, document, scenario);
  session.verification({ ...document, folder: session.io.host.display(path), outcome });
}

function outcomeOf(
  verification: Verification,
  { scenario: { file, name }, nodes, bounds }: CertificateDocument,
  { protocol }: PreparedScenario,
): VerificationOutcome {
  if (verification.kind !== 'refuted') return verification;
  const { faults, problems } = verification;
  const replay = replayProtocol(protocol, { nodes, bounds }, faults);
  return { kind: 'refuted', run: { name: nameOf({ file, name }), bounds, ...replay }, problems };
}
