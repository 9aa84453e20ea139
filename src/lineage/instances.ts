/** What almost fired: the ways in which all positive premises of a rule hold in a run, whatever its `notin` premises say. */
import { FALSE } from '../model/algebra.js';
import type { Evaluation, Evaluator } from '../model/evaluate/evaluator.js';
import { EvaluationError } from '../model/evaluate/errors.js';
import {
  premisesOf,
  type AbsentPremise,
  type Firing,
  type PresentPremise,
} from '../model/evaluate/firing.js';
import type { Match } from '../model/evaluate/join.js';
import { NONE } from '../model/evaluate/tuples.js';
import type { ValueId } from '../model/evaluate/values.js';
import type { Rule } from '../model/program.js';
import type { Pattern } from './patterns.js';

export interface Instance {
  /** Columns of the head; an aggregate's is left open. */
  readonly head: readonly (ValueId | undefined)[];
  /** Whether the head holds in the run, by this instance or otherwise. Never so for an aggregate. */
  readonly holds: boolean;
  readonly present: readonly PresentPremise[];
  readonly absent: readonly AbsentPremise[];
  /** Of a message to another node. */
  readonly channel: Firing['channel'];
}

export class Instances {
  private readonly known = new Map<string, readonly Instance[]>();

  constructor(
    private readonly evaluation: Evaluation,
    private readonly evaluator: Evaluator,
  ) {}

  /** The instances of a rule at a time whose heads match a pattern. */
  matching(rule: Rule, time: number, { columns, key }: Pattern): readonly Instance[] {
    return this.of(rule, time).filter(({ head }) =>
      columns.every((column, i) => head[column] === undefined || head[column] === key[i]),
    );
  }

  /** The facts of a run that match a pattern. */
  factsOf({ relation, columns, key, time }: Pattern): readonly PresentPremise[] {
    const extent = this.evaluation.extent(relation, time);
    if (extent === undefined) return [];
    const rows = [...extent.rows.subarray(0, extent.size)];
    return rows
      .filter((row) => relation.tuples.matches(row, columns, key))
      .map((row) => ({ kind: 'present', relation, row, time }));
  }

  private of(rule: Rule, time: number): readonly Instance[] {
    const name = `${this.evaluator.ruleNumber(rule)}@${time}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const instances: Instance[] = [];
    this.evaluation.matchesWithoutAbsences(rule, time, (match) => {
      const instance = this.instance(match);
      if (instance !== undefined) instances.push(instance);
    });
    this.known.set(name, instances);
    return instances;
  }

  /** Undefined where its arithmetic has no value: the rule cannot have fired like that. */
  private instance(match: Match): Instance | undefined {
    try {
      const head = headOf(match);
      const premises = premisesOf(match);
      return {
        head,
        holds: this.holds(match, head),
        present: premises.filter((premise) => premise.kind === 'present'),
        absent: premises.filter((premise) => premise.kind === 'absent'),
        channel: this.channelOf(match, head),
      };
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }

  private holds({ plan, time }: Match, head: readonly (ValueId | undefined)[]): boolean {
    if (head.includes(undefined)) return false;
    const row = plan.head.tuples.find(head as readonly ValueId[]);
    const extent = this.evaluation.extent(plan.head, plan.rule.timing === 'deductive' ? time : time + 1);
    return row !== NONE && extent !== undefined && extent.condition(row) !== FALSE;
  }

  private channelOf(match: Match, head: readonly (ValueId | undefined)[]): Firing['channel'] {
    const from = match.plan.sender && match.value(match.plan.sender);
    const [to] = head;
    if (from === undefined || to === undefined || from === to) return undefined;
    const node = (id: ValueId) => this.evaluator.values.value(id) as string;
    return { from: node(from), to: node(to), time: match.time };
  }
}

function headOf(match: Match): readonly (ValueId | undefined)[] {
  return match.plan.output.columns.map((column) =>
    column.kind === 'fold' ? undefined : match.value(column),
  );
}
