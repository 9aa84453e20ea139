/** A protocol of node handlers as the subject of a check. */
import type { FaultSet } from '../../injector/faults.js';
import { tellHandlerRun, type SeenRun } from '../../injector/handler-run.js';
import {
  violationsOf,
  type HandlerRun,
  type Outcome,
  type PropertyJudgement,
  type Run,
  type Violation,
} from '../../injector/run.js';
import { happenedFaults } from '../../injector/happened.js';
import { learn } from '../../injector/learn/learn.js';
import { concreteWorld } from '../../injector/world.js';
import type { FaultSpace } from '../../injector/fault-space.js';
import { faultsOfTrail, stepFaultsOf } from '../../injector/step-faults.js';
import { lineageOfHandlers, type Rests, type StateGoal } from '../../lineage/handlers/lineage.js';
import type { Lineage } from '../../lineage/lineage.js';
import type { Conditions } from '../../lineage/conditions.js';
import type { Suspect } from '../../lineage/suspects.js';
import { booleans, FALSE, type Condition } from '../../model/algebra.js';
import type { World } from '../../model/world.js';
import { CellCalls } from '../../model/handlers/cells/cell-calls.js';
import { CellPass } from '../../model/handlers/cells/cell-pass.js';
import { CellSpecification } from '../../model/handlers/cells/cell-specification.js';
import { JointSearch, type JointFindings } from '../../model/handlers/joint/joint-search.js';
import { HandlerEvaluator } from '../../model/handlers/evaluator.js';
import type {
  HandlerEvaluation,
  Packet,
  HandlerRunOptions,
  HandlerStep,
} from '../../model/handlers/evaluation.js';
import { HandlerError, TooManyLocalStates } from '../../model/handlers/errors.js';
import type { HandlerProtocol } from '../../model/handlers/protocol.js';
import { viewsText } from '../../model/handlers/shown.js';
import { HandlerSpecification, type ConditionalFindings } from '../../model/handlers/specification.js';
import { multiplyingStates } from '../../model/handlers/multiplying.js';
import { observedIn } from '../../model/handlers/observed.js';
import { reachedParts } from '../../model/handlers/reached.js';
import type { Multiplying } from '../../model/multiplying.js';
import type { ReachablePart } from '../../model/reachable.js';
import type { Steps } from '../../model/steps.js';
import { divergenceOf } from './divergence.js';
import { ProtocolError } from '../failures/protocol-error.js';
import type { Divergence } from '../result.js';
import { suspectedHandlers } from '../suspects/of-handlers.js';
import { EvenSample } from './sample.js';
import { callsBegun } from './calls-begun.js';
import type {
  KnownOfViolation,
  RecordedOutcome,
  SearchOfStates,
  SpecificationConditions,
  Subject,
  SubjectOptions,
  UnfinishedCall,
  WayToEvaluate,
  WorkCounts,
} from './subject.js';
import { NOTHING_UNREAD } from '../unasked.js';

/** Calls that are made once more when all is done. */
const MOST_REPEATED = 1_000;

/** Where cells of many values make a diagram larger than this, it is larger than memory soon. */
const DIAGRAM_OF_CELLS = 100_000;
/** To follow a way that no run takes costs less than many conflicts, of which counting has a great many. */
const CONFLICTS_OF_CELLS = 1_000;

/** A call that can be made once more, and the run in which it was made. */
interface MadeCall {
  readonly repeat: () => void;
  readonly faults: FaultSet | undefined;
}

export class HandlerSubject implements Subject {
  readonly properties: readonly string[];
  /** As far as calls that are made twice show. */
  readonly isRepeatable = true;
  private readonly evaluator: HandlerEvaluator;
  private readonly judge: HandlerSpecification;
  private readonly cellCalls: CellCalls;
  /** Of the run under way; undefined in the run over all fault sets. */
  private faults: FaultSet | undefined;
  /** Of the state that is looked at, where all states are. */
  private faultsUnderWay: (() => FaultSet) | undefined;
  private readonly made = new EvenSample<MadeCall>(MOST_REPEATED);

  constructor(
    readonly protocol: HandlerProtocol,
    private readonly options: SubjectOptions,
  ) {
    const { nodes, eot } = options;
    const onCall = (repeat: () => void) => {
      this.made.offer({ repeat, faults: this.faults });
    };
    const onBegin = () => {
      callsBegun.publish(this.evaluator.calls);
    };
    this.evaluator = new HandlerEvaluator(protocol, { nodes, eot, onCall, onBegin });
    this.judge = new HandlerSpecification(this.evaluator);
    this.cellCalls = new CellCalls(protocol, this.evaluator.calls);
    this.properties = Object.keys(protocol.specification);
  }

  get work(): WorkCounts {
    const { calls, localStates } = this.evaluator;
    return { firings: 0, facts: 0, handlerRuns: calls.made + this.cellCalls.made, localStates };
  }

  get asked(): ReadonlySet<string> {
    return this.evaluator.calls.asked;
  }

