/**
 * What good runs teach about the fault sets that break a protocol (Alvaro et al., "Lineage-driven Fault
 * Injection", 2015): clauses about a run that violates the specification, over its faults and over what holds
 * in it, of all that may hold at all. There are two kinds.
 *
 * - A fact holds *only if* some rule derives it. These are known from the start, and say why a fact may appear:
 *   the premises of an instance hold, the facts that it must do without are missing, its message arrives.
 * - A fact holds *if* a rule derives it: one clause for each firing that some run has shown, at that time or any
 *   other. They say why a fact may be missing: each firing that was ever seen to derive it fails.
 *
 * All of them are true of every run, so that what one run teaches serves in all that follow. To require the second
 * kind of all instances at once would take fewer runs still; it would also be the whole program as one formula,
 * which `compiled` solves already.
 *
 * The lineage of the good run alone, which serves for handlers (see `learn.ts`), says less: nothing of the same firing at
 * another time, and of what was absent only that something which stood in its way is to change.
 */
import { Instances, type Instance } from '../../lineage/instances.js';
import { MAYBE, possibilities, TooManyPossibilities } from '../../lineage/possible.js';
import { FALSE } from '../../model/algebra.js';
import { EvaluationError, TooManyTuples } from '../../model/rules/evaluate/errors.js';
import type { Evaluation, Evaluator } from '../../model/rules/evaluate/evaluator.js';
import type { Firing, PresentPremise } from '../../model/rules/evaluate/firing.js';
import { isAggregating } from '../../model/rules/walk.js';
import type { Tuple } from '../../model/rules/program.js';
import { propertiesOf, timesOfProperty, type RuleProperty } from '../../model/rules/specification.js';
import type { Literal } from '../../solver/sat.js';
import { AggregateSupport } from './aggregate-support.js';
import { Bodies, failing, type Body } from './bodies.js';
import { FactLiterals, type FactLiteral } from './fact-literals.js';
import type { FaultSolver } from '../fault-solver.js';
import type { FaultSet } from '../faults.js';
import type { FaultSpace } from '../fault-space.js';
import { hasInterruptionsUnder } from '../world.js';
import { RecursionSupport, type Way } from './recursion-support.js';

/** Premises that may hold, over all instances, beyond which they are not worth their clauses. */
const MOST_PREMISES = 1_000_000;

/** Facts that are explained between two checkpoints. */
const CHECKPOINT_INTERVAL = 50;

/** What becomes of an evaluator that told what may happen. */
export type SupportResult =
  | { readonly kind: 'known'; readonly support: Support }
  /** What may happen is too much, or has no value; the evaluator may have come to a limit, and is not to be used. */
  | { readonly kind: 'unknown' };

/**
 * Derives what may happen within the space, and requires of the solver's fault sets that `pre` holds.
 *
 * @param checkpoint called now and then; may throw to stop
 */
export function supportOf(
  evaluator: Evaluator,
  solver: FaultSolver,
  space: FaultSpace,
  checkpoint: () => void,
): SupportResult {
  const algebra = { ...possibilities(MOST_PREMISES), input: () => MAYBE };
  try {
    const possible = evaluator.run(space.world(algebra), { checkpoint });
    return { kind: 'known', support: new Support(possible, evaluator, solver, checkpoint) };
  } catch (error) {
    const isKnown = [EvaluationError, TooManyTuples, TooManyPossibilities].some(
      (kind) => error instanceof kind,
    );
    if (!isKnown) throw error;
    return { kind: 'unknown' };
  }
}

/** Where the body is true, so is the head. */
interface Implication {
  readonly body: Body;
  readonly head: Literal;
}

/** A fact that may hold of a relation by which a specification asks. */
interface Goal {
  readonly property: RuleProperty;
  /** Only where it holds, and is not kept, is this true. */
  readonly violated: Literal;
  /** What is to hold where it does. */
  readonly kept: Literal | 'always' | 'never';
}

export class Support {
  private readonly facts: FactLiterals;
  private readonly bodies: Bodies;
  private readonly aggregates: AggregateSupport;
  private readonly recursion: RecursionSupport;
  private readonly goals: readonly Goal[];
  /** By what they are at any time. */
  private readonly unseen = new Map<string, Implication[]>();
  /** Those that some run was asked. */
  private readonly asked = new Set<RuleProperty>();
  private readonly properties: readonly RuleProperty[];

