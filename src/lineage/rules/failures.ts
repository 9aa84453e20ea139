/**
 * Why rules did not derive what they might have: the premises that were missing, and the facts that stood against them.
 * Which of several failed a reader must not be made to guess, so that all are taken.
 */
import { firingTimes } from '../../model/rules/times.js';
import { atomsOf, isAggregating } from '../../model/rules/walk.js';
import type { AbsentPremise, FiringPremise, PresentPremise } from '../../model/rules/evaluate/firing.js';
import type { ValueId } from '../../model/rules/evaluate/values.js';
import type { Aggregate, Atom, Rule, Term } from '../../model/rules/program.js';
import type { RecordedRun } from './record.js';

/** The values of a rule's variables, as far as a head tells them. */
type Bindings = ReadonlyMap<string, ValueId>;

export class Failures {
  constructor(private readonly run: RecordedRun) {}

  /** All that kept a rule from deriving what matches a pattern. */
  of(rule: Rule, pattern: AbsentPremise): readonly FiringPremise[] {
    const bindings = this.unify(rule.head.terms, pattern);
    if (bindings === undefined) return [];
    return firingTimes(rule, pattern.time, this.run.evaluator.longestDelay).flatMap((time) =>
      this.at(time, rule, bindings),
    );
  }

  private at(bodyTime: number, rule: Rule, bindings: Bindings): readonly FiringPremise[] {
    const isAggregate = isAggregating(rule);
    return atomsOf(rule).flatMap((atom) => {
      const time = atom.time ?? bodyTime;
      if (time < 1 || time > bodyTime) return [];
      const premise = this.premise(atom, bindings, time);
      const against = atom.negated || isAggregate ? this.factsOf(premise) : [];
      const missing =
        (!atom.negated || isAggregate) && this.heldAsItIs(premise) === undefined ? [premise] : [];
      return [...against, ...missing];
    });
  }

  /** What a rule's variables are where its head matches a pattern; undefined where it cannot. */
  private unify(terms: readonly (Term | Aggregate)[], { columns, key }: AbsentPremise): Bindings | undefined {
    const bindings = new Map<string, ValueId>();
    for (const [i, column] of columns.entries()) {
      const term = terms[column];
      if (term.kind === 'constant' && this.run.evaluator.values.id(term.value) !== key[i]) return undefined;
      if (term.kind !== 'variable') continue;
      const known = bindings.get(term.name);
      if (known !== undefined && known !== key[i]) return undefined;
      bindings.set(term.name, key[i]);
    }
    return bindings;
  }

  private premise({ relation, terms }: Atom, bindings: Bindings, time: number): AbsentPremise {
    const known = terms.flatMap((term, column) => {
      const value = this.valueOf(term, bindings);
      return value === undefined ? [] : [{ column, value }];
    });
    return {
      kind: 'absent',
      relation: this.run.evaluator.relation(relation),
      columns: known.map(({ column }) => column),
      key: known.map(({ value }) => value),
      time,
    };
  }

  private valueOf(term: Term, bindings: Bindings): ValueId | undefined {
    if (term.kind === 'constant') return this.run.evaluator.values.id(term.value);
    return term.kind === 'variable' ? bindings.get(term.name) : undefined;
  }

  /** The facts that match a pattern, and held. */
  factsOf({ relation, columns, key, time }: AbsentPremise): readonly PresentPremise[] {
    const rows = this.run.evaluation.extent(relation, time)?.rows ?? [];
    return rows
      .filter((row) => relation.tuples.matches(row, columns, key))
      .map((row) => ({ kind: 'present', relation, row, time }));
  }

  /** The single fact that a pattern is, where it is one and that held. */
  heldAsItIs(pattern: AbsentPremise): PresentPremise | undefined {
    return pattern.columns.length === pattern.relation.tuples.arity ? this.factsOf(pattern)[0] : undefined;
  }
}
