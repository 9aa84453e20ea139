/** What is used of dagre. Its own types lead to files by names that Node's resolution does not know. */
declare module '@dagrejs/dagre' {
  interface Point {
    readonly x: number;
    readonly y: number;
  }

  interface Settings {
    readonly rankdir: 'LR' | 'TB';
    readonly nodesep: number;
    readonly edgesep: number;
    readonly ranksep: number;
    readonly marginx: number;
    readonly marginy: number;
    readonly acyclicer?: 'greedy';
  }

  interface Size {
    readonly width: number;
    readonly height: number;
  }

  interface EdgeLabel extends Size {
    readonly labelpos: 'c';
  }

  export class Graph {
    constructor(options: { readonly multigraph: boolean });
    setGraph(settings: Settings): void;
    setNode(name: string, size: Size): void;
    setEdge(from: string, to: string, label: Partial<EdgeLabel>, name?: string): void;
    /** These have places once the graph is laid out. */
    graph(): Size;
    node(name: string): Size & Point;
    edge(from: string, to: string, name?: string): Point & { readonly points: readonly Point[] };
  }

  export function layout(graph: Graph): void;
}