  /** @param possible what may happen, by {@link possibilities} */
  constructor(
    possible: Evaluation,
    private readonly evaluator: Evaluator,
    private readonly solver: FaultSolver,
    checkpoint: () => void,
  ) {
    const facts = new FactLiterals(possible, evaluator, solver);
    const bodies = new Bodies(facts, evaluator, solver);
    this.facts = facts;
    this.bodies = bodies;
    this.aggregates = new AggregateSupport({ evaluator, facts, bodies, solver });
    this.recursion = new RecursionSupport(evaluator.checked, solver);
    this.properties = propertiesOf(evaluator.checked.program);
    this.goals = this.properties.flatMap((property) =>
      timesOfProperty(property, evaluator.eot).flatMap((time) => this.goalsOf(possible, property, time)),
    );
    solver.addClause(this.goals.map(({ violated }) => violated));
    const instances = new Instances(possible, evaluator);
    let explained = 0;
    for (let next = facts.next(); next !== undefined; next = facts.next()) {
      this.explain(next, instances);
      if (++explained % CHECKPOINT_INTERVAL === 0) checkpoint();
    }
    this.recursion.learn();
  }

  /**
   * Takes in a good run.
   *
   * @param aggregates its firings of aggregating rules
   * @param faults its fault set
   */
  learn(run: Evaluation, aggregates: readonly Firing[], faults: FaultSet): void {
    const holds = this.facts.truth(run, faults);
    for (const [name, alike] of this.unseen) {
      if (!alike.some(({ body }) => body.every(holds))) continue;
      this.unseen.delete(name);
      for (const { body, head } of alike) this.solver.addClause([...failing(body), head]);
    }
    this.aggregates.learn(aggregates, holds);
    this.recursion.learn(holds);
    // What leaves a node that stops in the midst of a timestep depends on all that it sends: that is known of this run alone.
    if (hasInterruptionsUnder(faults)) this.solver.exclude(faults);
    for (const property of this.properties) {
      const times = timesOfProperty(property, this.evaluator.eot);
      if (times.some((time) => run.factsOf(property.name, time).length > 0)) this.requireMissing(property);
    }
  }

  private goalsOf(possible: Evaluation, property: RuleProperty, time: number): readonly Goal[] {
    const { evaluator, solver } = this;
    const literalOf = (name: string, tuple: Tuple) => {
      const relation = evaluator.relation(name);
      const row = relation.tuples.find(tuple.map((value) => evaluator.values.id(value)));
      return this.facts.literal({ kind: 'present', relation, row, time });
    };
    return possible.factsOf(property.name, time).map(({ tuple }) => {
      const violated = solver.newLiteral();
      const holds = literalOf(property.name, tuple);
      if (holds !== undefined) solver.addClause([-violated, holds]);
      const isKept = possible.condition(property.kept, tuple, time) !== FALSE;
      return { property, violated, kept: isKept ? (literalOf(property.kept, tuple) ?? 'always') : 'never' };
    });
  }

  /** Not before a property asked something of some run: until then it is worth to see whether it can. */
  private requireMissing(asked: RuleProperty): void {
    if (this.asked.has(asked)) return;
    this.asked.add(asked);
    for (const { property, violated, kept } of this.goals) {
      if (property === asked && kept !== 'never')
        this.solver.addClause(kept === 'always' ? [-violated] : [-violated, -kept]);
    }
  }

  /** A fact holds only if a rule derives it. */
  private explain({ fact, literal }: FactLiteral, instances: Instances): void {
    const ways = this.evaluator.rulesFor(fact.relation.name).flatMap((rule): readonly Way[] => {
      if (isAggregating(rule)) {
        const given = this.aggregates.reasons(rule, fact, instances);
        return given.map((derives) => ({ head: literal, body: [], derives }));
      }
      return instances.deriving(rule, fact).map((instance) => {
        const arrival = this.bodies.arrival(instance.sending, fact);
        const body = [...this.bodies.premises(instance), ...arrival];
        const certain = [...body, ...this.bodies.certainty(instance.sending, fact)];
        this.await(timeless(this.evaluator.ruleNumber(rule), fact, instance), {
          body: certain,
          head: literal,
        });
        return { head: literal, body, derives: this.bodies.onlyIf(body) };
      });
    });
    this.solver.addClause([-literal, ...ways.map(({ derives }) => derives)]);
    for (const way of ways) this.recursion.add(fact, way);
  }

  private await(name: string, implication: Implication): void {
    const alike = this.unseen.get(name);
    if (alike === undefined) this.unseen.set(name, [implication]);
    else alike.push(implication);
  }
}

/** The name of an instance that derives a fact, the same at all times: a rule does not look at the time. */
function timeless(rule: number, { row }: PresentPremise, { present }: Instance): string {
  return `${rule} ${row} ${present.map((premise) => premise.row).join()}`;
}
