/** The files that a certificate consists of, all in one folder. */

/** What is certified, and what the formula's variables mean. */
export const DOCUMENT_FILE = 'certificate.json';
/** The formula, as DIMACS. */
export const CNF_FILE = 'violation.cnf';
/** A proof that the formula has no model, as DRAT; not every certificate has one. */
export const PROOF_FILE = 'violation.drat';

export const CERTIFICATE_FILES = [DOCUMENT_FILE, CNF_FILE, PROOF_FILE] as const;

/** The name of one of them. */
export type CertificateFile = (typeof CERTIFICATE_FILES)[number];

/** The texts of those that there are. */
export type CertificateFiles = ReadonlyMap<CertificateFile, string>;
