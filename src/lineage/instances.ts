/**
 * What rules may do: the ways in which all positive premises of a rule may hold, by what they derive. They are
 * read off a run over what may happen; which of them fire is for each run to show.
 */
import { FALSE, TRUE } from '../model/algebra.js';
import { EvaluationError } from '../model/rules/evaluate/errors.js';
import type { Evaluation, Evaluator } from '../model/rules/evaluate/evaluator.js';
import {
  premiseKey,
  premisesOf,
  type AbsentPremise,
  type PresentPremise,
} from '../model/rules/evaluate/firing.js';
import type { Match } from '../model/rules/evaluate/join.js';
import type { Rule } from '../model/rules/program.js';
import { firingTimes } from '../model/rules/times.js';

export interface Instance {
  /** Facts that must hold. */
  readonly present: readonly PresentPremise[];
  /** Facts that must not, of those that may. */
  readonly absent: readonly PresentPremise[];
  /** Of a message. */
  readonly sending: Sending | undefined;
}

/** Who sends a message, and when. */
export interface Sending {
  readonly from: string;
  readonly sent: number;
}

export class Instances {
  /** By rule and time, then by head. */
  private readonly found = new Map<string, ReadonlyMap<string, readonly Instance[]>>();
  private readonly matching = new Map<string, readonly PresentPremise[]>();
  private readonly nodes: ReadonlySet<string>;

  /** @param possible what may happen, by {@link possibilities} */
  constructor(
    private readonly possible: Evaluation,
    private readonly evaluator: Evaluator,
  ) {
    this.nodes = new Set(evaluator.nodes);
  }

  /** The instances of a rule that may derive a fact; of an aggregating rule, those that may contribute to it. */
  deriving(rule: Rule, { relation, row, time }: PresentPremise): readonly Instance[] {
    const head = rule.head.terms.map((term, column) =>
      term.kind === 'aggregate' ? undefined : relation.tuples.columns[column][row],
    );
    const name = head.join();
    return firingTimes(rule, time, this.evaluator.longestDelay).flatMap(
      (fired) => this.at(rule, fired).get(name) ?? [],
    );
  }

  /** The facts that match a pattern, and may hold. */
  factsOf(pattern: AbsentPremise): readonly PresentPremise[] {
    const name = premiseKey(pattern);
    let facts = this.matching.get(name);
    if (facts === undefined) this.matching.set(name, (facts = this.match(pattern)));
    return facts;
  }

  private match({ relation, columns, key, time }: AbsentPremise): readonly PresentPremise[] {
    const extent = this.possible.extent(relation, time);
    if (extent === undefined) return [];
    return extent.rows
      .filter((row) => relation.tuples.matches(row, columns, key))
      .map((row) => ({ kind: 'present', relation, row, time }));
  }

  private at(rule: Rule, time: number): ReadonlyMap<string, readonly Instance[]> {
    const name = `${this.evaluator.ruleNumber(rule)}@${time}`;
    const known = this.found.get(name);
    if (known !== undefined) return known;
    const byHead = new Map<string, Instance[]>();
    this.possible.matchesWithoutAbsences(rule, time, (match) => {
      const found = this.read(match);
      if (found === undefined) return;
      const instances = byHead.get(found.head);
      if (instances === undefined) byHead.set(found.head, [found.instance]);
      else instances.push(found.instance);
    });
    this.found.set(name, byHead);
    return byHead;
  }

  /**
   * Undefined where it never fires: what it must do without always holds, its arithmetic has no value, or it would
   * send from what is no node.
   */
  private read(match: Match): { readonly head: string; readonly instance: Instance } | undefined {
    try {
      const head = match.plan.output.columns.map((column) =>
        column.kind === 'fold' ? undefined : match.value(column),
      );
      const premises = premisesOf(match);
      const present = premises.filter((premise) => premise.kind === 'present');
      const absent = premises.flatMap((premise) => (premise.kind === 'absent' ? this.factsOf(premise) : []));
      if (absent.some((fact) => this.alwaysHolds(fact))) return undefined;
      const from = this.senderOf(match);
      if (from !== undefined && !this.nodes.has(from)) return undefined;
      const sending = from === undefined ? undefined : { from, sent: match.time };
      return { head: head.join(), instance: { present, absent, sending } };
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }

  private alwaysHolds({ relation, row, time }: PresentPremise): boolean {
    return (this.possible.extent(relation, time)?.condition(row) ?? FALSE) === TRUE;
  }

  private senderOf(match: Match): string | undefined {
    const { sender } = match.plan;
    return sender && (this.evaluator.values.value(match.value(sender)) as string);
  }
}