  get unread(): ReadonlySet<string> {
    const isRead = Object.values(this.protocol.specification).some((property) => 'linearizable' in property);
    return isRead ? NOTHING_UNREAD : this.evaluator.calls.recorded;
  }

  get reached(): readonly ReachablePart[] {
    return reachedParts(this.evaluator.calls, this.cellCalls);
  }

  get multiplies(): Multiplying | undefined {
    return multiplyingStates(this.evaluator);
  }

  get unfinished(): UnfinishedCall | undefined {
    const { underWay, condition } = this.evaluator.calls;
    if (underWay === undefined) return undefined;
    const { call, again } = underWay;
    const failure = new HandlerError(call, { kind: 'endless' }, condition);
    return { failure, faults: this.faultsUnderWay?.() ?? this.faults, again };
  }

  outcome(faults: FaultSet): Outcome<PropertyJudgement> {
    return this.under(faults, () => this.outcomeOf(this.run(faults)));
  }

  shown(faults: FaultSet): readonly (readonly string[])[] {
    return this.under(faults, () => {
      const { nodes, eot } = this.options;
      const evaluation = this.run(faults);
      return Array.from({ length: eot }, (_, index) =>
        nodes.map((_node, place) => viewsText(evaluation.viewsOf(place, index + 1))),
      );
    });
  }

  confirm(faults: FaultSet): Outcome<PropertyJudgement> {
    return this.evaluator.repeating(() => this.outcome(faults));
  }

  replay(faults: FaultSet): HandlerRun {
    return this.evaluator.repeating(() => this.under(faults, () => this.told(faults)));
  }

  /** In another order than before: what is remembered outside of the state is then not what it was. */
  repeatCalls(): void {
    for (const { repeat, faults } of this.made.mixed()) {
      this.options.checkpoint();
      if (faults === undefined) repeat();
      else this.under(faults, repeat);
    }
  }

  private told(faults: FaultSet): HandlerRun {
    const seen = this.seen(faults);
    const outcome = this.outcomeOf(seen.evaluation);
    const goals = this.goalsOf(violationsOf(outcome), seen);
    // Most runs violate nothing, and then nothing needs to be explained.
    const past = goals.length > 0 ? this.lineageAt(seen, faults, goals, 'on all') : undefined;
    this.options.checkpoint();
    const course = tellHandlerRun(this.evaluator, seen, faults, past);
    return { ...course, ...outcome };
  }

  lineage(faults: FaultSet, property?: string): Lineage {
    return this.under(faults, () => {
      const seen = this.seen(faults);
      const violated = violationsOf(this.outcomeOf(seen.evaluation)).filter(
        (violation) => property === undefined || violation.property === property,
      );
      const goals = violated.length > 0 ? this.goalsOf(violated, seen) : this.judge.looksAt;
      return this.lineageAt(seen, faults, goals, 'on all');
    });
  }

  lineageOf(violation: Violation, faults: FaultSet, rests: Rests): Lineage {
    return this.under(faults, () => {
      const seen = this.seen(faults);
      return this.lineageAt(seen, faults, this.goalsOf([violation], seen), rests);
    });
  }

  /** What violations are about. */
  suspects(faults: FaultSet, { changed, good, lineageOf }: KnownOfViolation): readonly Suspect[] {
    return suspectedHandlers(this.protocol, changed, {
      run: this.replay(faults),
      lineage: lineageOf(faults, 'on all'),
      read: lineageOf(faults, 'looked at'),
      others: good.map((others) => lineageOf(others, 'on all')),
    });
  }

  private goalsOf(violations: readonly Violation[], { evaluation }: SeenRun): readonly StateGoal[] {
    return violations.flatMap(({ property, time }) => this.judge.lookedAt(property, time, evaluation));
  }

  whyNot(): undefined {
    // What a handler would have done is not to be read off what it did.
  }

  get provesByLineage(): boolean {
    return this.options.lineage === 'causal';
  }

  divergence(run: Run, failureFree: Run): Divergence | undefined {
    return divergenceOf(run, failureFree, () => true);
  }

  states(space: FaultSpace): SearchOfStates | undefined {
    const faults = stepFaultsOf(space);
    if (faults === undefined || this.judge.isOverTime) return undefined;
    const search = new JointSearch(this.evaluator, this.judge, faults);
    return {
      get turns() {
        return search.turns;
      },
      get turnsBefore() {
        return search.turnsBefore;
      },
      get isViolated() {
        return search.violating > 0n;
      },
      steps: () => this.stepsThroughStates(search, space),
    };
  }

  private *stepsThroughStates(search: JointSearch, space: FaultSpace): Steps<JointFindings | undefined> {
    const { checkpoint, localStateLimit = Infinity } = this.options;
    const steps = search.steps();
    for (;;) {
      this.faultsUnderWay = () => faultsOfTrail(search.trail, space);
      const step = steps.next();
      this.faultsUnderWay = undefined;
      if (step.done === true) return step.value;
      if (this.evaluator.localStates > localStateLimit) throw new TooManyLocalStates(localStateLimit);
      checkpoint();
      yield;
    }
  }

