/**
 * The seam between the two halves of the command line. One thread supervises: it hears signals, counts time and
 * writes. The work, which loads what users wrote and computes for as long as it likes, happens in another, which is
 * given a request and tells of events. Everything that crosses is plain data.
 */
import type { Bounds } from '../injector/bounds.js';
import type { VerdictName } from '../model/verdict-names.js';
import type { Diagnostic } from '../model/diagnostics/diagnostics.js';
import type { FaultSet } from '../injector/faults.js';
import type { SatBackend } from '../solver/sat.js';
import type { VerificationResult } from '../runner/certificate/result.js';
import type { Progress } from '../runner/options/check.js';
import type { RunResult } from '../runner/result.js';
import type { CheckResult, ScenarioLocation, StrategyName } from '../runner/result.js';
import type { TraceResult } from '../runner/traces/result.js';
import type { Invocation } from './arguments.js';

/** What there is work for. */
export type Task = Exclude<Invocation, { readonly kind: 'text' | 'wrong' }>;

export interface WorkRequest {
  readonly task: Task;
  /** Where to go on, after the thread that had the request before was lost. */
  readonly after: LostWork | undefined;
  /** One run instead of the task, of the item that is gone on with. */
  readonly rerun: Rerun | undefined;
}

/** How far it came, and what is to be left out. */
export interface LostWork {
  /** The first item not to be passed over; undefined where none was begun, and nothing was told yet. */
  readonly item: number | undefined;
  readonly modules: readonly LostModule[];
}

/** A module that did not let the thread go on, by its path. */
export interface LostModule {
  readonly path: string;
  /** What it does, as a sentence without its end. */
  readonly reason: string;
}

/** A fault set that is known to violate, of which the report needs the run. */
export interface Rerun {
  readonly nodes: readonly string[];
  readonly bounds: Bounds;
  readonly faults: FaultSet;
}

/** What the work is busy with. */
export type Step =
  /** Finding out what there is: the configuration, folders, files. */
  | { readonly kind: 'finding' }
  | { readonly kind: 'loading'; readonly path: string }
  /** One of the scenarios, or certificates, in their order from 0. */
  | { readonly kind: 'item'; readonly index: number; readonly name: string }
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
  | { readonly kind: 'entered'; readonly step: Step; readonly timeout: number | undefined }
  | { readonly kind: 'began'; readonly check: BegunCheck; readonly timeout: number | undefined }
  | { readonly kind: 'progressed'; readonly progress: Progress }
  /** There is no result, and no more to say of the check that began last. */
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'diagnosed'; readonly diagnostics: readonly Diagnostic[] }
  /** Warnings that results carry. */
  | { readonly kind: 'warned'; readonly warnings: readonly Diagnostic[] }
  | { readonly kind: 'checked'; readonly result: CheckResult }
  | { readonly kind: 'ran'; readonly result: RunResult }
  | { readonly kind: 'verified'; readonly result: VerificationResult }
  | { readonly kind: 'traced'; readonly result: TraceResult }
  | { readonly kind: 'said'; readonly text: string }
  /** Adds to what was told last, for a person. */
  | { readonly kind: 'noted'; readonly text: string }
  /** By code that a module left running; told once, however often it happens. */
  | { readonly kind: 'uncaught'; readonly diagnostic: Diagnostic }
  /**
   * By code of the user's, on its own.
   *
   * @property source the call or the file, where it is known
   */
  | { readonly kind: 'printed'; readonly source: string | undefined; readonly text: string }
  /** Only a bug in ldfi can cause it. */
  | { readonly kind: 'failed'; readonly what: string; readonly stack: string | undefined };

/** How work ends by itself. */
export type Ending =
  | { readonly kind: 'done' }
  /** @property reason what happened to it, as a sentence without its end */
  | { readonly kind: 'lost'; readonly reason: string };

/** Work under way. */
export interface Work {
  readonly ended: Promise<Ending>;
  /** Ends it where it is. All that it told until then was heard once this is fulfilled. */
  stop(): Promise<void>;
}

export type StartWork = (request: WorkRequest, tell: (event: WorkEvent) => void) => Work;
