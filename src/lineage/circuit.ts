/**
 * Conditions as a hash-consed and-inverter graph in flat integer arrays: it never blows up in size, and
 * leaves every question to the SAT solver.
 *
 * A literal is `2 * node + complement`. Node 0 is the constant false, so literal 0 is false and 1 is true.
 * Every node is an input (numbered from 0 by the caller) or the conjunction of two literals, both smaller
 * than itself: node order is topological. Structural hashing and the one- and two-level rules follow
 * Brummayer & Biere, "Local Two-Level And-Inverter Graph Minimization without Blowup" (2006).
 */
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import { BudgetExceeded } from './budget.js';
import { grown, hashPair } from './hash-table.js';

/** What an input node has in place of a left literal. */
const INPUT = -1;

export class Circuit {
  private lefts = new Int32Array(1024);
  private rights = new Int32Array(1024);
  private count = 1;
  private table = new Int32Array(4096);
  private inputNodes: Condition[] = [];

  /** @param limit the most nodes it may have */
  constructor(private readonly limit = 20_000_000) {
    this.lefts[0] = INPUT;
    this.rights[0] = INPUT;
  }

  /** Nodes so far, the constant included. */
  get size(): number {
    return this.count;
  }

  /** The condition that input `number` is true; the same handle each time. */
  input(number: number): Condition {
    const known = this.inputNodes[number];
    if (known !== undefined) return known;
    const literal = this.addNode(INPUT, number) << 1;
    this.inputNodes[number] = literal;
    return literal;
  }

  isInput(node: number): boolean {
    return node !== 0 && this.lefts[node] === INPUT;
  }

  inputOf(node: number): number {
    return this.rights[node];
  }

  left(node: number): Condition {
    return this.lefts[node];
  }

  right(node: number): Condition {
    return this.rights[node];
  }

  not(a: Condition): Condition {
    return a ^ 1;
  }

  or(a: Condition, b: Condition): Condition {
    return this.and(a ^ 1, b ^ 1) ^ 1;
  }

  /** @throws BudgetExceeded when it would pass its limit */
  and(a: Condition, b: Condition): Condition {
    if (a > b) return this.and(b, a);
    if (a === FALSE || (a ^ 1) === b) return FALSE;
    if (a === TRUE || a === b) return b;
    const simpler = this.simplify(a, b);
    return simpler === undefined ? this.gate(a, b) : simpler;
  }

  /** The value of `condition` where input i is `inputs(i)`. */
  evaluate(condition: Condition, inputs: (input: number) => boolean): boolean {
    const values = new Uint8Array((condition >> 1) + 1);
    for (const node of this.cone([condition])) {
      values[node] = this.isInput(node)
        ? Number(inputs(this.rights[node]))
        : literalValue(values, this.lefts[node]) & literalValue(values, this.rights[node]);
    }
    return literalValue(values, condition) === 1;
  }

  /** The nodes that `roots` depend on, in topological order, without the constant. */
  cone(roots: readonly Condition[]): readonly number[] {
    const highest = roots.reduce((node, root) => Math.max(node, root >> 1), 0);
    const marked = new Uint8Array(highest + 1);
    for (const root of roots) marked[root >> 1] = 1;
    const nodes: number[] = [];
    for (let node = highest; node > 0; node--) {
      if (marked[node] === 0) continue;
      nodes.push(node);
      if (this.lefts[node] === INPUT) continue;
      marked[this.lefts[node] >> 1] = 1;
      marked[this.rights[node] >> 1] = 1;
    }
    return nodes.reverse();
  }

  /** What the children of `a` and `b` say about their conjunction; undefined where a gate is needed. */
  private simplify(a: Condition, b: Condition): Condition | undefined {
    const one = this.simplifyAgainst(a, b);
    return one === undefined ? this.simplifyAgainst(b, a) : one;
  }

  /** Rules that look into `b`, a gate `x & y` or its complement. */
  private simplifyAgainst(a: Condition, b: Condition): Condition | undefined {
    const x = this.lefts[b >> 1];
    if (x === INPUT) return undefined;
    const y = this.rights[b >> 1];
    if ((b & 1) === 0) {
      if (a === x || a === y) return b; // a & (a & y)
      if ((a ^ 1) === x || (a ^ 1) === y) return FALSE; // a & (!a & y)
      return undefined;
    }
    if ((a ^ 1) === x || (a ^ 1) === y) return a; // a & !(!a & y)
    if (a === x) return this.and(a, y ^ 1); // a & !(a & y)
    if (a === y) return this.and(a, x ^ 1);
    return undefined;
  }

  private gate(a: Condition, b: Condition): Condition {
    const mask = this.table.length - 1;
    let slot = hashPair(a, b) & mask;
    for (let node = this.table[slot]; node !== 0; node = this.table[slot]) {
      if (this.lefts[node] === a && this.rights[node] === b) return node << 1;
      slot = (slot + 1) & mask;
    }
    const node = this.addNode(a, b);
    this.table[slot] = node;
    if (this.count * 2 > this.table.length) this.rehash();
    return node << 1;
  }

  private addNode(left: number, right: number): number {
    if (this.count >= this.limit) throw new BudgetExceeded('circuit', this.limit);
    if (this.count === this.lefts.length) {
      this.lefts = grown(this.lefts);
      this.rights = grown(this.rights);
    }
    this.lefts[this.count] = left;
    this.rights[this.count] = right;
    return this.count++;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2);
    const mask = this.table.length - 1;
    for (let node = 1; node < this.count; node++) {
      if (this.lefts[node] === INPUT) continue;
      let slot = hashPair(this.lefts[node], this.rights[node]) & mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = node;
    }
  }
}

function literalValue(values: Uint8Array, literal: Condition): number {
  return values[literal >> 1] ^ (literal & 1);
}
