/** Certificates from the texts of their files, by what is loaded when it is asked for: most programs read none. */
import type { CertificateFiles } from './files.js';
import type { CertificateReading } from './read.js';

/**
 * Reads a certificate; its files may hold anything. What reads it is loaded when it is first needed, hence the promise.
 */
export async function readCertificate(files: CertificateFiles): Promise<CertificateReading> {
  const { readTexts } = await import('./read.js');
  return readTexts(files);
}
