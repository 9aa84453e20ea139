/** Explanations in the language of Graphviz. */
import type { DrawnNode } from './graph.js';
import { graphOf } from './graph.js';
import type { Outline } from './outline.js';

const SHAPES: Readonly<Record<DrawnNode['kind'], string>> = {
  so: 'shape=box, style=rounded',
  absent: 'shape=box, style="rounded,dashed", color="#b3261e"',
  code: 'shape=plaintext, fontcolor="#5f6368"',
  fault: 'shape=octagon, color="#b3261e", fontcolor="#b3261e"',
};

/** A graph that `dot -Tsvg` draws: edges lead from what explains to what it explains. */
export function explanationAsDot(outlines: readonly Outline[]): string {
  const { nodes, edges } = graphOf(outlines);
  const lines = [
    'digraph explanation {',
    '  rankdir=BT;',
    '  node [fontname="sans-serif", fontsize=11];',
    ...nodes.map(({ kind, lines }, index) => `  n${index} [label=${labelOf(lines)}, ${SHAPES[kind]}];`),
    ...edges.map(([from, to]) => `  n${from} -> n${to};`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Every backslash of the text stands for itself. */
function labelOf(lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replace(/[\\"]/g, String.raw`\$&`));
  return `"${escaped.join(String.raw`\n`)}"`;
}
