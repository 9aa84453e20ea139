/**
 * What a check found. Reports, exit codes and the JSON document are functions of this and of nothing else.
 */
import type { Bounds } from '../injector/bounds.js';
import type { AnchoredFault } from '../injector/anchors/anchors.js';
import type { GroundFact, Message, Run } from '../injector/run.js';
import type { Fault, FaultSet } from '../injector/faults.js';
import type { Cause } from '../lineage/cause.js';
import type { Suspect } from '../lineage/suspects.js';
import type { Data } from '../model/data.js';
import type { VerdictName } from '../model/verdict-names.js';
import type { Multiplying } from '../model/multiplying.js';
import type { Observed } from '../model/observed.js';
import type { ReachablePart } from '../model/reachable.js';
import type { Diagnostic } from '../model/diagnostics/diagnostics.js';
import type { SatBackend } from '../solver/sat.js';

export type { VerdictName };

/** How a search goes about it; `docs/how-it-works.md` says how each does. */
export type StrategyName = 'compiled' | 'alternating' | 'random' | 'exhaustive';

/** How a check ended: a union by `kind`. */
export type Verdict = Violated | Certified | Vacuous | Inconclusive;

/** Some admissible fault set violates the specification; the empty one where no fault is needed. */
export interface Violated {
  readonly kind: 'violated';
  /** Fewest faults first, then the latest crashes, then the fixed order of events. Never empty. */
  readonly counterexamples: readonly Counterexample[];
  /** Whether minimal counterexamples beyond these are known to exist, known not to, or neither was asked. */
  readonly remaining: 'none' | 'some' | 'unknown';
  /** How many admissible fault sets violate the specification, where that could be counted. */
  readonly violating: bigint | undefined;
}

/** A fault set whose run violates the specification, and that run. */
export interface Counterexample {
  readonly faults: FaultSet;
  /** `minimum`: no counterexample has fewer faults. `minimal`: none is smaller than this one. `unproven`: the search ended first. */
  readonly minimality: 'minimum' | 'minimal' | 'unproven';
  /** The run under `faults`. */
  readonly run: Run;
  /** Where this run first parts from the failure-free one; undefined for the empty fault set. */
  readonly divergence: Divergence | undefined;
  /** What each fault has to do with the first violation, in the order of the faults; none where that is not known, or was not asked. */
  readonly because: readonly FaultCause[];
  /**
   * Where to look first in the code, what is likeliest to be wrong first; two places at most. None where that is not known, or
   * was not asked.
   */
  readonly suspects: readonly Suspect[];
  /**
   * The place, from 0, of the first counterexample that this one is like: it takes the same messages away at whatever times,
   * and strikes the same nodes, or those of nodes that send and are sent the same in the run without faults. Absent where it
   * is the first of its kind, or that was not asked.
   */
  readonly alike?: number;
}

/** What a fault has to do with a violation, held against the run without this fault alone, which is a good one. */
export interface FaultCause extends Cause {
  readonly fault: Fault;
}

/** Where a run first parts from the failure-free one, and the difference there. */
export type Divergence = FactDivergence | StateDivergence;

/** Of rules: the first logical timestep at which the runs hold different facts. */
export interface FactDivergence extends Parting {
  readonly kind: 'facts';
  readonly missing: readonly GroundFact[];
  readonly added: readonly GroundFact[];
}

/** Of handlers: the first logical timestep after which some node is in different states. */
export interface StateDivergence extends Parting {
  readonly kind: 'states';
  readonly changed: readonly StateChange[];
}

/** What every divergence has. */
export interface Parting {
  readonly time: number;
  /** What this run sends that the failure-free one does not send at that time, at all times. */
  readonly sent: readonly Message[];
}

/** The state of a node in the failure-free run, and in this one. */
export interface StateChange {
  readonly node: string;
  readonly there: Data;
  readonly here: Data;
}

/** No admissible fault set violates the specification, and each of its properties is asked in some run. */
export interface Certified {
  readonly kind: 'certified';
  /** All of them, in the order of the specification. */
  readonly properties: readonly AskedProperty[];
}

