/**
 * Why aggregates have the values that they have. A value needs some contributor, and the same contributors give
 * the same value: those that were met together in a run are learnt, with what they gave.
 */
import type { Instance, Instances, Sending } from '../../lineage/instances.js';
import { groupBy } from '../../model/group.js';
import type { Evaluator } from '../../model/rules/evaluate/evaluator.js';
import type { Firing, PresentPremise } from '../../model/rules/evaluate/firing.js';
import type { Rule } from '../../model/rules/program.js';
import type { Literal } from '../../solver/sat.js';
import { failing, type Bodies, type Body } from './bodies.js';
import type { FactLiterals } from './fact-literals.js';
import type { FaultSolver } from '../fault-solver.js';

export interface AggregateContext {
  readonly evaluator: Evaluator;
  readonly facts: FactLiterals;
  readonly bodies: Bodies;
  readonly solver: FaultSolver;
}

/** The contributors to one aggregate: of a rule, at a time and a sending, with the same values beside it. */
interface Group {
  readonly contributors: readonly Contributor[];
  /** By row: the facts that it may give. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** Contributors that were met together, by their numbers. */
  readonly met: Set<string>;
}

interface Contributor {
  readonly body: Body;
  /** True only if it contributes. */
  readonly contributes: Literal;
}

interface Outcome {
  /** That the fact holds; undefined where it always does. */
  readonly holds: Literal | undefined;
  /** True only if the group gives this value, and it arrives. */
  readonly given: Literal;
  /** Enough for it to arrive. */
  readonly arrival: Body;
}

export class AggregateSupport {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly context: AggregateContext) {}

  /**
   * Any of these is true where a rule makes a fact hold. A message's aggregate is its sender's alone at the time that it
   * is sent, so that there is one a sending.
   */
  reasons(rule: Rule, fact: PresentPremise, instances: Instances): readonly Literal[] {
    const bySending = groupBy(instances.deriving(rule, fact), ({ sending }) => JSON.stringify(sending));
    return [...bySending.values()].map((contributing) => {
      const { sending } = contributing[0];
      const name = this.nameOf(rule, fact, sending);
      let group = this.groups.get(name);
      if (group === undefined) {
        const alike = instances.factsOf({ ...groupOf(rule, fact), kind: 'absent' });
        this.groups.set(name, (group = this.group(contributing, alike, sending)));
      }
      return group.outcomes.get(fact.row)!.given;
    });
  }

  /**
   * @param firings of aggregating rules in a run
   * @param holds what is true in it
   */
  learn(firings: readonly Firing[], holds: (literal: Literal) => boolean): void {
    for (const firing of firings) {
      const { rule, head } = firing;
      const group = this.groups.get(this.nameOf(rule, head, this.sendingOf(firing)));
      if (group !== undefined) this.learnFrom(group, head, holds);
    }
  }

  private nameOf(rule: Rule, fact: PresentPremise, sending: Sending | undefined): string {
    const { key, time } = groupOf(rule, fact);
    const { from, sent } = sending ?? { from: null, sent: null };
    return JSON.stringify([this.context.evaluator.ruleNumber(rule), time, key, from, sent]);
  }

  private sendingOf({ rule, head, channel, time: sent }: Firing): Sending | undefined {
    if (rule.timing !== 'async') return undefined;
    const [self] = this.context.evaluator.tuple(head.relation, head.row);
    return { from: channel?.from ?? (self as string), sent };
  }

  private group(
    instances: readonly Instance[],
    alike: readonly PresentPremise[],
    sending: Sending | undefined,
  ): Group {
    const { facts, bodies, solver } = this.context;
    const contributors = instances.map((instance) => {
      const body = bodies.premises(instance);
      return { body, contributes: bodies.onlyIf(body) };
    });
    const outcomes = alike.map((fact): [number, Outcome] => {
      const given = solver.newLiteral();
      const arrival = bodies.arrival(sending, fact);
      solver.addClause([-given, ...contributors.map(({ contributes }) => contributes)]);
      for (const part of arrival) solver.addClause([-given, part]);
      const enough = [...arrival, ...bodies.certainty(sending, fact)];
      return [fact.row, { holds: facts.literal(fact), given, arrival: enough }];
    });
    return { contributors, outcomes: new Map(outcomes), met: new Set() };
  }

  private learnFrom(
    { contributors, outcomes, met }: Group,
    { row }: PresentPremise,
    holds: (literal: Literal) => boolean,
  ): void {
    const contributing = contributors.map(({ body }) => body.every(holds));
    const name = contributing.map(Number).join('');
    if (met.has(name)) return;
    met.add(name);
    const { solver } = this.context;
    const otherwise = contributors.flatMap(({ body, contributes }, i) =>
      contributing[i] ? failing(body) : [contributes],
    );
    for (const [other, outcome] of outcomes) {
      if (other !== row) solver.addClause([...otherwise, -outcome.given]);
      else if (outcome.holds !== undefined)
        solver.addClause([...otherwise, ...failing(outcome.arrival), outcome.holds]);
    }
  }
}

/** What the facts have in common that an aggregate may make of the same contributors. */
function groupOf(rule: Rule, { relation, row, time }: PresentPremise) {
  const columns = rule.head.terms.flatMap((term, column) => (term.kind === 'aggregate' ? [] : [column]));
  return { relation, columns, key: columns.map((column) => relation.tuples.columns[column][row]), time };
}
