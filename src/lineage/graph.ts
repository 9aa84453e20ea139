/**
 * The lineage of one run as a graph: facts point to the firings that derived them, firings to their
 * premises. Absent facts that a `notin` premise rested on are nodes of their own; they point to nothing.
 */
import { DirectedGraph } from 'graphology';
import type { Evaluation, Evaluator, RunOptions } from '../model/rules/evaluate/evaluator.js';
import type { World } from '../model/world.js';
import type { AbsentPremise, Firing, FiringPremise, PresentPremise } from '../model/rules/evaluate/firing.js';

/** What lineage consists of. */
export type LineageNode = FactNode | FiringNode | AbsentNode;

/** A fact at a time. It points to its firings. */
export interface FactNode {
  readonly kind: 'fact';
  readonly fact: PresentPremise;
}

/** A firing of a rule. It points to its premises. */
export interface FiringNode {
  readonly kind: 'firing';
  readonly firing: Firing;
}

/** That no fact of a pattern held: a `notin` premise. */
export interface AbsentNode {
  readonly kind: 'absent';
  readonly absent: AbsentPremise;
}

/**
 * Why everything held in one run, as a graph of graphology whose edges lead from what is to be explained to
 * what explains it.
 */
export type LineageGraph = DirectedGraph<LineageNode>;

/** A run, and why everything in it held. */
export interface RecordedRun {
  readonly evaluation: Evaluation;
  readonly graph: LineageGraph;
}

/** Runs a program in a concrete world, and records why everything held. */
export function recordRun(evaluator: Evaluator, world: World, options: RunOptions = {}): RecordedRun {
  const graph: LineageGraph = new DirectedGraph();
  const onFiring = (firing: Firing) => {
    options.onFiring?.(firing);
    addFiring(graph, firing);
  };
  return { evaluation: evaluator.run(world, { ...options, onFiring }), graph };
}

/** The name of a premise's node. */
export function premiseKey(premise: FiringPremise): string {
  const { relation, time } = premise;
  if (premise.kind === 'present') return `${relation.name}#${premise.row}@${time}`;
  const pattern = premise.columns.map((column, i) => `${column}=${premise.key[i]}`);
  return `!${relation.name}#${pattern.join()}@${time}`;
}

/** The firings that derived a fact. */
export function firingsOf(graph: LineageGraph, fact: PresentPremise): readonly Firing[] {
  const key = premiseKey(fact);
  if (!graph.hasNode(key)) return [];
  return graph.mapOutNeighbors(key, (_, node) => {
    if (node.kind !== 'firing') throw new Error('facts are derived by firings alone');
    return node.firing;
  });
}

function addFiring(graph: LineageGraph, firing: Firing): void {
  const head = premiseKey(firing.head);
  const premises = new Map(firing.premises.map((premise) => [premiseKey(premise), premise]));
  const name = `${head} <- ${firing.ruleNumber} ${JSON.stringify(firing.channel ?? null)} ${[...premises.keys()].join(' ')}`;
  if (graph.hasNode(name)) return;
  addPremise(graph, head, firing.head);
  graph.addNode(name, { kind: 'firing', firing });
  graph.addDirectedEdge(head, name);
  for (const [key, premise] of premises) {
    addPremise(graph, key, premise);
    graph.addDirectedEdge(name, key);
  }
}

function addPremise(graph: LineageGraph, key: string, premise: FiringPremise): void {
  if (graph.hasNode(key)) return;
  graph.addNode(
    key,
    premise.kind === 'present' ? { kind: 'fact', fact: premise } : { kind: 'absent', absent: premise },
  );
}
