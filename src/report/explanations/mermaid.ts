/** Explanations as Mermaid, which forges and editors draw in Markdown. */
import type { DrawnNode } from './graph.js';
import { graphOf } from './graph.js';
import type { Outline } from './outline.js';
import { mermaidText } from '../mermaid.js';

const BRACKETS: Readonly<Record<DrawnNode['kind'], readonly [string, string]>> = {
  so: ['(', ')'],
  absent: ['[', ']'],
  code: ['[/', '/]'],
  fault: ['{{', '}}'],
};

/** A flowchart: edges lead from what explains to what it explains. */
export function explanationAsMermaid(outlines: readonly Outline[]): string {
  const { nodes, edges } = graphOf(outlines);
  const lines = [
    'flowchart BT',
    ...nodes.map(({ kind, lines }, index) => {
      const [open, close] = BRACKETS[kind];
      return `  n${index}${open}"${lines.map(mermaidText).join('<br/>')}"${close}:::${kind}`;
    }),
    ...edges.map(([from, to]) => `  n${from} --> n${to}`),
    '  classDef so stroke:#1a73e8',
    '  classDef absent stroke:#b3261e,stroke-dasharray:4',
    '  classDef code stroke:#9aa0a6,color:#5f6368',
    '  classDef fault stroke:#b3261e,color:#b3261e',
  ];
  return `${lines.join('\n')}\n`;
}
