/** Questions that one pass over a diagram answers: how many assignments satisfy it, and which costs least. */
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import type { Diagram } from './diagram.js';

/** What inputs are held to; undefined of those that may be either. */
export type HeldInputs = (input: number) => boolean | undefined;

/** How many assignments of inputs 0..inputs-1 satisfy `edge`. @param held what some inputs have to be; default none */
export function countAssignments(
  diagram: Diagram,
  edge: Condition,
  inputs: number,
  held: HeldInputs = () => undefined,
): bigint {
  const counts = new Map<Condition, bigint>();
  const level = (of: Condition) => Math.min(diagram.level(of), inputs);
  /** Of the inputs before each, how many may be either. */
  const free = new Uint32Array(inputs + 1);
  for (let input = 0; input < inputs; input++)
    free[input + 1] = free[input] + (held(input) === undefined ? 1 : 0);
  const between = (from: number, to: number) => BigInt(free[to] - free[from]);
  /** Over the inputs from the one that `of` tests first. */
  const count = (of: Condition): bigint => {
    if (of === FALSE) return 0n;
    if (of === TRUE) return 1n;
    const known = counts.get(of);
    if (known !== undefined) return known;
    const input = level(of);
    const branch = (to: Condition) => count(to) << between(input + 1, level(to));
    const value = held(input);
    const total =
      (value === true ? 0n : branch(diagram.low(of))) + (value === false ? 0n : branch(diagram.high(of)));
    counts.set(of, total);
    return total;
  };
  return count(edge) << between(0, level(edge));
}

/** What an input weighs where it is false, and where it is true. */
export type Weights = readonly [whenFalse: number, whenTrue: number];

/**
 * The sum over the assignments of inputs 0..inputs-1 that satisfy `edge`, of the product of what the inputs weigh: a
 * weighted count of models (Chavira and Darwiche, "On probabilistic inference by weighted model counting", 2008).
 */
export function weighAssignments(
  diagram: Diagram,
  edge: Condition,
  inputs: number,
  weights: (input: number) => Weights,
): number {
  const known = new Map<Condition, number>();
  const level = (of: Condition) => Math.min(diagram.level(of), inputs);
  const skipped = (from: number, to: number) => {
    let product = 1;
    for (let input = from; input < to; input++) product *= weights(input)[0] + weights(input)[1];
    return product;
  };
  const weigh = (of: Condition): number => {
    if (of === FALSE) return 0;
    if (of === TRUE) return 1;
    const before = known.get(of);
    if (before !== undefined) return before;
    const input = level(of);
    const branch = (to: Condition) => weigh(to) * skipped(input + 1, level(to));
    const [whenFalse, whenTrue] = weights(input);
    const total = whenFalse * branch(diagram.low(of)) + whenTrue * branch(diagram.high(of));
    known.set(of, total);
    return total;
  };
  return weigh(edge) * skipped(0, level(edge));
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
