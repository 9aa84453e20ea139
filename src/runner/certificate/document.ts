/**
 * `certificate.json`: what a certificate says beside its formula. Its text is a function of its data (`text.ts`), so
 * that no byte of it can change unnoticed; that keeps accidents out. Forgery is kept out by deriving the formula
 * anew, which trusts nothing that is said here.
 */
import type { Bounds } from '../../injector/bounds.js';
import { kindOf, type Fault } from '../../injector/faults.js';
import type { FaultInput } from '../../injector/faults/notation.js';
import type { SatBackend } from '../../solver/sat.js';
import type { Evidence } from '../result.js';

export const CERTIFICATE_VERSION = 2;

/** What the document says that it is. */
export const CERTIFICATE_FORMAT = 'ldfi certificate';

/** What `certificate.json` says. */
export interface CertificateDocument {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  /** Which version of ldfi made it. */
  readonly ldfi: string;
  readonly scenario: CertifiedName;
  readonly protocol: ProtocolDigest;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  /** Admissible fault sets within the bounds, in decimal digits. */
  readonly faultSets: string;
  /** Those of the specification, in its order. */
  readonly properties: readonly CertifiedProperty[];
  readonly established: Establishment;
  readonly cnf: CnfDigest;
  /** What each variable of the formula from 1 on means, as far as they mean faults. */
  readonly variables: readonly FaultVariable[];
  /** Null where there is none. */
  readonly proof: ProofDigest | null;
}

/** A property that no admissible fault set violates. */
export interface CertifiedProperty {
  readonly name: string;
  /** Faults under which it asks something of the run, as `ldfi replay --inject` takes them; empty for none. */
  readonly schedule: string;
}

/** Where the scenario of a certificate was found. */
export interface CertifiedName {
  /** As the user named it, or found in the folder that he named. */
  readonly file: string;
  /** Of the scenario among those of the file; null where the file is one scenario. */
  readonly name: string | null;
  /** Other files of Dedalus that are parts of it (`--with`); absent where there are none. */
  readonly with?: readonly string[];
}

/** What tells one protocol from another. */
export interface ProtocolDigest {
  /** `rules`: the program printed as Dedalus. `handlers`: the text of the file, as nothing else can be printed. */
  readonly kind: 'rules' | 'handlers';
  readonly sha256: string;
}

/** How the verdict was reached; nothing in the verification rests on it, but for the choice of another solver. */
export interface Establishment extends Pick<Evidence, 'representation' | 'confirmed'> {
  readonly strategy: 'compiled';
  readonly representation: 'diagram' | 'circuit' | 'states';
  readonly solver: SatBackend;
}

/** The size and digest of a certificate's formula. */
export interface CnfDigest {
  readonly variables: number;
  readonly clauses: number;
  /** Of the file. */
  readonly sha256: string;
}

/** The length and digest of a certificate's proof. */
export interface ProofDigest {
  /** How many clauses were learned. */
  readonly steps: number;
  /** Of the file. */
  readonly sha256: string;
}

/** What one variable of a certificate's formula is true of. */
export type FaultVariable = { readonly variable: number } & FaultInput;

export function faultVariables(events: readonly Fault[]): readonly FaultVariable[] {
  return events.map((event, index) => ({ variable: index + 1, ...kindOf(event).notation.input(event) }));
}
