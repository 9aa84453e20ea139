/** What verifying one certificate found, as it is told to people and in the JSON document. */
import type { Diagnostic } from '../../model/diagnostics/diagnostics.js';
import type { RunResult } from '../result.js';
import type { CertificateDocument, CnfDigest } from './document.js';
import type { ValidCertificate } from './verify.js';

/** A certificate by what it speaks of, and what came of it. */
export interface VerificationResult extends Pick<
  CertificateDocument,
  'scenario' | 'nodes' | 'bounds' | 'faultSets' | 'properties'
> {
  /** The folder of the certificate, as it is shown. */
  readonly folder: string;
  readonly cnf: Pick<CnfDigest, 'variables' | 'clauses'>;
  readonly outcome: VerificationOutcome;
}

/** Whether a certificate holds. */
export type VerificationOutcome =
  | ValidCertificate
  | {
      readonly kind: 'refuted';
      /** Under an admissible fault set that violates the specification. */
      readonly run: RunResult;
      /** What else was wrong with the certificate. */
      readonly problems: readonly Diagnostic[];
    }
  /** It holds not, or not of this protocol, or could not be verified. */
  | { readonly kind: 'invalid'; readonly problems: readonly Diagnostic[] };
