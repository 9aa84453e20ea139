/**
 * Strongly connected components (Tarjan, "Depth-first search and linear graph algorithms", 1972), with a
 * stack of its own: a program may chain tens of thousands of relations.
 */

/**
 * @param successors of node i at index i
 * @returns components such that a component comes after all those that its nodes lead to; nodes ascending
 */
export function components(successors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const search = new Search(successors);
  for (const node of successors.keys()) search.visit(node);
  return search.found;
}

const UNSEEN = -1;

class Search {
  readonly found: (readonly number[])[] = [];
  private readonly order: number[];
  private readonly low: number[];
  private readonly open: number[] = [];
  private readonly isOpen: boolean[];
  private count = 0;

  constructor(private readonly successors: readonly (readonly number[])[]) {
    this.order = successors.map(() => UNSEEN);
    this.low = successors.map(() => UNSEEN);
    this.isOpen = successors.map(() => false);
  }

  visit(root: number): void {
    if (this.order[root] !== UNSEEN) return;
    this.enter(root);
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      if (top.next < this.successors[node].length) {
        const successor = this.successors[node][top.next++];
        if (this.order[successor] === UNSEEN) {
          this.enter(successor);
          path.push({ node: successor, next: 0 });
        } else if (this.isOpen[successor]) {
          this.low[node] = Math.min(this.low[node], this.order[successor]);
        }
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.node;
      if (parent !== undefined) this.low[parent] = Math.min(this.low[parent], this.low[node]);
      if (this.low[node] === this.order[node]) this.close(node);
    }
  }

  private enter(node: number): void {
    this.order[node] = this.low[node] = this.count++;
    this.open.push(node);
    this.isOpen[node] = true;
  }

  private close(root: number): void {
    const component = this.open.splice(this.open.lastIndexOf(root));
    for (const node of component) this.isOpen[node] = false;
    this.found.push(component.sort((a, b) => a - b));
  }
}
