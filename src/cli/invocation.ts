/** What the user asks for, as data: it is read in one thread, and done in others. */
import type { Diagnostic, DiagnosticCode, PruningRule, VerifyOptions } from '../index.js';
import type {
  FaultRates,
  ReceiverOptions,
  ReporterName,
  RunForm,
  TestRunner,
  TraceQuery,
} from '../toolkit.js';
import type { ConfigChoice } from './config.js';
import type { Given } from './options.js';
import type { Settings } from './settings.js';

export type Invocation =
  | CheckInvocation
  | ReplayInvocation
  | ExplainInvocation
  | PrintInvocation
  | TestFromInvocation
  | ShowInvocation
  | ToleranceInvocation
  | ProtectInvocation
  | RepairInvocation
  | VerifyInvocation
  | TraceInvocation
  | ProxyInvocation
  | { readonly kind: 'init'; readonly name: string | undefined; readonly session: SessionOptions }
  /** Help and the like; misused where it is shown because nothing was asked for. */
  | { readonly kind: 'text'; readonly text: string; readonly misused: boolean }
  | { readonly kind: 'schema'; readonly document: SchemaName }
  | CodesInvocation
  | WrongInvocation;

export interface CodesInvocation {
  readonly kind: 'codes';
  /** Those that are asked about; all that there are, where there is none. */
  readonly codes: readonly DiagnosticCode[];
  /** What is to be said of those that there are not; undefined where each is known. */
  readonly unknown: WrongInvocation | undefined;
}

export interface WrongInvocation {
  readonly kind: 'wrong';
  readonly diagnostics: readonly Diagnostic[];
  readonly session: SessionOptions;
}

/** Which scenarios are meant, and where defaults come from. */
export interface Selection {
  /** Files and folders; those of the configuration where there are none. */
  readonly files: readonly string[];
  /** Files to look at alone, of those that would be; absent for all. */
  readonly only?: readonly string[];
  /** Files that are parts of every program of Dedalus; undefined where none are typed. */
  readonly with: readonly string[] | undefined;
  /** One of them matches the name of each that is meant; all are meant where there is none. */
  readonly patterns: readonly Given<RegExp>[];
  readonly config: ConfigChoice;
  /** The folder outside of which nothing is read, as typed. */
  readonly root: string | undefined;
}

export interface CheckInvocation extends Selection {
  readonly kind: 'check';
  /** List the scenarios instead. */
  readonly list: boolean;
  /** End at the first failure. */
  readonly bail: boolean;
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** Check again what changes, until the user ends it. */
  readonly watch: boolean;
  /** Whether the user's own TypeScript is to check modules. */
  readonly typecheck: boolean;
  /** Whether to keep each counterexample that is known to be minimal. */
  readonly save: boolean;
  /** Undefined where none are asked for. */
  readonly certificates: CertificateRequest | undefined;
  readonly campaign: CampaignRequest;
  readonly session: SessionOptions;
}

export interface VerifyInvocation {
  readonly kind: 'verify';
  /** Of one certificate, or of several. */
  readonly folder: string;
  /** Of scenarios: modules that may be run, or the one file that takes the place of a certificate's own. */
  readonly files: readonly string[];
  /** Files that take the place of those that a certificate names beside its scenario's own. */
  readonly with: readonly string[] | undefined;
  readonly options: Omit<VerifyOptions, 'pool'>;
  /** The folder outside of which no scenario is read, as typed. */
  readonly root: string | undefined;
  readonly session: SessionOptions;
}

export interface ReplayInvocation extends Selection {
  readonly kind: 'replay';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** The faults as typed. */
  readonly inject: string;
  /** Nodes, and parts of what they have, that are told at each time. */
  readonly watch: readonly string[];
  readonly session: SessionOptions;
}

/** The document that a schema is of: of one command, of a list of scenarios, or of all others. */
export type SchemaName =
  | 'checks'
  | 'lists'
  | 'traces'
  | 'explanations'
  | 'tolerances'
  | 'protections'
  | 'repairs';

export interface ExplainInvocation extends Selection {
  readonly kind: 'explain';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** As typed. */
  readonly question: string;
  /** The faults as typed; undefined where none are. */
  readonly inject: string | undefined;
  readonly depth: number;
  readonly form: ExplanationForm;
  readonly session: SessionOptions;
}

export const EXPLANATION_FORMS = ['text', 'dot', 'mermaid', 'svg'] as const;

export type ExplanationForm = (typeof EXPLANATION_FORMS)[number];

export interface ToleranceInvocation extends Selection {
  readonly kind: 'tolerance';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** How often each kind of fault happens; undefined where nobody says. */
  readonly rates: FaultRates | undefined;
  /** The file that a page is written to, as typed; undefined where none is wanted. */
  readonly html: string | undefined;
  readonly session: SessionOptions;
}

