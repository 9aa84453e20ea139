/**
 * What the facts of a run of rules rest on, and those that did not hold, by the evaluator's own numbers: all that lineage
 * tells, before anything has a name.
 */
import {
  premiseKey,
  type AbsentPremise,
  type Firing,
  type FiringPremise,
  type PresentPremise,
} from '../../model/rules/evaluate/firing.js';
import type { Value } from '../../model/rules/program.js';
import { isAggregating } from '../../model/rules/walk.js';
import { Failures } from './failures.js';
import type { RecordedRun } from './record.js';

/** What may be asked of a run: a fact, or facts that match, whether there were any or not. */
export interface FactGoal {
  readonly relation: string;
  /** By column; null for any value. */
  readonly pattern: readonly (Value | null)[];
  readonly time: number;
}

export class Reasons {
  private readonly failures: Failures;

  constructor(private readonly run: RecordedRun) {
    this.failures = new Failures(run);
  }

  /** What is asked for. @throws RangeError when the program has no such relation */
  premiseOf({ relation: name, pattern, time }: FactGoal): FiringPremise {
    const { evaluator } = this.run;
    const relation = evaluator.find(name);
    if (relation === undefined) throw new RangeError(`the program has no relation ${name}`);
    const known = pattern.flatMap((value, column) => (value === null ? [] : [{ column, value }]));
    const columns = known.map(({ column }) => column);
    const key = known.map(({ value }) => evaluator.values.id(value));
    const absent: AbsentPremise = { kind: 'absent', relation, columns, key, time };
    return this.failures.heldAsItIs(absent) ?? absent;
  }

  /** The firings that derived a fact. */
  firingsOf(fact: PresentPremise): readonly Firing[] {
    return this.run.firings.get(premiseKey(fact)) ?? [];
  }

  /** What a firing rests on; the value of an aggregate on those who did not contribute as well. */
  premisesOf({ rule, head, premises }: Firing): readonly FiringPremise[] {
    return isAggregating(rule) ? [...premises, ...this.failures.of(rule, wholeOf(head))] : premises;
  }

  /** What kept rules from deriving what did not hold. */
  failuresOf(absent: AbsentPremise): readonly FiringPremise[] {
    return this.run.evaluator
      .rulesFor(absent.relation.name)
      .flatMap((rule) => this.failures.of(rule, absent));
  }
}

/** Every firing that goals may rest on: their lineage without names, at a fraction of its cost. */
export function firingsBehind(run: RecordedRun, goals: readonly FactGoal[]): readonly Firing[] {
  const reasons = new Reasons(run);
  const firings: Firing[] = [];
  const reached = new Map<string, FiringPremise>();
  const reach = (premises: readonly FiringPremise[]) => {
    for (const premise of premises) {
      const key = premiseKey(premise);
      if (!reached.has(key)) reached.set(key, premise);
    }
  };
  reach(goals.map((goal) => reasons.premiseOf(goal)));
  // What is added to a map while it is walked is walked as well.
  for (const premise of reached.values()) {
    if (premise.kind === 'absent') {
      reach(reasons.failuresOf(premise));
      continue;
    }
    for (const firing of reasons.firingsOf(premise)) {
      firings.push(firing);
      reach(reasons.premisesOf(firing));
    }
  }
  return firings;
}

/** The pattern that only one fact matches. */
function wholeOf({ relation, row, time }: PresentPremise): AbsentPremise {
  const columns = relation.tuples.columns.map((_, column) => column);
  const key = columns.map((column) => relation.tuples.columns[column][row]);
  return { kind: 'absent', relation, columns, key, time };
}
