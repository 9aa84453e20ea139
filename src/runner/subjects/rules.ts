/** A rule program as the subject of a check. */
import type { FaultSolver } from '../../injector/fault-solver.js';
import type { FaultSpace } from '../../injector/fault-space.js';
import type { FaultSet } from '../../injector/faults.js';
import { happenedFaults } from '../../injector/happened.js';
import { goalsOf, outcomeOf, replay } from '../../injector/replay.js';
import {
  violationsOf,
  type Outcome,
  type RuleRun,
  type Run,
  type TupleJudgement,
  type Violation,
} from '../../injector/run.js';
import { supportOf, type SupportResult } from '../../injector/learn/support.js';
import { concreteWorld } from '../../injector/world.js';
import type { Conditions } from '../../lineage/conditions.js';
import type { Lineage } from '../../lineage/lineage.js';
import { lineageOfRules } from '../../lineage/rules/lineage.js';
import type { FactGoal } from '../../lineage/rules/reasons.js';
import { recordRun } from '../../lineage/rules/record.js';
import { whyNotDerived } from '../../lineage/rules/why-not.js';
import type { Suspect } from '../../lineage/suspects.js';
import type { WhyNot } from '../../lineage/why-not.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import { Evaluator, type Evaluation } from '../../model/rules/evaluate/evaluator.js';
import type { World } from '../../model/world.js';
import type { Firing } from '../../model/rules/evaluate/firing.js';
import { atomsOf, factsOf, isAggregating, rulesOf } from '../../model/rules/walk.js';
import { builtInRelations } from '../../model/rules/check/built-in.js';
import { messageRelations } from '../../model/rules/delivered.js';
import type { Multiplying } from '../../model/multiplying.js';
import { compareStrings } from '../../model/order.js';
import type { ReachablePart } from '../../model/reachable.js';
import { FAULT, type CheckedProgram } from '../../model/rules/program.js';
import {
  goalsOfProperties,
  propertiesOf,
  propertyNamed,
  timesOfProperty,
  type RuleProperty,
} from '../../model/rules/specification.js';
import type { Steps } from '../../model/steps.js';
import { divergenceOf } from './divergence.js';
import { protocolRelations } from './protocol-relations.js';
import type { Divergence } from '../result.js';
import { NOTHING_UNREAD, type AskedNames } from '../unasked.js';
import { suspectedRules } from '../suspects/of-rules.js';
import type {
  KnownOfViolation,
  RecordedOutcome,
  SpecificationConditions,
  WayToEvaluate,
  Subject,
  SubjectOptions,
  WorkCounts,
} from './subject.js';

/** Steps from what is lacking that are looked at, one behind another, to say where to look first. */
const DEEPEST = 40;

export class RuleSubject implements Subject {
  readonly properties: readonly string[];
  private readonly specified: readonly RuleProperty[];
  readonly isRepeatable = true;
  readonly provesByLineage = true;
  /** Rules come to an end. */
  readonly unfinished = undefined;
  /** Of the run over all fault sets. */
  reached: readonly ReachablePart[] | undefined;
  private firings = 0;
  private facts = 0;
  /** Derives only what the specification reads. */
  private evaluator: Evaluator;
  private everything: Evaluator | undefined;
  private support: SupportResult | undefined;
  private readonly aggregates: boolean;

  constructor(
    readonly protocol: CheckedProgram,
    private readonly options: SubjectOptions,
  ) {
    this.specified = propertiesOf(protocol.program);
    this.properties = this.specified.map(({ name }) => name);
    this.evaluator = this.newEvaluator('skipped');
    this.aggregates = rulesOf(protocol.program).some(isAggregating);
  }

  readonly unread = NOTHING_UNREAD;

  get asked(): AskedNames {
    const { program } = this.protocol;
    if (!builtInRelations(program).has(FAULT)) return new Set();
    const read = rulesOf(program)
      .flatMap(atomsOf)
      .filter(({ relation }) => relation === FAULT);
    const names = read.map(({ terms: [, name] }) =>
      name.kind === 'constant' ? String(name.value) : undefined,
    );
    return names.includes(undefined) ? 'any' : new Set(names as readonly string[]);
  }

  get work(): WorkCounts {
    const { firings, facts } = this;
    return { firings, facts, handlerRuns: 0, localStates: 0 };
  }

  get multiplies(): Multiplying | undefined {
    const [most] = this.evaluator.relations
      .map(({ name: relation, tuples: { size: tuples } }) => ({ kind: 'tuples', relation, tuples }) as const)
      .filter(({ tuples }) => tuples > 0)
      .sort((a, b) => b.tuples - a.tuples || compareStrings(a.relation, b.relation));
    return most;
  }

  shown(): undefined {
    // Its facts say all.
  }

  outcome(faults: FaultSet): Outcome<TupleJudgement> {
    const { checkpoint } = this.options;
    return this.outcomeOf(this.evaluator.run(concreteWorld(faults), { checkpoint }));
  }

  /** Rules remember nothing from one run to the next. */
  confirm(faults: FaultSet): Outcome<TupleJudgement> {
    return this.outcome(faults);
  }

  repeatCalls(): void {
    // There are none.
  }

  replay(faults: FaultSet): RuleRun {
    return replay(this.evaluatorOfAll(), faults, { checkpoint: this.options.checkpoint });
  }

