/**
 * Why rules did not derive what they might have: the premises that were missing, and the facts that stood against them.
 * Which of several failed a reader must not be made to guess, so that all are taken.
 */
import { FALSE } from '../../model/algebra.js';
import { firingTimes } from '../../model/rules/times.js';
import { atomsOf, isAggregating } from '../../model/rules/walk.js';
import type { AbsentPremise, FiringPremise, PresentPremise } from '../../model/rules/evaluate/firing.js';
import { NONE } from '../../model/rules/evaluate/tuples.js';
import type { ValueId } from '../../model/rules/evaluate/values.js';
import type { Aggregate, Atom, Rule, Term } from '../../model/rules/program.js';
import type { RecordedRun } from './record.js';

/** The values of a rule's variables, as far as a head tells them. */
type Bindings = ReadonlyMap<string, ValueId>;

/** The body of a rule as far as a head tells it. */
interface Body {
  readonly rule: Rule;
  readonly bindings: Bindings;
  /** When the rule might have fired. */
  readonly time: number;
}

export class Failures {
  constructor(private readonly run: RecordedRun) {}

  /** All that kept a rule from deriving what matches a pattern. */
  of(rule: Rule, pattern: AbsentPremise): readonly FiringPremise[] {
    const bindings = this.unify(rule.head.terms, pattern);
    if (bindings === undefined) return [];
    const failures: FiringPremise[] = [];
    for (const time of firingTimes(rule, pattern.time, this.run.evaluator.longestDelay)) {
      const body = { rule, bindings, time };
      for (const atom of atomsOf(rule)) this.take(atom, body, failures);
    }
    return failures;
  }

  private take(atom: Atom, { rule, bindings, time: fired }: Body, failures: FiringPremise[]): void {
    const time = atom.time ?? fired;
    if (time < 1 || time > fired) return;
    const isAggregate = isAggregating(rule);
    const premise = this.premise(atom, bindings, time);
    if (atom.negated || isAggregate) failures.push(...this.factsOf(premise));
    if ((!atom.negated || isAggregate) && this.heldAsItIs(premise) === undefined) failures.push(premise);
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
    const columns: number[] = [];
    const key: ValueId[] = [];
    for (const [column, term] of terms.entries()) {
      const value = this.valueOf(term, bindings);
      if (value === undefined) continue;
      columns.push(column);
      key.push(value);
    }
    return { kind: 'absent', relation: this.run.evaluator.relation(relation), columns, key, time };
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
  heldAsItIs({ relation, columns, key, time }: AbsentPremise): PresentPremise | undefined {
    if (columns.length !== relation.tuples.arity) return undefined;
    const row = relation.tuples.find(key);
    const holds =
      row !== NONE && (this.run.evaluation.extent(relation, time)?.condition(row) ?? FALSE) !== FALSE;
    return holds ? { kind: 'present', relation, row, time } : undefined;
  }
}
