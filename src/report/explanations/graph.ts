/** Outlines as a graph, in which what is told several times is one: for drawings. */
import { wrapProse } from '../../model/text/text.js';
import { placeText, type Outline } from './outline.js';

export interface DrawnNode {
  readonly kind: Outline['kind'];
  readonly lines: readonly string[];
}

/** Each edge leads from what explains to what it explains, by their places among the nodes. */
export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly (readonly [number, number])[];
}

/** Columns of what stands in a node. */
const WIDTH = 36;

export function graphOf(outlines: readonly Outline[]): DrawnGraph {
  const places = new Map<string, number>();
  const nodes: DrawnNode[] = [];
  const edges = new Map<string, readonly [number, number]>();
  const visit = (outline: Outline): number => {
    const known = places.get(outline.text);
    const place = known ?? nodes.length;
    if (known === undefined) {
      places.set(outline.text, place);
      nodes.push({ kind: outline.kind, lines: linesOf(outline) });
    }
    for (const each of outline.because) {
      const from = visit(each);
      edges.set(`${from} ${place}`, [from, place]);
    }
    return place;
  };
  outlines.forEach(visit);
  return { nodes, edges: [...edges.values()] };
}

function linesOf({ text, place, more }: Outline): readonly string[] {
  const where = place === undefined ? [] : [placeText(place)];
  return [...wrapProse(text, WIDTH), ...where, ...(more === 'deeper' ? ['…'] : [])];
}
