/**
 * Lineage as a graph of graphology, for whatever walks it: its edges lead from what is to be explained to what explains
 * it. Most runs are never looked at so closely, so that the library is loaded when a graph is asked for, and lineage
 * itself is data.
 */
import type { DirectedGraph } from 'graphology';
import type { Lineage, Vertex, VertexName } from './lineage.js';

/** Its nodes have the names of the vertices, and the vertices for attributes. */
export type LineageGraph = DirectedGraph<Vertex, Record<string, never>, LineageGoals>;

/** What the graph of a lineage is about. */
export interface LineageGoals {
  /** The outcome. */
  readonly goals: readonly VertexName[];
  /** Every node of the run. */
  readonly nodes: readonly string[];
}

/** Makes the graph of a lineage. */
export async function lineageGraph({ vertices, because, goals, nodes }: Lineage): Promise<LineageGraph> {
  const graphology = await import('graphology');
  const graph: LineageGraph = new graphology.DirectedGraph();
  graph.replaceAttributes({ goals, nodes });
  for (const [name, vertex] of vertices) graph.addNode(name, vertex);
  for (const [name, reasons] of because) for (const reason of reasons) graph.addDirectedEdge(name, reason);
  return graph;
}
