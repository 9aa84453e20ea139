/**
 * The document that `--json` prints, version 2, described for its readers in `docs/json.md` and checked by
 * the JSON Schema in `schema.ts`. It says everything that the text reports say and no less, so that they
 * can be rebuilt from it. Whole numbers that may pass 2^53 are decimal strings; what is absent is null.
 */
import type { Bounds } from '../../injector/bounds.js';
import type { Fault } from '../../injector/faults.js';
import type { HandlerRun, Message, Run, RuleRun } from '../../injector/run.js';
import type { JsonData } from '../../model/data.js';
import type { DiagnosticCode, Severity } from '../../model/diagnostics/codes.js';
import type { VerificationResult } from '../../runner/certificate/result.js';
import type { ValidCertificate } from '../../runner/certificate/verify.js';
import type {
  Certified,
  Counterexample,
  Evidence,
  FactDivergence,
  StateDivergence,
  StrategyName,
  Vacuous,
  VerdictName,
  Violated,
} from '../../runner/result.js';

/** Goes up whenever a reader of documents would have to change. */
export const DOCUMENT_VERSION = 2;

/** What `--json` prints: everything that one call of the command line found. */
export interface JsonDocument {
  readonly version: typeof DOCUMENT_VERSION;
  /** Of `check`, in the order checked. */
  readonly results: readonly JsonResult[];
  /** Of `replay`. */
  readonly runs: readonly JsonRun[];
  /** Of `verify-certificate`, in the order verified. */
  readonly verifications: readonly JsonVerification[];
  /** What was wrong with the input or the command line. */
  readonly diagnostics: readonly JsonDiagnostic[];
  /** The texts that diagnostics point into. */
  readonly sources: readonly { readonly name: string; readonly text: string }[];
}

/** A whole number, 0 or greater, in decimal digits. */
export type JsonCount = string;

/** What one check found. */
export interface JsonResult {
  readonly name: string;
  readonly location: JsonLocation | null;
  readonly language: Run['language'];
  readonly nodes: readonly string[];
  readonly nodesInferred: boolean;
  readonly bounds: Bounds;
  readonly verdict: JsonVerdict;
  readonly expected: VerdictName | null;
  readonly interrupted: boolean;
  readonly evidence: JsonEvidence;
  readonly warnings: readonly JsonDiagnostic[];
  /** Milliseconds. */
  readonly elapsed: number;
}

/** How the command line finds a scenario. */
export interface JsonLocation {
  readonly file: string;
  readonly scenario: string | null;
  /** Other files of Dedalus that are parts of it; absent where there are none. */
  readonly with?: readonly string[];
}

/** A verdict, by its kind. */
export type JsonVerdict =
  | {
      readonly kind: 'violated';
      readonly counterexamples: readonly JsonCounterexample[];
      readonly remaining: Violated['remaining'];
      readonly violating: JsonCount | null;
    }
  | { readonly kind: 'certified'; readonly properties: Certified['properties'] }
  | {
      readonly kind: 'vacuous';
      readonly scope: Vacuous['scope'];
      readonly properties: readonly JsonPropertyAsked[];
    }
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly covered: JsonCoverage | null };

/** Whether a property asks anything of any run. */
export interface JsonPropertyAsked {
  readonly name: string;
  /** A fault set under which it does; null where there is none. */
  readonly under: readonly Fault[] | null;
}

/** What was decided before a search ended. */
export interface JsonCoverage {
  readonly size: number;
  readonly examined: JsonCount;
  readonly total: JsonCount;
}

/** How a verdict was reached, and what that took. */
export interface JsonEvidence extends Omit<Evidence, 'faultSets' | 'estimate'> {
  readonly strategy: StrategyName;
  readonly faultSets: JsonCount;
  readonly estimate: JsonCount;
}

/** A counterexample, with its run. */
export interface JsonCounterexample {
  readonly faults: readonly Fault[];
  /** The faults as `ldfi replay --inject` takes them. */
  readonly schedule: string;
  readonly minimality: Counterexample['minimality'];
  readonly run: JsonCourse;
  readonly divergence: JsonDivergence | null;
}

/** All that happened in one run. */
export type JsonCourse =
  | (Omit<RuleRun, 'messages'> & { readonly messages: readonly JsonMessage[] })
  | (Omit<HandlerRun, 'messages' | 'states'> & {
      readonly messages: readonly JsonMessage[];
      readonly states: readonly JsonState[];
    });

/** A message; `toJsonData` says how what it carries is written. */
export interface JsonMessage extends Omit<Message, 'payload'> {
  readonly payload: JsonData;
}

/** The state of a node at a time. */
export interface JsonState {
  readonly time: number;
  readonly node: string;
  readonly state: JsonData;
}

/** Where a run first parts from the failure-free one. */
export type JsonDivergence =
  | (Omit<FactDivergence, 'sent'> & { readonly sent: readonly JsonMessage[] })
  | (Omit<StateDivergence, 'sent' | 'changed'> & {
      readonly changed: readonly {
        readonly node: string;
        readonly there: JsonData;
        readonly here: JsonData;
      }[];
      readonly sent: readonly JsonMessage[];
    });

/** What one replay found. */
export interface JsonRun {
  readonly name: string;
  readonly bounds: Bounds;
  readonly schedule: string;
  readonly run: JsonCourse;
  readonly divergence: JsonDivergence | null;
}

/** What became of one certificate. */
export interface JsonVerification {
  /** Of the certificate. */
  readonly folder: string;
  /** Where the certificate says that its scenario is. */
  readonly location: JsonLocation;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly faultSets: JsonCount;
  readonly properties: VerificationResult['properties'];
  readonly formula: { readonly variables: number; readonly clauses: number };
  readonly outcome: JsonOutcome;
}

/** Whether a certificate holds, by its kind. */
export type JsonOutcome =
  | (Omit<ValidCertificate, 'proofSteps'> & { readonly proofSteps: number | null })
  | { readonly kind: 'refuted'; readonly run: JsonRun; readonly problems: readonly JsonDiagnostic[] }
  | { readonly kind: 'invalid'; readonly problems: readonly JsonDiagnostic[] };

/** A diagnostic, with its places in lines and columns. */
export interface JsonDiagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly place: JsonPlace | null;
  readonly notes: readonly { readonly label: string; readonly text: string }[];
  readonly related: readonly { readonly message: string; readonly place: JsonPlace }[];
  readonly expected: string | null;
  readonly hint: string | null;
}

/** A range of a file. */
export interface JsonPlace {
  /** An index into the document's sources. */
  readonly source: number;
  /** From 1; a column is a UTF-16 code unit. */
  readonly line: number;
  readonly column: number;
  /** A half-open range of the source's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}
