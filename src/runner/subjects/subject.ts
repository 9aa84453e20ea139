/**
 * What strategies know of a protocol, whatever it is written in: how to run it under one fault set or under
 * all, what the specification says of a run, and what that rested on.
 */
import type { Multiplying } from '../../model/multiplying.js';
import type { Observed } from '../../model/observed.js';
import type { ReachablePart } from '../../model/reachable.js';
import type { LineageTerms } from '../../injector/learn/learn.js';
import type { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import type { Outcome, Run, Violation } from '../../injector/run.js';
import type { Rests } from '../../lineage/handlers/lineage.js';
import type { Lineage } from '../../lineage/lineage.js';
import type { Statement, Suspect } from '../../lineage/suspects.js';
import type { FactGoal } from '../../lineage/rules/reasons.js';
import type { WhyNot } from '../../lineage/why-not.js';
import type { Conditions } from '../../lineage/conditions.js';
import type { Condition } from '../../model/algebra.js';
import type { Protocol } from '../../model/protocol.js';
import type { World } from '../../model/world.js';
import type { HandlerError } from '../../model/handlers/errors.js';
import type { JointFindings } from '../../model/handlers/joint/joint-search.js';
import type { Steps } from '../../model/steps.js';
import type { Divergence } from '../result.js';
import type { AskedNames } from '../unasked.js';

export interface SubjectOptions {
  readonly nodes: readonly string[];
  readonly eot: number;
  /** The most timesteps by which a message may be late; default 0. */
  readonly longestDelay?: number;
  /** Whether nodes may be down for a while and start again; default false. */
  readonly outages?: boolean;
  /** Whether nodes may pause; default false. */
  readonly pauses?: boolean;
  /** Whether nodes may stop in the midst of a timestep; default false. */
  readonly interruptions?: boolean;
  /** Called now and then while a run goes on. */
  readonly checkpoint: () => void;
  /** The most local states of handlers; default no limit. */
  readonly localStateLimit?: number;
  /** The most tuples of one relation at one time in the run over all fault sets of rules; default 500,000. */
  readonly tupleLimit?: number;
  readonly lineage: HandlerLineageKind;
}

/**
 * What the outcome of handlers is taken to rest on. `causal`: everything that made a difference where it was
 * received. `tracked`: what handlers really read of that; it finds bugs in fewer runs, and proves nothing.
 */
export type HandlerLineageKind = 'causal' | 'tracked';

/** A call of a handler, or of a property, that had not returned when time ran out. */
export interface UnfinishedCall {
  /** It, as one that does not return. */
  readonly failure: HandlerError;
  /** The fault set of the run; undefined in the run over all, where the failure has a condition. */
  readonly faults: FaultSet | undefined;
  /** Makes the same call once more, to no effect. */
  readonly again: () => unknown;
}

/** What is known of what is checked, without running it. */
export interface Described {
  /** The names of its properties, in the order of the specification; of rules, which have one, `pre`. */
  readonly properties: readonly string[];
  /** What the protocol came to do in the runs so far; undefined where that is not known. */
  readonly reached: readonly ReachablePart[] | undefined;
  /**
   * Whether a run under the same faults is the same run. Where it is not, one that differs when it is repeated is a
   * finding; where it is, that is a bug.
   */
  readonly isRepeatable: boolean;
  /** Whether its lineage takes in all that an outcome rests on, so that to exhaust it is a proof. */
  readonly provesByLineage: boolean;
  /** The names of faults that something asked for so far. */
  readonly asked: AskedNames;
  /** The types of the operations that were recorded so far, and that no property is about. */
  readonly unread: ReadonlySet<string>;
  readonly work: WorkCounts;
  /** Where a run first parts from the failure-free one. */
  divergence(run: Run, failureFree: Run): Divergence | undefined;
}

/** What can be run. */
export interface Runnable {
  outcome(faults: FaultSet): Outcome;
  /** Tells all that happened, confirmed. */
  replay(faults: FaultSet): Run;
}

/** What can say what a run rested on. */
export interface Recordable {
  /** Runs under one fault set, and remembers why the outcome was as it was. */
  record(faults: FaultSet): RecordedOutcome;
}

/** A search through the states that all nodes may be in together. */
export interface SearchOfStates {
  /** How much was done so far: turns of nodes. */
  readonly turns: number;
  /** Those of all timesteps but the one that it has come to. */
  readonly turnsBefore: number;
  /** Whether a violation was found. */
  readonly isViolated: boolean;
  /**
   * May be put aside, and for good. Undefined where properties ask for more than states tell.
   *
   * @throws HandlerError
   */
  steps(): Steps<JointFindings | undefined>;
}

/** What can be evaluated for all fault sets at once. */
export interface Evaluable {
  readonly protocol: Protocol;
  /** Undefined where more than the states of the nodes matters, by what they are or by the faults that there are. */
  states(space: FaultSpace): SearchOfStates | undefined;
  /** How it can be done, at least one way; all come to the same. The first is the one that tells most when it fails. */
  readonly ways: readonly WayToEvaluate[];
  /** What there is most of, in all runs so far; undefined where there is nothing. */
  readonly multiplies: Multiplying | undefined;
}

/** One way to evaluate for all fault sets at once. */
export interface WayToEvaluate {
  /** Nodes that a diagram may have at most to be of use; default no limit but the budget's. */
  readonly diagramNodes?: number;
  /** Conflicts that the solver may have with one question; what it cannot answer may hold. Default no limit. */
  readonly conflicts?: number | undefined;
  /**
   * Runs under all fault sets at once; may be put aside between two events, and for good.
   *
   * @param onTime told of each timestep that it comes to, where it goes through them once
   */
  specification(
    world: World,
    conditions: Conditions,
    onTime: (time: number) => void,
  ): Steps<SpecificationConditions>;
}

/** What remembers calls from one run to the next. */
export interface Repeatable {
  /**
   * Makes calls that were remembered once more. What a verdict rests on has to be so still.
   *
   * @throws ProtocolError, or HandlerError of the run over all fault sets, where one differs
   */
  repeatCalls(): void;
}

/** The same, by what takes its time. */
export type Later<Able> = {
  readonly [Name in keyof Able]: Able[Name] extends (faults: FaultSet) => infer Answer
    ? (faults: FaultSet) => Answer | PromiseLike<Answer>
    : Able[Name];
};

/** A protocol on its nodes, up to EOT. */
export interface Subject extends Described, Runnable, Recordable, Evaluable, Repeatable {
  /** Looked at where a run was ended from outside. */
  readonly unfinished: UnfinishedCall | undefined;
  /** By time, what each node shows in a run, as text; undefined of rules, whose facts say all. */
  shown(faults: FaultSet): readonly (readonly string[])[] | undefined;
  /** The outcome, as far as it is remembered from other runs held against calls that are made once more. */
  confirm(faults: FaultSet): Outcome;
  /**
   * Why the outcome is as it is: where it violates, why that is; with all that happened besides.
   *
   * @param property of handlers, the one that is meant; default all
   */
  lineage(faults: FaultSet, property?: string): Lineage;
  /**
   * Why what a violation judges is as it is in a run, which may be a good one; with all that happened besides.
   *
   * @param rests what calls of handlers are taken to rest on of their states
   */
  lineageOf(violation: Violation, faults: FaultSet, rests: Rests): Lineage;
  /** Where to look first in the code, of a run with a violation. */
  suspects(faults: FaultSet, known: KnownOfViolation): readonly Suspect[];
  /**
   * Where the outcome violates, why what would have kept it is not so; undefined where only another run tells.
   *
   * @param depth how many steps are told, one behind another
   * @param facts of rules, what is not so, instead of the outcome; an answer for each
   */
  whyNot(faults: FaultSet, depth: number, facts?: readonly FactGoal[]): readonly WhyNot[] | undefined;
}

/** Why what a violation judges is as it is in a run, as {@link Subject.lineageOf} has it. */
export type LineageOfRun = (faults: FaultSet, rests: Rests) => Lineage;

/** What is known of a violation before it is asked where to look first. */
export interface KnownOfViolation {
  readonly violation: Violation;
  /** Places on the way from the faults. */
  readonly changed: readonly Statement[];
  /** Good runs without one of the faults. */
  readonly good: readonly FaultSet[];
  readonly lineageOf: LineageOfRun;
}

/** Counts of what was done so far, which do not depend on the machine. */
export interface WorkCounts {
  /** Firings of rules in the run over all fault sets. */
  readonly firings: number;
  /** Facts of that run. */
  readonly facts: number;
  /** Distinct calls of handlers, in all runs. */
  readonly handlerRuns: number;
  /** Distinct local states, in all runs. */
  readonly localStates: number;
}

export interface SpecificationConditions {
  /** Under which fault sets the specification is violated. */
  readonly violation: Condition;
  /** Of what properties see of runs, when each thing is so: what does not change these changes no outcome. */
  readonly seen: readonly Condition[];
  /** Which values of observations occur; absent of rules. */
  readonly observed?: Observed;
  /** Under which a property asks anything of a run. Made when it is asked for, as it seldom is. */
  readonly asked: (property: string) => Condition;
}

export interface RecordedOutcome {
  readonly outcome: Outcome;
  /**
   * Requires of the solver's fault sets that they change what the good outcome of this run rested on.
   * Whether that takes in something that was absent, and may appear for reasons that are left open.
   */
  requireBroken(terms: LineageTerms): boolean;
}
