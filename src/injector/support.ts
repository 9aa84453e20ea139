/**
 * What a good run teaches about the fault sets that break the protocol: each must break the run's lineage
 * (Alvaro et al., "Lineage-driven Fault Injection", 2015). Broken lineage is written as clauses in one
 * direction, "this fact can only be missing if in each of its firings some premise fails", which needs no
 * care for facts that support each other.
 */
import { RecordedRun, factKey, type LineageGraph } from '../lineage/graph.js';
import { isAggregating } from '../lineage/influence.js';
import type { Evaluator } from '../model/evaluate/evaluator.js';
import type { AbsentPremise, PresentPremise } from '../model/evaluate/firing.js';
import { CRASH, type Rule } from '../model/program.js';
import type { Literal } from '../solver/sat.js';
import type { Changes } from './changes.js';
import type { FaultSolver } from './fault-solver.js';
import type { FaultSet } from './faults.js';
import { concreteWorld, outcomeOf, type Outcome } from './replay.js';

/** One run under a fault set, with its lineage. */
export class SupportedRun {
  readonly outcome: Outcome;
  readonly faults: FaultSet;
  private readonly run: RecordedRun;

  constructor(
    private readonly evaluator: Evaluator,
    faults: FaultSet,
    checkpoint: () => void,
  ) {
    this.faults = faults;
    this.run = new RecordedRun(evaluator, concreteWorld(faults), { checkpoint });
    this.outcome = outcomeOf(this.run.evaluation, evaluator.eot);
  }

  /** Every message between two nodes that arrived. */
  get deliveries(): readonly Delivery[] {
    return [...this.run.allFirings()].flatMap((firing) =>
      firing.channel === undefined ? [] : [{ relation: firing.head.relation.name, ...firing.channel }],
    );
  }

  /** The facts of `post` that the good outcome consists of. */
  get goals(): readonly PresentPremise[] {
    const post = this.evaluator.relation('post');
    return this.outcome.pre.map((tuple) => ({
      kind: 'present',
      relation: post,
      row: post.tuples.find(tuple.map((value) => this.evaluator.values.id(value))),
      time: this.evaluator.eot,
    }));
  }

  lineage(): LineageGraph {
    return this.run.lineage(this.goals);
  }
}

export interface Delivery {
  readonly relation: string;
  readonly from: string;
  readonly to: string;
  /** When it was sent. */
  readonly time: number;
}

/** Requires of a solver's fault sets that they break a good run. */
export class RunBreaker {
  /** The literal of a fact that may be missing. */
  private readonly missing = new Map<string, Literal>();

  constructor(
    private readonly run: SupportedRun,
    private readonly evaluator: Evaluator,
    private readonly solver: FaultSolver,
    private readonly changes: Changes,
  ) {}

  /** Some tuple of `pre` loses its `post`, or another one joins them. */
  require(): void {
    const graph = this.run.lineage();
    const literals = this.run.goals.map((goal) => this.missingFact(graph, goal));
    this.defineMissingFacts(graph);
    this.solver.addClause([...literals.flat(), ...this.changes.gain('pre', this.evaluator.eot)]);
  }

  /** For every fact that was asked for: each of its firings fails in some premise. */
  private defineMissingFacts(graph: LineageGraph): void {
    // A map's iteration also visits what is added meanwhile: the premises of premises.
    for (const [key, literal] of this.missing) {
      for (const firing of graph.outNeighbors(key)) {
        this.solver.addClause([-literal, ...this.failures(graph, firing)]);
      }
    }
  }

  /** What may make a firing fail. */
  private failures(graph: LineageGraph, firing: string): readonly Literal[] {
    const node = graph.getNodeAttributes(firing);
    if (node.kind !== 'firing') throw new Error('facts are derived by firings alone');
    const premises = graph.outNeighbors(firing).flatMap((key) => {
      const premise = graph.getNodeAttributes(key);
      if (premise.kind === 'fact') return this.missingFact(graph, premise.fact);
      if (premise.kind === 'absent') return this.appearing(premise.absent);
      throw new Error('a firing rests on facts and their absence alone');
    });
    const channel = node.channel === undefined ? [] : this.changes.removal(node.channel);
    return [...premises, ...channel, ...this.newContributors(node.rule, node.time)];
  }

  private missingFact(graph: LineageGraph, fact: PresentPremise): readonly Literal[] {
    const key = factKey(fact);
    const known = this.missing.get(key);
    if (known !== undefined) return [known];
    if (fact.relation.name === CRASH)
      return this.changes.noCrash(this.evaluator.tuple(fact.relation, fact.row));
    if (graph.outDegree(key) === 0) return [];
    const literal = this.solver.newLiteral();
    this.missing.set(key, literal);
    return [literal];
  }

  private appearing({ relation, columns, key, time }: AbsentPremise): readonly Literal[] {
    if (relation.name !== CRASH) return this.changes.gain(relation.name, time);
    const pattern = new Map(columns.map((column, i) => [column, this.evaluator.values.value(key[i])]));
    return this.changes.crash(pattern.get(1) as string | undefined, pattern.get(2) as number | undefined);
  }

  /** An aggregate also changes where a binding that was not there joins its group. */
  private newContributors(rule: Rule, time: number): readonly Literal[] {
    if (!isAggregating(rule)) return [];
    return rule.body.flatMap((premise) => {
      if (premise.kind === 'comparison') return [];
      const at = premise.time ?? time;
      return premise.negated
        ? this.changes.loss(premise.relation, at)
        : this.changes.gain(premise.relation, at);
    });
  }
}