/** No run violates the specification, but the specification, or a property of it, says nothing. */
export interface Vacuous {
  readonly kind: 'vacuous';
  /** `always`: some property is asked in no admissible run. `failure-free`: each is in some, none in the run without faults. */
  readonly scope: 'always' | 'failure-free';
  /** All of them, in the order of the specification. */
  readonly properties: readonly PropertyAsked[];
}

/** A property, and whether any run is asked it: whether its `pre` holds there, or it is to hold always. */
export type PropertyAsked = AskedProperty | UnaskedProperty;

/** A property that some admissible run is asked. */
export interface AskedProperty {
  /** Of rules, which have one property, `pre`. */
  readonly name: string;
  /** The least such run's faults, none if it is the run without faults; by `alternating`, of the runs that it made. */
  readonly under: FaultSet;
}

/** A property that no admissible run is asked. */
export interface UnaskedProperty {
  readonly name: string;
  readonly under: undefined;
}

/** A budget ended before there was a verdict. It says nothing of what was not covered. */
export interface Inconclusive {
  readonly kind: 'inconclusive';
  /** One sentence: which budget ended, or why exhausting the search proves nothing. */
  readonly reason: string;
  readonly covered: Coverage | undefined;
  /** What there was so much of that a check over all fault sets passed its budget; absent where that is not known. */
  readonly multiplies?: Multiplying;
  /** Smaller bounds that were decided, each as it is; absent where none were, or none were tried. */
  readonly smaller?: readonly DecidedBounds[];
}

/** Bounds, and the verdict of a check within them. */
export interface DecidedBounds {
  readonly bounds: Bounds;
  readonly verdict: Exclude<VerdictName, 'inconclusive'>;
}

/** What was decided before the search ended: all fault sets of at most `size` faults, or so many of them. */
export interface Coverage {
  readonly size: number;
  readonly examined: bigint;
  readonly total: bigint;
}

/** How a verdict was reached, and what that took. */
export interface Evidence {
  readonly strategy: StrategyName;
  readonly solver: SatBackend;
  /**
   * What decided: the diagram of the violation, its circuit put to the solver, the states that all nodes may be in
   * together, or replays alone. `none` where the search ended before it had decided: the verdict is then what was known,
   * of a violation by its run. `saved`: runs of counterexamples that had been saved, and nothing was searched.
   */
  readonly representation: 'diagram' | 'circuit' | 'states' | 'replays' | 'saved' | 'none';
  /**
   * Whether the solver reached the same verdict as the diagram, independently, within its budget. Where the circuit is
   * a constant, it says the same by itself, and no solver is called.
   */
  readonly confirmed: boolean;
  /** Smaller bounds in which a violation was found, of what could not be decided within its own; absent elsewhere. */
  readonly within?: Bounds;
  /** What was tried first and given up, in order, each as one sentence. */
  readonly fallbacks: readonly string[];
  /** Whole concrete runs of the protocol, the failure-free one included. */
  readonly executions: number;
  /** Admissible fault sets within the bounds: exact, and by the estimate the literature publishes. */
  readonly faultSets: bigint;
  readonly estimate: bigint;
  readonly statistics: Statistics;
}

/** Counts that do not depend on the machine; zero where a strategy does not have them. */
export interface Statistics {
  readonly firings: number;
  readonly facts: number;
  /** Distinct calls of handlers, and the distinct local states that they were called in or led to. */
  readonly handlerRuns: number;
  readonly localStates: number;
  readonly gates: number;
  readonly diagramNodes: number;
  readonly clauses: number;
  readonly solverCalls: number;
  /** Executions up to the one that first ran into a violation; later ones only make sure that there is no lesser one. */
  readonly executionsToViolation: number;
}

/** What became of a counterexample that was saved. */
export interface ReplayedRegression {
  /** The file that it is in, as it is shown. */
  readonly file: string;
  readonly faults: readonly AnchoredFault[];
  readonly outcome: RegressionOutcome;
}

