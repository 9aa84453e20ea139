/**
 * Why aggregates have the values that they have. A value needs some contributor, and the same contributors give
 * the same value: those that were met together in a run are learnt, with what they gave.
 */
import type { Instance, Instances } from '../lineage/instances.js';
import type { PresentPremise } from '../model/evaluate/firing.js';
import type { Rule } from '../model/program.js';
import type { Literal } from '../solver/sat.js';
import type { Bodies, Body } from './bodies.js';
import type { FactLiterals } from './fact-literals.js';
import type { FaultSolver } from './fault-solver.js';

export interface AggregateContext {
  readonly facts: FactLiterals;
  readonly bodies: Bodies;
  readonly solver: FaultSolver;
}

/** The contributors to one aggregate: of a rule, at a time, with the same values beside it. */
interface Group {
  readonly contributors: readonly Contributor[];
  /** What it may give: by the literal of the fact, one that is true only if this group gives it. */
  readonly outcomes: ReadonlyMap<Literal, Literal>;
  /** Whether runs show what it gives. */
  readonly shown: boolean;
  /** Contributors that were met together, by their numbers. */
  readonly met: Set<string>;
}

interface Contributor {
  readonly body: Body;
  /** True only if it contributes. */
  readonly contributes: Literal;
}

export class AggregateSupport {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly context: AggregateContext) {}

  /**
   * Any of these is true where a rule makes a fact hold. A message's aggregate is its sender's alone, so that
   * there is one a sender.
   */
  reasons(rule: Rule, fact: PresentPremise, instances: Instances): readonly Literal[] {
    const { relation, row, time } = fact;
    const columns = rule.head.terms.flatMap((term, column) => (term.kind === 'aggregate' ? [] : [column]));
    const key = columns.map((column) => relation.tuples.columns[column][row]);
    const literal = this.context.facts.literal(fact)!;
    return [...bySender(instances.deriving(rule, fact))].map(([sender, contributing]) => {
      const name = JSON.stringify([instances.nameOf(rule, fact), key, sender ?? null]);
      let group = this.groups.get(name);
      if (group === undefined) {
        const alike = instances.factsOf({ kind: 'absent', relation, columns, key, time });
        this.groups.set(name, (group = this.group(rule, contributing, alike)));
      }
      return group.outcomes.get(literal)!;
    });
  }

  /** @param holds what is true in a run */
  learn(holds: (literal: Literal) => boolean): void {
    for (const group of this.groups.values()) if (group.shown) this.learnFrom(group, holds);
  }

  private group(rule: Rule, instances: readonly Instance[], alike: readonly PresentPremise[]): Group {
    const { facts, bodies, solver } = this.context;
    const contributors = instances.map((instance) => {
      const body = bodies.of(instance);
      return { body, contributes: bodies.onlyIf(body) };
    });
    const outcomes = new Map<Literal, Literal>();
    for (const fact of alike) {
      const literal = facts.literal(fact);
      if (literal === undefined) continue;
      const given = solver.newLiteral();
      solver.addClause([-given, ...contributors.map(({ contributes }) => contributes)]);
      outcomes.set(literal, given);
    }
    // Where the aggregate is the destination of a message, its channel is not known.
    const addressed = rule.timing !== 'async' || rule.head.terms[0].kind !== 'aggregate';
    return { contributors, outcomes, shown: addressed && outcomes.size === alike.length, met: new Set() };
  }

  private learnFrom({ contributors, outcomes, met }: Group, holds: (literal: Literal) => boolean): void {
    const contributing = contributors.map(({ body }) => body.every(holds));
    const name = contributing.map(Number).join('');
    if (!contributing.includes(true) || met.has(name)) return;
    met.add(name);
    const { solver } = this.context;
    const otherwise = contributors.flatMap(({ body, contributes }, i) =>
      contributing[i] ? body.map((literal) => -literal) : [contributes],
    );
    // Another rule may have derived one of these.
    const given = [...outcomes.keys()].filter(holds);
    solver.addClause([...otherwise, ...given]);
    for (const [fact, given] of outcomes) if (!holds(fact)) solver.addClause([...otherwise, -given]);
  }
}

function bySender(instances: readonly Instance[]): ReadonlyMap<string | undefined, readonly Instance[]> {
  const groups = new Map<string | undefined, Instance[]>();
  for (const instance of instances) {
    const sender = instance.channel?.from;
    const group = groups.get(sender);
    if (group === undefined) groups.set(sender, [instance]);
    else group.push(instance);
  }
  return groups;
}
