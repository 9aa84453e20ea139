/**
 * Counting true literals: a totalizer (Bailleux & Boufkhad, "Efficient CNF encoding of Boolean cardinality
 * constraints", CP 2003), bounded to as high as anyone has counted, and extended in place when someone counts
 * higher (Martins, Joshi, Manquinho & Lynce, "Incremental cardinality constraints for MaxSAT", CP 2014).
 * The sequential counter (Sinz, CP 2005) is as small, but passes a count through all literals in a row, where
 * this tree is as deep as their number's logarithm.
 */
import type { Literal, SatSolver } from './sat.js';

export class Totalizer {
  private readonly root: Counter | undefined;

  constructor(
    private readonly solver: SatSolver,
    literals: readonly Literal[],
  ) {
    this.root = literals.length === 0 ? undefined : counterOf(literals);
  }

  /**
   * Literals that together say that at most `most` >= 0 of the counted literals are true: assume
   * them for one call, or add each as a clause for good. None where that is so in any case.
   */
  atMost(most: number): readonly Literal[] {
    if (this.root === undefined || most >= this.root.size) return [];
    extend(this.root, most + 1, this.solver);
    return [-this.root.outputs[most]];
  }
}

/** A tree over the counted literals. `outputs[i]` is true wherever more than `i` of those below are. */
interface Counter {
  readonly size: number;
  readonly outputs: Literal[];
  readonly halves: readonly [Counter, Counter] | undefined;
}

function counterOf(literals: readonly Literal[]): Counter {
  if (literals.length === 1) return { size: 1, outputs: [literals[0]], halves: undefined };
  const middle = literals.length >> 1;
  const halves = [counterOf(literals.slice(0, middle)), counterOf(literals.slice(middle))] as const;
  return { size: literals.length, outputs: [], halves };
}

/** Makes a counter count up to `bound`, or to its size where that is less. */
function extend(counter: Counter, bound: number, solver: SatSolver): void {
  const { size, outputs, halves } = counter;
  if (halves === undefined) return;
  const known = outputs.length;
  const wanted = Math.min(bound, size);
  if (wanted <= known) return;
  const [left, right] = halves;
  extend(left, wanted, solver);
  extend(right, wanted, solver);
  while (outputs.length < wanted) outputs.push(solver.newVariable());
  for (let total = known + 1; total <= wanted; total++) {
    for (let inLeft = Math.max(0, total - right.size); inLeft <= Math.min(total, left.size); inLeft++)
      addSum(left, inLeft, right, total - inLeft, outputs[total - 1], solver);
  }
}

/** Where `inLeft` of the left half are true and `inRight` of the right half, `output` is true. */
function addSum(
  left: Counter,
  inLeft: number,
  right: Counter,
  inRight: number,
  output: Literal,
  solver: SatSolver,
): void {
  const clause = [output];
  if (inLeft > 0) clause.push(-left.outputs[inLeft - 1]);
  if (inRight > 0) clause.push(-right.outputs[inRight - 1]);
  solver.addClause(clause);
}