/** What the faults of a counterexample that was saved do now: those that its names are found to mean in the protocol as it is. */
export type RegressionOutcome =
  /** It violates as it did. */
  | { readonly kind: 'same' }
  /** It violates at other times: by these faults. */
  | { readonly kind: 'moved'; readonly faults: FaultSet }
  /** These faults do not violate any more, wherever they are now. */
  | { readonly kind: 'passes'; readonly faults: FaultSet }
  /** What one of its faults is found by does not exist any more. */
  | { readonly kind: 'gone'; readonly lost: AnchoredFault }
  /** One sentence: why its faults may not happen within the bounds, where they are now. */
  | { readonly kind: 'not admissible'; readonly reason: string };

/** How the command line finds a scenario. */
export interface ScenarioLocation {
  /** As the user named it, or found in the folder that he named. */
  readonly file: string;
  /** Its name among the scenarios of the file; undefined where the file is one scenario. */
  readonly scenario: string | undefined;
  /** The files that were read as parts of it beside its own (`--with`); absent where there were none. */
  readonly with?: readonly string[];
}

/** What the protocol came to do while it was checked. */
export interface Reachability {
  /** Whether all admissible runs were looked at, so that what no node came to happens in none. */
  readonly isComplete: boolean;
  readonly parts: readonly ReachablePart[];
  /** What properties see; absent where they were not looked at over all runs together. */
  readonly seen?: SeenOutcomes;
}

/** What properties see in all runs together. */
export interface SeenOutcomes {
  /** Which values of observations occur, at the times at which properties look; absent of rules. */
  readonly observed?: Observed;
  /**
   * Of kinds of faults that are off by default, whether any of them makes a difference; absent of those of which that was too
   * much to find out, where there are none, and of violations.
   */
  readonly differences?: readonly FaultDifference[];
  /**
   * Faults of any kind that never make a difference, by whom they happen to: some of which that was not seen may be missing. Absent
   * where that was too much to find out, where there are none, and of violations.
   */
  readonly indifferent?: readonly IndifferentFaults[];
}

/** Faults without which properties would always see the same, all others as they are. */
export interface IndifferentFaults {
  readonly kind: Fault['kind'];
  /** Of faults that the author names, their name; absent of others. */
  readonly name?: string;
  /** Whom they happen to, as schedules write it: a node, a channel such as `a->b`, or groups such as `a | b,c`. */
  readonly place: string;
  /** The logical timesteps at which they begin: none that begins then makes a difference, however long or late. Never empty. */
  readonly times: readonly number[];
  /** Those at which the bounds admit others of the kind there, some of which may make a difference. */
  readonly otherTimes: readonly number[];
}

/** Whether what properties see is ever another thing than it would be without the faults of a kind, all others as they are. */
export interface FaultDifference {
  readonly kind: Fault['kind'];
  /** Of faults that the author names, their name; absent of others. */
  readonly name?: string;
  readonly makesDifference: boolean;
}

/** All that a check found, and how. */
export interface CheckResult {
  /** What reports call the scenario. */
  readonly name: string;
  /** Undefined where it is in the file that it is named after. */
  readonly location: ScenarioLocation | undefined;
  /** What the protocol is written in. */
  readonly language: Run['language'];
  readonly nodes: readonly string[];
  /** True where the nodes were taken from the program's location columns. */
  readonly nodesInferred: boolean;
  readonly bounds: Bounds;
  readonly verdict: Verdict;
  /** What the scenario's header says the verdict should be. */
  readonly expected: VerdictName | undefined;
  /** Whether the user ended the check: the verdict is then what was known so far. */
  readonly interrupted: boolean;
  readonly evidence: Evidence;
  readonly warnings: readonly Diagnostic[];
  /** Absent where that is not known, as of rules by strategies that evaluate no more than single runs. */
  readonly reached?: Reachability;
  /** Counterexamples that were saved and replayed first; absent where there were none. */
  readonly regressions?: readonly ReplayedRegression[];
  /** Wall-clock milliseconds; with the next, the only figure here that differs between two runs of the same check. */
  readonly elapsed: number;
  /** Milliseconds of processor time that all threads of the process took meanwhile, those of other checks included. */
  readonly processor: number;
}

/** What `replay` found out. */
export interface RunResult {
  /** The name of the scenario: the file as the user gave it. */
  readonly name: string;
  readonly bounds: Bounds;
  readonly run: Run;
  /** Undefined where the run holds the same facts as the failure-free one. */
  readonly divergence: Divergence | undefined;
}
