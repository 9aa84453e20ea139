/** A program made ready to run: its tuples, indexes and plans, which are shared by all its runs. */
import { groupBy } from '../../group.js';
import { builtInRelations } from '../check/built-in.js';
import { IS_DOWN, IS_PAUSED, IS_RESTARTED, withOutages } from './outages.js';
import { factsOf, rulesOf } from '../walk.js';
import type { CheckedProgram, Fact, Rule, Tuple } from '../program.js';
import type { PresentPremise } from './firing.js';
import { planRule, type JoinPlan, type RelationStore } from './plan.js';
import { relevantRelations, type Wanted } from './relevance.js';
import { Tuples, type RowId } from './tuples.js';
import { Values } from './values.js';

/** What a program is made ready to run on, and up to when. */
export interface EvaluatorOptions extends Wanted {
  readonly nodes: readonly string[];
  /**
   * What becomes of facts on which no goal depends; default `skipped`. Those that are `derived` have no say in what
   * is an error: where an operation has no value, there is no such fact.
   */
  readonly others?: 'skipped' | 'derived';
  /** Whether nodes may be down for a while and start again; default false. */
  readonly outages?: boolean;
  /** Whether nodes may pause; default false. */
  readonly pauses?: boolean;
  /** Whether nodes may stop in the midst of a timestep, so that all that they send is of account; default false. */
  readonly interruptions?: boolean;
}

/** A program on its nodes, up to EOT. */
export class PreparedProgram {
  /** With what becomes of facts in outages, where there may be any. */
  readonly checked: CheckedProgram;
  /** The names of relations that hold by themselves. */
  readonly builtIn: ReadonlySet<string>;
  readonly values = new Values();
  readonly relations: readonly RelationStore[];
  readonly eot: number;
  readonly nodes: readonly string[];
  /** The most timesteps by which a message may be late. */
  readonly longestDelay: number;
  private readonly relevant: readonly ReadonlySet<string>[];
  private readonly derivesOthers: boolean;
  /** The program's facts up to EOT. */
  readonly given: readonly PresentPremise[];
  private readonly byName: ReadonlyMap<string, RelationStore>;
  private readonly ruleNumbers: ReadonlyMap<Rule, number>;
  private readonly rulesByHead: ReadonlyMap<string, readonly Rule[]>;
  private readonly plans = new Map<Rule, Map<number | undefined, JoinPlan>>();

  constructor(written: CheckedProgram, options: EvaluatorOptions) {
    const { outages = false, pauses = false } = options;
    const checked = withOutages(written, { outages, pauses });
    this.checked = checked;
    this.builtIn = new Set([...builtInRelations(checked.program).keys(), IS_DOWN, IS_PAUSED, IS_RESTARTED]);
    this.eot = options.eot;
    this.nodes = options.nodes;
    this.longestDelay = options.longestDelay ?? 0;
    for (const node of options.nodes) this.values.id(node);
    this.relevant = relevantRelations(checked, options);
    this.derivesOthers = options.others === 'derived' || options.interruptions === true;
    this.relations = [...checked.relations.values()].map(({ name, columns }, number) => ({
      number,
      name,
      tuples: new Tuples(columns.length),
    }));
    const rules = rulesOf(checked.program);
    this.ruleNumbers = new Map(rules.map((rule, number) => [rule, number]));
    this.rulesByHead = groupBy(rules, ({ head }) => head.relation);
    this.byName = new Map(this.relations.map((relation) => [relation.name, relation]));
    this.given = factsOf(checked.program)
      .filter(({ time }) => time <= options.eot)
      .map((fact) => this.fact(fact));
  }

  /** @throws when the program has no such relation */
  relation(name: string): RelationStore {
    const store = this.byName.get(name);
    if (store === undefined) throw new Error(`no relation ${name}`);
    return store;
  }

  find(name: string): RelationStore | undefined {
    return this.byName.get(name);
  }

  /** The rules whose head is of a relation, in program order. */
  rulesFor(relation: string): readonly Rule[] {
    return this.rulesByHead.get(relation) ?? [];
  }

  /** The place of a rule among the program's rules. */
  ruleNumber(rule: Rule): number {
    return this.ruleNumbers.get(rule)!;
  }

  /** Whether a goal depends on the facts of a relation at a time, which is none after EOT. */
  matters(relation: string, time: number): boolean {
    return time <= this.eot && this.relevant[time].has(relation);
  }

  /** Whether the facts of a relation at a time are wanted. */
  isDerived(relation: string, time: number): boolean {
    return time <= this.eot && (this.derivesOthers || this.matters(relation, time));
  }

  private fact({ relation: name, terms, time }: Fact): PresentPremise {
    const relation = this.relation(name);
    const row = relation.tuples.intern(terms.map((term) => this.values.id(term.value)));
    return { kind: 'present', relation, row, time };
  }

  plan(rule: Rule, delta?: number): JoinPlan {
    let plans = this.plans.get(rule);
    if (plans === undefined) this.plans.set(rule, (plans = new Map<number | undefined, JoinPlan>()));
    let plan = plans.get(delta);
    if (plan === undefined) plans.set(delta, (plan = planRule(rule, this, delta)));
    return plan;
  }

  tuple(relation: RelationStore, row: RowId): Tuple {
    return relation.tuples.columns.map((column) => this.values.value(column[row]));
  }
}