  get ways(): readonly WayToEvaluate[] {
    this.faults = undefined;
    return [
      { specification: (world, conditions, onTime) => this.byStates(world, conditions, onTime) },
      {
        diagramNodes: DIAGRAM_OF_CELLS,
        conflicts: CONFLICTS_OF_CELLS,
        specification: (world, _, onTime) => this.byCells(world, onTime),
      },
    ];
  }

  private *byCells(world: World, onTime: (time: number) => void): Steps<SpecificationConditions> {
    const { eot, checkpoint } = this.options;
    const specification = new CellSpecification(this.cellCalls, world, eot);
    const pass = new CellPass(this.cellCalls, world, eot, checkpoint, (time, answers, recorded) => {
      onTime(time);
      specification.see(time, answers, recorded);
    });
    yield* pass.steps();
    return {
      violation: specification.violation,
      seen: [...specification.seen.map(({ condition }) => condition), ...specification.down],
      observed: observedIn(specification.seen, this.evaluator.calls),
      asked: (property) => specification.askedBy(property),
    };
  }

  private *byStates(
    world: World,
    conditions: Conditions,
    onTime: (time: number) => void,
  ): Steps<SpecificationConditions> {
    const { checkpoint, localStateLimit = Infinity } = this.options;
    let violation: Condition = FALSE;
    const outcomes: ConditionalFindings[] = [];
    const evaluation = yield* this.evaluator.steps(world, { checkpoint, localStateLimit, onTime });
    for (const outcome of this.judge.findings(evaluation, conditions)) {
      checkpoint();
      yield;
      outcomes.push(outcome);
      if (outcome.findings.some(({ reason }) => reason !== undefined))
        violation = conditions.or(violation, outcome.condition);
    }
    const asked = (property: string) =>
      outcomes
        .filter(({ findings }) => findings.some((finding) => finding.property === property && finding.pre))
        .reduce((any, { condition }) => conditions.or(any, condition), FALSE);
    const { nodes } = this.options;
    const seen = this.judge.times.flatMap((time) =>
      nodes.flatMap((node, place) =>
        evaluation.viewsOf(place, time).map(({ observation: { value: observation }, condition }) => {
          return { node, observation, condition };
        }),
      ),
    );
    const observed = observedIn(seen, this.evaluator.calls);
    return { violation, seen: seen.map(({ condition }) => condition), observed, asked };
  }

  record(faults: FaultSet): RecordedOutcome {
    return this.under(faults, () => this.recorded(faults));
  }

  private recorded(faults: FaultSet): RecordedOutcome {
    const seen = this.seen(faults);
    const outcome = this.outcomeOf(seen.evaluation);
    const { restsOnFaults } = this.judge;
    return {
      outcome,
      requireBroken: (terms) => {
        // Any other fault set may have another outcome, whatever its faults do to the run.
        if (restsOnFaults) {
          terms.solver.exclude(faults);
          return false;
        }
        const rests = this.options.lineage === 'causal' ? 'on all' : 'looked at';
        return learn(this.lineageAt(seen, faults, this.judge.looksAt, rests), terms);
      },
    };
  }

  /** Why nodes are in the states that properties see. */
  private lineageAt(seen: SeenRun, faults: FaultSet, goals: readonly StateGoal[], rests: Rests): Lineage {
    const { longestDelay } = this.options;
    return lineageOfHandlers(
      { evaluator: this.evaluator, ...seen },
      happenedFaults(faults, longestDelay),
      goals,
      rests,
    );
  }

  /** A handler that fails is told with the fault set of the run. @throws ProtocolError */
  private under<Value>(faults: FaultSet, work: () => Value): Value {
    this.faults = faults;
    try {
      return work();
    } catch (error) {
      throw error instanceof HandlerError ? new ProtocolError(error, faults, this.protocol.span) : error;
    }
  }

  private seen(faults: FaultSet): SeenRun {
    const steps: HandlerStep[] = [];
    const packets: Packet[] = [];
    const evaluation = this.run(faults, {
      onSent: (packet) => packets.push(packet),
      onStep: (step) => steps.push(step),
    });
    return { evaluation, steps, packets };
  }

  private run(
    faults: FaultSet,
    listeners: Pick<HandlerRunOptions, 'onSent' | 'onStep'> = {},
  ): HandlerEvaluation {
    const { checkpoint } = this.options;
    return this.evaluator.run(concreteWorld(faults), { checkpoint, ...listeners });
  }

  /** Of a property about every time, the first time at which it is violated is told. */
  private outcomeOf(evaluation: HandlerEvaluation): Outcome<PropertyJudgement> {
    const judgements = new Map(
      this.properties.map((property): [string, PropertyJudgement] => [
        property,
        { kind: 'not asked', property },
      ]),
    );
    for (const { time, findings } of this.judge.findings(evaluation, booleans)) {
      for (const { property, pre: asked, reason } of findings) {
        if (!asked || judgements.get(property)!.kind === 'violated') continue;
        judgements.set(
          property,
          reason === undefined ? { kind: 'held', property } : { kind: 'violated', property, time, reason },
        );
      }
    }
    return { judgements: [...judgements.values()] };
  }
}
