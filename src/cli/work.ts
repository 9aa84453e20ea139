/**
 * The seam between the two halves of the command line. One thread supervises: it hears signals, counts time and
 * writes. The work, which loads what users wrote and computes for as long as it likes, happens in another, which is
 * given a request and tells of events. Everything that crosses is plain data.
 */
import type {
  Bounds,
  CheckResult,
  Diagnostic,
  FaultSet,
  Progress,
  ProtectingSet,
  ProtectResult,
  Repair,
  RepairResult,
  RunResult,
  SatBackend,
  ScenarioLocation,
  StrategyName,
  SystemResult,
  VerdictName,
  VerificationResult,
} from '../index.js';
import type {
  CounterexampleStudy,
  ExplainedScenario,
  FrontierRow,
  ListedScenario,
  MadeRequest,
  SystemProgress,
  Tolerance,
  RequestRun,
  TraceResult,
} from '../toolkit.js';
import type { Invocation } from './invocation.js';

/** What there is work for. */
export type Task = Exclude<Invocation, { readonly kind: 'text' | 'schema' | 'codes' | 'wrong' | 'proxy' }>;

export interface WorkRequest {
  readonly task: Task;
  /** What is to be left out, since it ended threads before. */
  readonly lost: readonly LostModule[];
  /** What another thread found; where this one finds something else, it takes nothing of it. */
  readonly found: FoundItems | undefined;
  /** One run instead of the task. */
  readonly rerun: Rerun | undefined;
}

/** The scenarios, or certificates, to go through. */
export interface FoundItems {
  /** In their order. */
  readonly names: readonly string[];
  /** How many threads may go through them side by side. */
  readonly jobs: number;
}

/** A module that did not let the thread go on, by its path. */
export interface LostModule {
  readonly path: string;
  /** What it does, as a sentence without its end. */
  readonly reason: string;
}

/** A fault set that is known to violate, of which the report needs the run. */
export interface Rerun {
  /** The index of its scenario. */
  readonly item: number;
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly faults: FaultSet;
}

/** What the work is busy with. */
export type WorkStep =
  /** Finding out what there is: the configuration, folders, files. */
  | { readonly kind: 'finding' }
  | { readonly kind: 'loading'; readonly path: string }
  /** One of the scenarios, or certificates, in their order from 0. */
  | { readonly kind: 'item'; readonly index: number; readonly name: string }
  /** Running parts of counterexamples, and finding out what they rest on. */
  | { readonly kind: 'study' }
  /** Writing or verifying a certificate, which counts its time itself. */
  | { readonly kind: 'certificate' };

/** A check, as far as it is known before it begins. */
export interface BegunCheck {
  readonly name: string;
  readonly location: ScenarioLocation;
  readonly language: CheckResult['language'];
  readonly nodes: readonly string[];
  readonly nodesInferred: boolean;
  readonly bounds: Bounds;
  readonly expected: VerdictName | undefined;
  readonly warnings: readonly Diagnostic[];
  readonly strategy: StrategyName;
  readonly solver: SatBackend;
}

export type WorkEvent =
  /** @property timeout milliseconds that the step may take; undefined for no limit */
  | { readonly kind: 'entered'; readonly step: WorkStep; readonly timeout: number | undefined }
  | { readonly kind: 'found'; readonly items: FoundItems }
  | { readonly kind: 'began'; readonly check: BegunCheck; readonly timeout: number | undefined }
  | { readonly kind: 'progressed'; readonly progress: Progress }
  /** There is no result, and no more to say of the check that began last. */
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'diagnosed'; readonly diagnostics: readonly Diagnostic[] }
  /** Warnings that results carry. */
  | { readonly kind: 'warned'; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: 'checked'; readonly result: CheckResult }
  /** Of the check that was told of last: of each of its counterexamples, as far as there are any. */
  | { readonly kind: 'studied'; readonly studies: readonly CounterexampleStudy[] }
  | { readonly kind: 'ran'; readonly result: RunResult }
  | { readonly kind: 'explained'; readonly result: ExplainedScenario }
  /** Of what makes many checks: the next of them. */
  | { readonly kind: 'attempted'; readonly attempt: BegunAttempt }
  | { readonly kind: 'tolerated'; readonly told: ToldTolerance }
  | { readonly kind: 'protected'; readonly told: ToldProtection }
  | { readonly kind: 'repaired'; readonly told: ToldRepair }
  | { readonly kind: 'verified'; readonly result: VerificationResult }
  | { readonly kind: 'read'; readonly source: TracesRead }
  | { readonly kind: 'traced'; readonly result: TraceResult }
  /** A request of a trace, for a person. */
  | { readonly kind: 'pictured'; readonly run: RequestRun }
  /** Before each run of a running system, and before the first. */
  | { readonly kind: 'driving'; readonly progress: SystemProgress; readonly timeout: number | undefined }
  | { readonly kind: 'requested'; readonly request: MadeRequest }
  /** A running system. */
  | { readonly kind: 'drove'; readonly result: SystemResult }
  | { readonly kind: 'listed'; readonly scenarios: readonly ListedScenario[] }
  | ({ readonly kind: 'watchable' } & Watchable)
  | { readonly kind: 'said'; readonly text: string }
  /** Adds to what was told last, for a person. */
  | { readonly kind: 'noted'; readonly text: string }
  /** By code that a module left running; told once, however often it happens. */
  | { readonly kind: 'uncaught'; readonly diagnostic: Diagnostic }
  /**
   * By code of the user's, on its own.
   *
   * @property source where it is known
   */
  | { readonly kind: 'printed'; readonly source: PrintSource | undefined; readonly text: string }
  /** Only a bug in ldfi can cause it. */
  | { readonly kind: 'failed'; readonly what: string; readonly stack: string | undefined };