  lineage(faults: FaultSet): Lineage {
    const { checkpoint } = this.options;
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint });
    const goals = goalsOf(this.outcomeOf(run.evaluation), evaluator);
    return lineageOfRules(run, happenedFaults(faults, evaluator.longestDelay), goals, 'whole');
  }

  lineageOf(violation: Violation, faults: FaultSet): Lineage {
    if (!('tuple' in violation)) throw new Error(`rules have no property ${violation.property}`);
    const { time } = violation;
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint: this.options.checkpoint });
    const relations = [violation.property, propertyNamed(violation.property).kept];
    const goals = relations.map((relation) => ({ relation, pattern: violation.tuple, time }));
    return lineageOfRules(run, happenedFaults(faults, evaluator.longestDelay), goals, 'whole');
  }

  suspects(faults: FaultSet, { violation, changed, lineageOf }: KnownOfViolation): readonly Suspect[] {
    return suspectedRules(changed, {
      relation: violation.property,
      program: this.protocol.program,
      lineage: lineageOf(faults, 'on all'),
      lacking: this.whyNot(faults, DEEPEST)[0],
      needsFaults: faults.length > 0,
    });
  }

  whyNot(faults: FaultSet, depth: number, facts?: readonly FactGoal[]): readonly WhyNot[] {
    const { checkpoint } = this.options;
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint });
    const happened = happenedFaults(faults, evaluator.longestDelay);
    const lacking =
      facts ??
      violationsOf(this.outcomeOf(run.evaluation)).map(({ property, tuple: pattern, time }) => {
        return { relation: propertyNamed(property).kept, pattern, time };
      });
    return lacking.map((goal) => whyNotDerived(run, happened, goal, depth));
  }

  private evaluatorOfAll(): Evaluator {
    return (this.everything ??= this.newEvaluator('derived'));
  }

  private newEvaluator(others: 'skipped' | 'derived'): Evaluator {
    const {
      nodes,
      eot,
      longestDelay = 0,
      outages = false,
      pauses = false,
      interruptions = false,
    } = this.options;
    const goals = goalsOfProperties(this.specified);
    const may = { longestDelay, outages, pauses, interruptions };
    return new Evaluator(this.protocol, { nodes, eot, ...may, ...goals, others });
  }

  divergence(run: Run, failureFree: Run): Divergence | undefined {
    const protocol = protocolRelations(this.protocol.program);
    return divergenceOf(run, failureFree, (relation) => protocol.has(relation));
  }

  /** Facts are no states of nodes. */
  states(): undefined {
    return undefined;
  }

  get ways(): readonly WayToEvaluate[] {
    return [{ specification: (world, conditions, onTime) => this.specification(world, conditions, onTime) }];
  }

  private *specification(
    world: World,
    conditions: Conditions,
    onTime: (time: number) => void,
  ): Steps<SpecificationConditions> {
    const { eot, checkpoint, tupleLimit } = this.options;
    const evaluation = yield* this.evaluator.steps(world, {
      checkpoint: (time) => {
        onTime(time);
        checkpoint();
      },
      ...(tupleLimit !== undefined && { tupleLimit }),
    });
    this.firings = evaluation.firings;
    this.facts = evaluation.facts;
    this.reached = this.deliveredIn(evaluation);
    let violation: Condition = FALSE;
    const asking = new Map<string, Condition[]>();
    const seen: Condition[] = [];
    for (const property of this.specified) {
      const own: Condition[] = [];
      asking.set(property.name, own);
      for (const time of timesOfProperty(property, eot)) {
        for (const { tuple, condition } of evaluation.factsOf(property.name, time)) {
          own.push(condition);
          const missing = conditions.not(evaluation.condition(property.kept, tuple, time));
          seen.push(condition, missing);
          violation = conditions.or(violation, conditions.and(condition, missing));
        }
      }
    }
    const asked = (property: string) =>
      (asking.get(property) ?? []).reduce((any, condition) => conditions.or(any, condition), FALSE);
    return { violation, seen, asked };
  }

  /** Of the messages that bear on the specification and of which a fact tells that one was delivered: nothing else derives it. */
  private deliveredIn(evaluation: Evaluation): readonly ReachablePart[] {
    const { evaluator } = this;
    const times = Array.from({ length: evaluator.eot }, (_, index) => index + 1);
    const { program } = this.protocol;
    const given = new Set(factsOf(program).map(({ relation }) => relation));
    return messageRelations(program)
      .filter(
        (name) => !given.has(name) && evaluator.rulesFor(name).every(({ timing }) => timing === 'async'),
      )
      .filter((name) => times.some((time) => evaluator.matters(name, time)))
      .map((name) => {
        const facts = times.flatMap((time) => evaluation.factsOf(name, time));
        const reached = new Set(facts.map(({ tuple: [to] }) => to));
        return { kind: 'message', name, nodes: evaluator.nodes.filter((node) => reached.has(node)) };
      });
  }

  private outcomeOf(evaluation: Evaluation): Outcome<TupleJudgement> {
    return outcomeOf(evaluation, this.options.eot, this.specified);
  }

  record(faults: FaultSet): RecordedOutcome {
    const { evaluator } = this;
    const { checkpoint } = this.options;
    const aggregates: Firing[] = [];
    const onFiring = (firing: Firing) => {
      if (isAggregating(firing.rule)) aggregates.push(firing);
    };
    const listening = this.aggregates ? { checkpoint, onFiring } : { checkpoint };
    const evaluation = evaluator.run(concreteWorld(faults), listening);
    return {
      outcome: this.outcomeOf(evaluation),
      requireBroken: ({ solver, space }) => {
        this.support ??= this.supportWithin(solver, space);
        if (this.support.kind === 'known') this.support.support.learn(evaluation, aggregates, faults);
        return false;
      },
    };
  }

  private supportWithin(solver: FaultSolver, space: FaultSpace): SupportResult {
    const result = supportOf(this.evaluator, solver, space, this.options.checkpoint);
    if (result.kind === 'unknown') this.evaluator = this.newEvaluator('skipped');
    return result;
  }
}
