/**
 * Rows that grow: scenarios within bounds that their headers do not give, and with more nodes. EOT, EFF and
 * crashes are bounds, and need no text of their own; for nodes, the facts that name them are generated.
 */
import type { Bounds } from '../src/injector/bounds.js';
import type { SourceHost } from '../src/model/dedalus/load.js';
import { fileSystemHost } from '../src/runner/cli/host.js';
import type { PreparedScenario } from '../src/runner/scenario/prepared.js';
import type { VerdictName } from '../src/runner/result.js';
import { read, row, SCENARIOS, type Row } from './rows.js';

/** The nodes that the delivery scenarios themselves name. */
const OWN_NODES = 3;

/** A scenario within the given bounds. */
export function bounded(name: string, bounds: Bounds, expected: VerdictName): Row {
  return row(name, read(`${SCENARIOS}/${name}.ded`, fileSystemHost), bounds, expected);
}

/** A scenario of the delivery family (`redun-deliv`, ...) on so many nodes, which is to be certified. */
export function delivery(name: string, nodes: number, bounds: Bounds): Row {
  return row(`${name} on ${nodes} nodes`, deliveryOn(nodes, name), bounds, 'certified');
}

/** Every node knows all others. */
function deliveryOn(size: number, name: string): PreparedScenario {
  const nodes = nodeNames(size);
  const lines = nodes.flatMap((from, i) =>
    nodes
      .filter((to, j) => to !== from && Math.max(i, j) >= OWN_NODES)
      .map((to) => `node("${from}", "${to}")@1;`),
  );
  const text = [`// ldfi: nodes ${nodes.join(', ')}`, `include "${name}.ded";`, ...lines, ''].join('\n');
  const path = `${SCENARIOS}/${name} on ${size} nodes.ded`;
  return read(path, withText(path, text));
}

/** a, b, c, ...; beyond the alphabet n27, n28, ... */
function nodeNames(size: number): readonly string[] {
  return Array.from({ length: size }, (_, i) =>
    i < 26 ? String.fromCharCode('a'.charCodeAt(0) + i) : `n${i + 1}`,
  );
}

/** The file system, with one file more. */
function withText(path: string, text: string): SourceHost {
  return {
    ...fileSystemHost,
    read: (wanted) =>
      wanted === path ? { kind: 'text', text, identity: path } : fileSystemHost.read(wanted),
  };
}
