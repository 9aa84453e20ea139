/**
 * Conditions as a reduced ordered binary decision diagram with complement edges: canonical, so that
 * equality and emptiness are free and counts and least models are one pass. It can explode, so it has a
 * budget. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986); complement edges,
 * unique table and operation cache after Brace, Rudell & Bryant (1990).
 *
 * An edge is `2 * node + complement`. Node 0 is the terminal false, so edge 0 is false and 1 is true. A
 * low edge is never complemented, which makes edges canonical. Input i is tested at level i.
 */
import { FALSE, TRUE, type Condition } from '../model/algebra.js';
import { BudgetExceeded } from './budget.js';
import { grown, hashPair, hashTriple } from './hash-table.js';

/** Below every input. */
const TERMINAL_LEVEL = 0x7fffffff;

const LARGEST_CACHE = 1 << 20;

export class Diagram {
  private levels = new Int32Array(1024);
  private lows = new Int32Array(1024);
  private highs = new Int32Array(1024);
  private count = 1;
  private table = new Int32Array(1 << 14);
  private cacheKeys = new Int32Array(2 * 4096);
  private cacheResults = new Int32Array(4096);

  /** @param limit the most nodes it may have, dead ones included */
  constructor(private readonly limit: number) {
    this.levels[0] = TERMINAL_LEVEL;
  }

  /** Nodes so far, the terminal included. */
  get size(): number {
    return this.count;
  }

  /** The condition that input `number` is true. */
  input(number: number): Condition {
    return this.node(number, FALSE, TRUE);
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
    const slot = hashPair(a, b) & (this.cacheResults.length - 1);
    if (this.cacheKeys[2 * slot] === a && this.cacheKeys[2 * slot + 1] === b) return this.cacheResults[slot];
    const level = Math.min(this.levels[a >> 1], this.levels[b >> 1]);
    const low = this.and(this.low(a, level), this.low(b, level));
    const high = this.and(this.high(a, level), this.high(b, level));
    const result = this.node(level, low, high);
    this.remember(a, b, result);
    return result;
  }

  /** The inputs on which some of these conditions depend. */
  inputsOf(conditions: readonly Condition[]): ReadonlySet<number> {
    const inputs = new Set<number>();
    const seen = new Set<number>();
    const open = conditions.map((condition) => condition >> 1);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === 0 || seen.has(node)) continue;
      seen.add(node);
      inputs.add(this.levels[node]);
      open.push(this.lows[node] >> 1, this.highs[node] >> 1);
    }
    return inputs;
  }

  /** The input tested first, or a level below all inputs for a constant. */
  level(a: Condition): number {
    return this.levels[a >> 1];
  }

  /** `a` where the input at `level` is false; `level` is not below the one that `a` tests first. */
  low(a: Condition, level = this.levels[a >> 1]): Condition {
    return this.levels[a >> 1] === level ? this.lows[a >> 1] ^ (a & 1) : a;
  }

  /** `a` where the input at `level` is true; `level` is not below the one that `a` tests first. */
  high(a: Condition, level = this.levels[a >> 1]): Condition {
    return this.levels[a >> 1] === level ? this.highs[a >> 1] ^ (a & 1) : a;
  }

  /** The edge that tests `level` first; both branches are below it. */
  node(level: number, low: Condition, high: Condition): Condition {
    if (low === high) return low;
    if ((low & 1) === 1) return this.node(level, low ^ 1, high ^ 1) ^ 1;
    const mask = this.table.length - 1;
    let slot = hashTriple(level, low, high) & mask;
    for (let node = this.table[slot]; node !== 0; node = this.table[slot]) {
      if (this.lows[node] === low && this.highs[node] === high && this.levels[node] === level)
        return node << 1;
      slot = (slot + 1) & mask;
    }
    const node = this.addNode(level, low, high);
    this.table[slot] = node;
    if (this.count * 2 > this.table.length) this.rehash();
    return node << 1;
  }

  private addNode(level: number, low: Condition, high: Condition): number {
    if (this.count >= this.limit) throw new BudgetExceeded('diagram', this.limit);
    if (this.count === this.levels.length) {
      this.levels = grown(this.levels);
      this.lows = grown(this.lows);
      this.highs = grown(this.highs);
    }
    this.levels[this.count] = level;
    this.lows[this.count] = low;
    this.highs[this.count] = high;
    return this.count++;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 4);
    const mask = this.table.length - 1;
    for (let node = 1; node < this.count; node++) {
      let slot = hashTriple(this.levels[node], this.lows[node], this.highs[node]) & mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = node;
    }
    if (this.cacheResults.length < Math.min(this.table.length, LARGEST_CACHE)) this.enlargeCache();
  }

  private enlargeCache(): void {
    const keys = this.cacheKeys;
    const results = this.cacheResults;
    this.cacheKeys = new Int32Array(keys.length * 2);
    this.cacheResults = new Int32Array(results.length * 2);
    for (let slot = 0; slot < results.length; slot++) {
      this.remember(keys[2 * slot], keys[2 * slot + 1], results[slot]);
    }
  }

  private remember(a: Condition, b: Condition, result: Condition): void {
    const slot = hashPair(a, b) & (this.cacheResults.length - 1);
    this.cacheKeys[2 * slot] = a;
    this.cacheKeys[2 * slot + 1] = b;
    this.cacheResults[slot] = result;
  }
}
