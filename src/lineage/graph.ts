/**
 * The lineage of one run as a graph: facts point to the firings that derived them, firings to their
 * premises. Absent facts that a `notin` premise rested on are nodes of their own; they point to nothing.
 */
import { DirectedGraph } from 'graphology';
import type { Evaluation, Evaluator, RunOptions, World } from '../model/evaluate/evaluator.js';
import type { AbsentPremise, Firing, FiringPremise, PresentPremise } from '../model/evaluate/firing.js';
import type { Rule } from '../model/program.js';

export type LineageNode = FactNode | FiringNode | AbsentNode;

export interface FactNode {
  readonly kind: 'fact';
  readonly fact: PresentPremise;
}

export interface FiringNode {
  readonly kind: 'firing';
  readonly rule: Rule;
  readonly time: number;
  /** Of a message to another node. */
  readonly channel: Firing['channel'];
}

export interface AbsentNode {
  readonly kind: 'absent';
  readonly absent: AbsentPremise;
}

export type LineageGraph = DirectedGraph<LineageNode>;

/** A run with everything that fired in it, from which the lineage of any of its facts can be drawn. */
export class RecordedRun {
  private readonly firings = new Map<string, Firing[]>();
  private readonly ruleNumbers = new Map<Rule, number>();
  readonly evaluation: Evaluation;

  constructor(evaluator: Evaluator, world: World, options: RunOptions = {}) {
    const onFiring = (firing: Firing) => {
      options.onFiring?.(firing);
      const head = factKey(firing.head);
      const known = this.firings.get(head);
      if (known === undefined) this.firings.set(head, [firing]);
      else known.push(firing);
    };
    this.evaluation = evaluator.run(world, { ...options, onFiring });
  }

  /** Everything that was told of, in no particular order of time. */
  *allFirings(): Iterable<Firing> {
    for (const firings of this.firings.values()) yield* firings;
  }

  /** What the goals rest on; a goal without firings was given as a fact. */
  lineage(goals: readonly PresentPremise[]): LineageGraph {
    const graph: LineageGraph = new DirectedGraph();
    const open = goals.filter((goal) => addPremise(graph, goal));
    for (let fact = open.pop(); fact !== undefined; fact = open.pop()) {
      const head = factKey(fact);
      for (const firing of this.firings.get(head) ?? []) {
        open.push(...addFiring(graph, head, firing, this.ruleNumber(firing.rule)));
      }
    }
    return graph;
  }

  private ruleNumber(rule: Rule): number {
    const number = this.ruleNumbers.get(rule) ?? this.ruleNumbers.size;
    this.ruleNumbers.set(rule, number);
    return number;
  }
}

/** The name of a fact's node. */
export function factKey({ relation, row, time }: PresentPremise): string {
  return `${relation.name}#${row}@${time}`;
}

/** @returns the facts that are new to the graph */
function addFiring(
  graph: LineageGraph,
  head: string,
  firing: Firing,
  ruleNumber: number,
): readonly PresentPremise[] {
  const premises = [...new Map(firing.premises.map((premise) => [premiseKey(premise), premise]))];
  const channel = firing.channel === undefined ? '' : JSON.stringify(firing.channel);
  const name = `${head} <- ${ruleNumber} ${channel} ${premises.map(([key]) => key).join(' ')}`;
  if (graph.hasNode(name)) return [];
  const { rule, head: fact } = firing;
  const time = rule.timing === 'deductive' ? fact.time : fact.time - 1;
  graph.addNode(name, { kind: 'firing', rule, time, channel: firing.channel });
  graph.addDirectedEdge(head, name);
  return premises.flatMap(([key, premise]) => {
    const isNew = addPremise(graph, premise);
    graph.addDirectedEdge(name, key);
    return isNew && premise.kind === 'present' ? [premise] : [];
  });
}

/** @returns whether it is new */
function addPremise(graph: LineageGraph, premise: FiringPremise): boolean {
  const key = premiseKey(premise);
  if (graph.hasNode(key)) return false;
  graph.addNode(
    key,
    premise.kind === 'present' ? { kind: 'fact', fact: premise } : { kind: 'absent', absent: premise },
  );
  return true;
}

function premiseKey(premise: FiringPremise): string {
  if (premise.kind === 'present') return factKey(premise);
  const { relation, columns, key, time } = premise;
  return `!${relation.name}#${columns.map((column, i) => `${column}=${key[i]}`).join()}@${time}`;
}