export interface ProtectInvocation extends Selection {
  readonly kind: 'protect';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** The most sets; undefined where nobody says. */
  readonly limit: number | undefined;
  readonly session: SessionOptions;
}

export const REPAIR_FORMS = ['text', 'patch'] as const;

export interface RepairInvocation extends Selection {
  readonly kind: 'repair';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** The most repairs. */
  readonly limit: number;
  /** `patch` prints that of the cheapest repair alone. */
  readonly form: (typeof REPAIR_FORMS)[number];
  readonly session: SessionOptions;
}

export interface TestFromInvocation extends Selection {
  readonly kind: 'test-from';
  readonly nodes: readonly string[] | undefined;
  readonly settings: Settings;
  /** The file of a saved counterexample, as typed; undefined where a scenario and faults are. */
  readonly saved: string | undefined;
  /** The faults as typed. */
  readonly inject: string;
  readonly runner: TestRunner;
  /** Where to write it, as typed. */
  readonly output: string | undefined;
  readonly session: SessionOptions;
}

export interface ShowInvocation {
  readonly kind: 'show';
  /** A file, as typed. */
  readonly document: string;
  /** Files and folders of scenarios that may be run, as typed. */
  readonly files: readonly string[];
  /** Where to write the page, as typed. */
  readonly output: string | undefined;
  /** Whether to open it. */
  readonly open: boolean;
  readonly session: SessionOptions;
}

export interface PrintInvocation extends Selection {
  readonly kind: 'print';
  readonly language: 'dedalus' | 'typescript' | 'asp';
  readonly settings: Settings;
  readonly session: SessionOptions;
}

export interface TraceInvocation {
  readonly kind: 'trace';
  /** A server to ask; undefined where none is named. */
  readonly query: TraceQuery | undefined;
  /** Where to receive traces; undefined where none are to be. */
  readonly listen: ReceiverOptions | undefined;
  /** Files, folders, addresses, and `-` for standard input. */
  readonly inputs: readonly string[];
  /** Conclude nothing where a trace has a flaw. */
  readonly strict: boolean;
  /** Predicates as typed; undefined where none is. */
  readonly where: string | undefined;
  readonly outcome: string | undefined;
  /** The most calls of a fault set. */
  readonly maxFaults: number;
  /** The file that a page is written to, as typed; undefined where none is wanted. */
  readonly html: string | undefined;
  /** With what the id of a trace begins that is to be drawn; undefined where none is. */
  readonly picture: string | undefined;
  readonly session: SessionOptions;
}

export interface ProxyInvocation {
  readonly kind: 'proxy';
  /** Where to listen. */
  readonly host: string;
  readonly port: number;
  /** Where all calls go; undefined where each says it itself. */
  readonly target: URL | undefined;
  /** What makes the calls; undefined where the environment is to say. */
  readonly service: string | undefined;
  /** Rules to print instead of standing there. */
  readonly print: 'haproxy' | 'lua' | undefined;
  readonly session: SessionOptions;
}

/** Certificates of certified verdicts. */
export interface CertificateRequest {
  readonly folder: string;
  readonly proof: boolean;
}

/** How running systems are driven. */
export interface CampaignRequest {
  /** What to leave fault sets out by; undefined for all rules. */
  readonly rules: readonly PruningRule[] | undefined;
  /** A file of runs that were made before, as typed. */
  readonly resume: string | undefined;
  /** Only say what would be failed. */
  readonly dryRun: boolean;
  /** Hosts beside this machine at which services may be. */
  readonly allowedHosts: readonly string[];
}

/** How results are told. */
export interface SessionOptions {
  readonly presentation: 'report' | 'line' | 'document';
  readonly verbose: boolean;
  readonly colour: boolean;
  /** Whether to draw with ASCII alone, whatever the terminal shows. */
  readonly ascii: boolean;
  /** Whether a verdict that its scenario expects is no failure. */
  readonly asExpected: boolean;
  /** Whether standard error is to be a log of JSON. */
  readonly log: boolean;
  /** The document that is printed, where it is not that of checks. */
  readonly document?: Exclude<SchemaName, 'checks'>;
  /** How the document of checks is written that is printed; default `json`. */
  readonly form?: PrintedForm;
  /** What stands beside the picture of a run; default nothing. */
  readonly watch?: readonly string[];
  /** How runs are written; default `text`. */
  readonly runForm?: RunForm;
  /** Reports beside what is printed; undefined where nobody asked for any, or for none. */
  readonly reports?: readonly ReportRequest[];
}

/** What is printed alone, since a program reads it. */
export type PrintedForm = Exclude<ReporterName, 'text' | 'github'>;

/** One report that was asked for. */
export interface ReportRequest {
  readonly reporter: ReporterName;
  /** As typed; undefined of what is added to what is printed. */
  readonly file: string | undefined;
}
