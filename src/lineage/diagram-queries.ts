/** Questions that one pass over a diagram answers: how many assignments satisfy it, and which costs least. */
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import type { Diagram } from './diagram.js';

/** How many assignments of inputs 0..inputs-1 satisfy `edge`. */
export function countAssignments(diagram: Diagram, edge: Condition, inputs: number): bigint {
  const counts = new Map<Condition, bigint>();
  const level = (of: Condition) => Math.min(diagram.level(of), inputs);
  /** Over the inputs from the one that `of` tests first. */
  const count = (of: Condition): bigint => {
    if (of === FALSE) return 0n;
    if (of === TRUE) return 1n;
    const known = counts.get(of);
    if (known !== undefined) return known;
    const below = level(of) + 1;
    const branch = (to: Condition) => count(to) << BigInt(level(to) - below);
    const total = branch(diagram.low(of)) + branch(diagram.high(of));
    counts.set(of, total);
    return total;
  };
  return count(edge) << BigInt(level(edge));
}

/**
 * How many assignments of inputs 0..inputs-1 satisfy `edge` with exactly 0, 1, ... `most` of the counted inputs true.
 * One pass over the inputs, with the paths to each edge so far.
 */
export function countByTrue(
  diagram: Diagram,
  edge: Condition,
  inputs: number,
  { isCounted, most }: { readonly isCounted: (input: number) => boolean; readonly most: number },
): readonly bigint[] {
  const none = () => new Array<bigint>(most + 1).fill(0n);
  let reached: ReadonlyMap<Condition, readonly bigint[]> = new Map([[edge, none().with(0, 1n)]]);
  for (let input = 0; input < inputs; input++) {
    const next = new Map<Condition, bigint[]>();
    const add = (to: Condition, ways: readonly bigint[], more: number) => {
      if (to === FALSE) return;
      let known = next.get(to);
      if (known === undefined) next.set(to, (known = none()));
      for (let count = 0; count + more <= most; count++) known[count + more] += ways[count];
    };
    for (const [at, ways] of reached) {
      add(diagram.low(at, input), ways, 0);
      add(diagram.high(at, input), ways, isCounted(input) ? 1 : 0);
    }
    reached = next;
  }
  return reached.get(TRUE) ?? none();
}

/**
 * The inputs that are true in the satisfying assignment of least total cost; of those, the one that is true
 * at the earliest input where two differ. Undefined when nothing satisfies `edge`. Every cost is positive.
 */
export function leastAssignment(
  diagram: Diagram,
  edge: Condition,
  cost: (input: number) => number,
): readonly number[] | undefined {
  if (edge === FALSE) return undefined;
  const costs = new Map<Condition, number>();
  const least = (of: Condition): number => {
    if (of === FALSE) return Infinity;
    if (of === TRUE) return 0;
    const known = costs.get(of);
    if (known !== undefined) return known;
    const result = Math.min(least(diagram.low(of)), least(diagram.high(of)) + cost(diagram.level(of)));
    costs.set(of, result);
    return result;
  };
  const inputs: number[] = [];
  for (let at = edge; at !== TRUE;) {
    const input = diagram.level(at);
    const taken = least(diagram.high(at)) + cost(input) === least(at);
    if (taken) inputs.push(input);
    at = taken ? diagram.high(at) : diagram.low(at);
  }
  return inputs;
}