/** What a check is made from, by absolute paths that may lead nowhere yet. */
export interface Watchable {
  /** Each file of scenarios as it is found, with all that it is read from. */
  readonly files: readonly { readonly file: string; readonly sources: readonly string[] }[];
  /** Files on which everything rests. */
  readonly all: readonly string[];
  /** Folders in which scenarios were looked for. */
  readonly folders: readonly string[];
}

/** What was read of one of the places that traces come from, to its end or to what cannot be read. */
export interface TracesRead {
  /** As reports have it. */
  readonly name: string;
  readonly records: number;
  /** Milliseconds since 1970. */
  readonly begun: number;
  /** Milliseconds since 1970. */
  readonly ended: number;
}

/** One check of many, as far as it is known before it begins. */
export interface BegunAttempt extends Pick<BegunCheck, 'name' | 'bounds'> {
  /** What is tried, for a person: `change 14 of 60`. */
  readonly trying: string;
}

/** What a scenario tolerates, bit by bit. */
export type ToldTolerance =
  | ({ readonly kind: 'begun' } & Pick<Tolerance, 'name' | 'nodes' | 'bounds'>)
  | { readonly kind: 'row'; readonly row: FrontierRow; readonly widest: number }
  | { readonly kind: 'known'; readonly tolerance: Tolerance };

/** What would be enough for a certificate of a scenario, bit by bit. */
export type ToldProtection =
  | ({ readonly kind: 'begun' } & Pick<ProtectResult, 'name' | 'nodes' | 'bounds'>)
  | { readonly kind: 'found'; readonly set: ProtectingSet }
  | { readonly kind: 'known'; readonly result: ProtectResult };

/** Repairs of a scenario, bit by bit. */
export type ToldRepair =
  | ({ readonly kind: 'begun' } & Pick<RepairResult, 'name' | 'nodes' | 'bounds'>)
  | { readonly kind: 'found'; readonly repair: Repair; readonly location: ScenarioLocation }
  | { readonly kind: 'known'; readonly result: RepairResult };

/** A call, or a file, that printed something. */
export interface PrintSource {
  /** For a person. */
  readonly shown: string;
  /** What the same text is told once for. */
  readonly name: string;
}

/** Whom work tells of itself, and asks what to go on with. */
export interface Supervisor {
  readonly tell: (event: WorkEvent) => void;
  /** The index of an item that nobody else is given; undefined where none is left. */
  readonly next: () => number | undefined;
}

/** The same from the other side, where an answer takes its time. */
export interface Supervised {
  readonly tell: (event: WorkEvent) => void;
  readonly next: () => Promise<number | undefined>;
}

/** How work ends by itself. */
export type WorkEnding =
  | { readonly kind: 'done' }
  /** @property reason what happened to it, as a sentence without its end */
  | { readonly kind: 'lost'; readonly reason: string };

/** Work under way. */
export interface Work {
  readonly ended: Promise<WorkEnding>;
  /** Ends it where it is. All that it told until then was heard once this is fulfilled. */
  stop(): Promise<void>;
}

export type StartWork = (request: WorkRequest, supervisor: Supervisor) => Work;
