/** Explanations as a picture, laid out in layers by dagre: what is explained above what explains it. */
import { Graph, layout } from '@dagrejs/dagre';
import { toHtml } from 'hast-util-to-html';
import { s } from 'hastscript';
import { displayWidth } from '../../model/text/text.js';
import { graphOf, type DrawnNode } from './graph.js';
import type { Outline } from './outline.js';

/** In pixels. */
const LETTER = 7;
const LINE = 16;
const PADDING = 10;

const STYLE = `
text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #202124; white-space: pre }
rect { fill: #fff; stroke: #1a73e8; rx: 6 }
.absent rect { stroke: #b3261e; stroke-dasharray: 4 }
.code rect { stroke: none; fill: #f1f3f4 }
.code text { fill: #5f6368 }
.fault rect { fill: #fce8e6; stroke: #b3261e }
.fault text { fill: #b3261e }
path { fill: none; stroke: #9aa0a6 }
.ground { fill: #fff; stroke: none; rx: 0 }
`;

/** A picture that stands for itself, on white. */
export function explanationAsSvg(outlines: readonly Outline[]): string {
  const { nodes, edges } = graphOf(outlines);
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 20, edgesep: 10, ranksep: 32, marginx: 16, marginy: 16 });
  for (const [index, node] of nodes.entries()) graph.setNode(String(index), sizeOf(node));
  // From what is explained, which is to stand on top.
  for (const [from, to] of edges) graph.setEdge(String(to), String(from), {});
  layout(graph);
  const { width, height } = graph.graph();
  const drawn = s(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      width: Math.ceil(width),
      height: Math.ceil(height),
      role: 'img',
    },
    s('title', nodes[0]?.lines.join(' ')),
    s('style', STYLE),
    s('rect.ground', { width: Math.ceil(width), height: Math.ceil(height) }),
    ...edges.map(([from, to]) => s('path', { d: lineThrough(graph.edge(String(to), String(from)).points) })),
    ...nodes.map((node, index) => drawNode(node, graph.node(String(index)))),
  );
  return `${toHtml(drawn, { space: 'svg' })}\n`;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function sizeOf({ lines }: DrawnNode): Size {
  const columns = lines.reduce((most, line) => Math.max(most, displayWidth(line)), 0);
  return { width: LETTER * 1.05 * columns + 2 * PADDING, height: LINE * lines.length + 2 * PADDING };
}

function drawNode({ kind, lines }: DrawnNode, { x, y, width, height }: Size & Point) {
  const left = round(x - width / 2);
  const top = round(y - height / 2);
  return s(
    'g',
    { className: [kind] },
    s('rect', { x: left, y: top, width: round(width), height: round(height) }),
    ...lines.map((line, index) =>
      s('text', { x: left + PADDING, y: round(top + PADDING + LINE * (index + 0.75)) }, line),
    ),
  );
}

function lineThrough(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
