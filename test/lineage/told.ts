/** Vertices as a line of text. */
import type { Vertex } from '../../src/lineage/lineage.js';
import { printValue } from '../../src/model/rules/print.js';

export function told(vertex: Vertex): string {
  const { node, time } = vertex;
  switch (vertex.kind) {
    case 'fact':
      return `${vertex.relation}(${vertex.tuple.map(printValue).join(', ')})@${time}`;
    case 'message':
      return `${vertex.name} ${vertex.from}->${node}@${vertex.sent}`;
    case 'state':
      return `${node}@${time} ${vertex.crashed ? 'down ' : ''}${JSON.stringify(vertex.state)}`;
    case 'absence': {
      const { of } = vertex;
      if (of.kind === 'message') return `lost ${of.name} ${of.from}->${node}@${of.sent}`;
      const columns = of.pattern.map((value) => (value === null ? '_' : printValue(value)));
      return `no ${of.relation}(${columns.join(', ')})@${time}`;
    }
    case 'fault':
      return vertex.fault;
    case 'call':
      return `${vertex.from ?? ''}->${node} ${vertex.name}${vertex.failed ? ' failed' : ''}`;
    case 'firing':
      return `by ${vertex.by}`;
  }
}
