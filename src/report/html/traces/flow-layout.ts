/** Where the services and the calls between them are drawn: in layers, from who asks to who is asked. */
import { Graph, layout } from '@dagrejs/dagre';

/** Calls from one place to another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  /** How thick it is drawn. */
  readonly width: number;
  /** Room for what is written on it. */
  readonly labelWidth: number;
}

export interface FlowNode {
  readonly name: string;
  readonly width: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface PlacedFlow {
  /** From the side of a node to the side of another, at least two. */
  readonly points: readonly Point[];
  /** The middle of its label. */
  readonly label: Point;
}

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  /** In the order of the flows. */
  readonly flows: readonly PlacedFlow[];
}

const LABEL_HEIGHT = 18;
const LEAST_HEIGHT = 36;

/** Between flows that end at one side of a node. */
const GAP = 5;

/** @param flows none from a node to itself */
export function layOutFlows(nodes: readonly FlowNode[], flows: readonly Flow[]): FlowLayout {
  // On which side of a node a flow is, is known when it has a place; and that does not change with how high it is.
  const first = place(nodes, flows, () => LEAST_HEIGHT);
  const heights = heightsOf(sidesOf(flows, first.nodes), flows);
  const { nodes: placed, edges, ...size } = place(nodes, flows, (name) => heights.get(name) ?? LEAST_HEIGHT);
  const ports = portsOf(sidesOf(flows, placed), flows);
  const drawn = edges.map(({ points, x, y }, index) => ({
    // The first and the last are where the middle of a node would be left and entered.
    points: [ports[index].start, ...points.slice(1, -1), ports[index].end],
    label: { x, y },
  }));
  return { ...size, nodes: placed, flows: drawn };
}

function place(nodes: readonly FlowNode[], flows: readonly Flow[], heightOf: (name: string) => number) {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 26,
    edgesep: 16,
    ranksep: 44,
    marginx: 12,
    marginy: 26,
    acyclicer: 'greedy',
  });
  for (const { name, width } of nodes) graph.setNode(name, { width, height: heightOf(name) });
  for (const [index, { from, to, width, labelWidth }] of flows.entries()) {
    const height = Math.max(LABEL_HEIGHT, width);
    graph.setEdge(from, to, { width: labelWidth, height, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width, height } = graph.graph();
  const placed = nodes.map(({ name }): PlacedNode => ({ name, ...graph.node(name) }));
  const edges = flows.map(({ from, to }, index) => graph.edge(from, to, String(index)));
  return { width, height, nodes: placed, edges };
}

/** Where each flow leaves a node, and where it enters one. */
interface Ports {
  start: Point;
  end: Point;
}

/** Flows that begin or end at one side of a node, from top to bottom: so ordered they cross as little as they can. */
interface Side {
  readonly node: PlacedNode;
  readonly isRight: boolean;
  readonly ends: { readonly flow: number; readonly end: keyof Ports; readonly other: PlacedNode }[];
}

function sidesOf(flows: readonly Flow[], placed: readonly PlacedNode[]): readonly Side[] {
  const nodes = new Map(placed.map((node) => [node.name, node]));
  const sides = new Map<string, Side>();
  for (const [flow, { from, to }] of flows.entries()) {
    const [source, target] = [nodes.get(from)!, nodes.get(to)!];
    for (const [end, node, other] of [
      ['start', source, target],
      ['end', target, source],
    ] as const) {
      const isRight = other.x > node.x;
      const key = JSON.stringify([node.name, isRight]);
      const side = sides.get(key) ?? { node, isRight, ends: [] };
      sides.set(key, side);
      side.ends.push({ flow, end, other });
    }
  }
  for (const { ends } of sides.values()) ends.sort((a, b) => a.other.y - b.other.y || a.flow - b.flow);
  return [...sides.values()];
}

/** How high nodes have to be for what begins and ends at them. */
function heightsOf(sides: readonly Side[], flows: readonly Flow[]): ReadonlyMap<string, number> {
  const heights = new Map<string, number>();
  for (const { node, ends } of sides) {
    const needed = thicknessOf(ends, flows) + 2 * GAP;
    heights.set(node.name, Math.max(LEAST_HEIGHT, needed, heights.get(node.name) ?? 0));
  }
  return heights;
}

function thicknessOf(ends: Side['ends'], flows: readonly Flow[]): number {
  return ends.reduce((sum, { flow }) => sum + flows[flow].width, GAP * (ends.length - 1));
}

function portsOf(sides: readonly Side[], flows: readonly Flow[]): readonly Ports[] {
  const ports = flows.map((): Ports => ({ start: { x: 0, y: 0 }, end: { x: 0, y: 0 } }));
  for (const { node, isRight, ends } of sides) {
    const x = node.x + (isRight ? 1 : -1) * (node.width / 2);
    let y = node.y - thicknessOf(ends, flows) / 2;
    for (const { flow, end } of ends) {
      const { width } = flows[flow];
      ports[flow][end] = { x, y: y + width / 2 };
      y += width + GAP;
    }
  }
  return ports;
}
