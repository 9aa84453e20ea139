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
import type { WhyNot } from '../../lineage/why-not.js';
import { FALSE, type Condition } from '../../model/algebra.js';
import { Evaluator } from '../../model/rules/evaluate/evaluator.js';
import type { World } from '../../model/world.js';
import type { Firing } from '../../model/rules/evaluate/firing.js';
import { atomsOf, isAggregating, rulesOf } from '../../model/rules/walk.js';
import { builtInRelations } from '../../model/rules/check/built-in.js';
import { FAULT, type CheckedProgram } from '../../model/rules/program.js';
import type { Steps } from '../../model/steps.js';
import { divergenceOf } from './divergence.js';
import { protocolRelations } from './protocol-relations.js';
import type { Divergence } from '../result.js';
import type { AskedNames } from '../unasked.js';
import type {
  RecordedOutcome,
  SpecificationConditions,
  WayToEvaluate,
  Subject,
  SubjectOptions,
  WorkCounts,
} from './subject.js';

/** The specification reads `pre` and `post` at EOT, and nothing else. */
const GOALS = ['pre', 'post'];

export class RuleSubject implements Subject {
  readonly properties = ['pre'];
  readonly isRepeatable = true;
  readonly provesByLineage = true;
  /** Rules come to an end. */
  readonly unfinished = undefined;
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
    this.evaluator = this.newEvaluator('skipped');
    this.aggregates = rulesOf(protocol.program).some(isAggregating);
  }

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

  outcome(faults: FaultSet): Outcome<TupleJudgement> {
    const { eot, checkpoint } = this.options;
    return outcomeOf(this.evaluator.run(concreteWorld(faults), { checkpoint }), eot);
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
    const { eot, checkpoint } = this.options;
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint });
    const goals = goalsOf(outcomeOf(run.evaluation, eot), evaluator);
    return lineageOfRules(run, happenedFaults(faults, evaluator.longestDelay), goals, 'whole');
  }

  lineageOf({ property, time, ...violation }: Violation, faults: FaultSet): Lineage {
    if (!('tuple' in violation)) throw new Error(`rules have no property ${property}`);
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint: this.options.checkpoint });
    const goals = ['pre', 'post'].map((relation) => ({ relation, pattern: violation.tuple, time }));
    return lineageOfRules(run, happenedFaults(faults, evaluator.longestDelay), goals, 'whole');
  }

  whyNot(faults: FaultSet, depth: number, facts?: readonly FactGoal[]): readonly WhyNot[] {
    const { eot: time, checkpoint } = this.options;
    const evaluator = this.evaluatorOfAll();
    const run = recordRun(evaluator, concreteWorld(faults), { checkpoint });
    const happened = happenedFaults(faults, evaluator.longestDelay);
    const lacking =
      facts ??
      violationsOf(outcomeOf(run.evaluation, time)).map(({ tuple: pattern }) => {
        return { relation: 'post', pattern, time };
      });
    return lacking.map((goal) => whyNotDerived(run, happened, goal, depth));
  }

  private evaluatorOfAll(): Evaluator {
    return (this.everything ??= this.newEvaluator('derived'));
  }

  private newEvaluator(others: 'skipped' | 'derived'): Evaluator {
    const { nodes, eot, longestDelay = 0, outages = false } = this.options;
    return new Evaluator(this.protocol, { nodes, eot, longestDelay, outages, goals: GOALS, others });
  }

  divergence(run: Run, failureFree: Run): Divergence | undefined {
    const protocol = protocolRelations(this.protocol.program);
    return divergenceOf(run, failureFree, (relation) => protocol.has(relation));
  }

  get ways(): readonly WayToEvaluate[] {
    return [{ specification: (world, conditions) => this.specification(world, conditions) }];
  }

  private *specification(world: World, conditions: Conditions): Steps<SpecificationConditions> {
    const { eot, checkpoint, tupleLimit } = this.options;
    const evaluation = yield* this.evaluator.steps(world, {
      checkpoint,
      ...(tupleLimit !== undefined && { tupleLimit }),
    });
    this.firings = evaluation.firings;
    this.facts = evaluation.facts;
    const pre = evaluation.factsOf('pre', eot);
    let violation: Condition = FALSE;
    for (const { tuple, condition } of pre) {
      const missing = conditions.not(evaluation.condition('post', tuple, eot));
      violation = conditions.or(violation, conditions.and(condition, missing));
    }
    const asked = () => pre.reduce((any, { condition }) => conditions.or(any, condition), FALSE);
    return { violation, asked };
  }

  record(faults: FaultSet): RecordedOutcome {
    const { evaluator } = this;
    const { eot, checkpoint } = this.options;
    const aggregates: Firing[] = [];
    const onFiring = (firing: Firing) => {
      if (isAggregating(firing.rule)) aggregates.push(firing);
    };
    const listening = this.aggregates ? { checkpoint, onFiring } : { checkpoint };
    const evaluation = evaluator.run(concreteWorld(faults), listening);
    return {
      outcome: outcomeOf(evaluation, eot),
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
