/** `ldfi check --certificate`: writes the certificates of certified verdicts. A verdict stands whatever comes of that. */
import { resolve } from 'node:path';
import { type Certificate, certify, type CheckResult, type PreparedScenario } from '../index.js';
import { diagnostic, reasonOf, writeCertificate } from '../toolkit.js';
import type { CertificateRequest } from './invocation.js';
import type { Session } from './session.js';

/**
 * Writes the certificate of a verdict, where it is `certified`.
 *
 * @param timeout milliseconds
 */
export async function writeCertificateOf(
  { location, protocol }: PreparedScenario,
  result: CheckResult,
  { folder, proof, timeout }: CertificateRequest & { readonly timeout: number | undefined },
  session: Session,
): Promise<void> {
  if (result.verdict.kind !== 'certified') return;
  const source = session.io.host.read(location.file);
  const text = source.kind === 'text' ? source.text : undefined;
  const { file, scenario: name = null, with: parts } = location;
  const scenario = { file, name, ...(parts !== undefined && { with: parts }), protocol, text };
  const { pool } = session;
  const { version } = session.io;
  const certification = await certify(scenario, result, { proof, timeout, version, pool });
  switch (certification.kind) {
    case 'certificate':
      write(folder, certification.certificate, session);
      return;
    case 'none':
      session.diagnose([
        diagnostic('RUN402', `there is no certificate for ${result.name}: ${certification.reason}`),
      ]);
  }
}

function write(folder: string, certificate: Certificate, session: Session): void {
  const { io } = session;
  try {
    const path = writeCertificate(resolve(io.folder, folder), certificate);
    session.note(`  certificate ${io.host.display(path)}\n`);
  } catch (error) {
    session.diagnose([diagnostic('RUN401', `no certificate is written to "${folder}": ${reasonOf(error)}`)]);
  }
}
