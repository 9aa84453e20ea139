/**
 * Unit propagation, and nothing else of what a SAT solver does: enough to check a proof, and to compute every
 * gate of a circuit from its inputs. It is the one piece that must be right where the solvers are not trusted,
 * and so it is kept apart from them and small. Two literals of each clause are watched (Moskewicz, Madigan,
 * Zhao, Zhang & Malik, "Chaff", DAC 2001).
 */
import type { Literal } from '../../solver/sat.js';
import type { CnfClause, Cnf } from './cnf.js';

/** The value of each literal, as far as it is known. */
export type LiteralValues = (literal: Literal) => boolean | undefined;

export class Propagator {
  /** Of each variable: 1 true, -1 false, 0 not known. */
  private readonly values: Int8Array;
  /** Of each literal, the clauses that watch it. A watched literal is one of the first two of its clause. */
  private readonly watches: Literal[][][];
  /** The literals that are true, in the order in which they became so. */
  private readonly trail: Literal[] = [];
  /** How far along the trail clauses were looked at. */
  private next = 0;
  private conflicting = false;

  constructor({ variables, clauses }: Cnf) {
    this.values = new Int8Array(variables + 1);
    this.watches = Array.from({ length: 2 * (variables + 1) }, () => []);
    for (const clause of clauses) this.add(clause);
  }

  /** Whether propagation alone has shown that the clauses cannot all hold. */
  get isContradictory(): boolean {
    return this.conflicting;
  }

  /** Adds a clause for good, and all that follows from it. */
  add(clause: CnfClause): void {
    if (this.conflicting) return;
    // What follows without assumptions is never taken back, so literals that are false by now are of no use.
    const literals = [...new Set(clause)].filter((literal) => this.value(literal) !== -1);
    if (literals.some((literal) => this.value(literal) === 1 || literals.includes(-literal))) return;
    if (literals.length > 1) this.watch(literals);
    else if (literals.length === 0 || !this.assign(literals[0])) this.conflicting = true;
    else if (!this.propagate()) this.conflicting = true;
  }

  /**
   * Looks at what follows from assumptions, which are taken back afterwards.
   *
   * @param look called where nothing contradicts the assumptions, with the value of each literal; undefined where it is open
   * @returns whether nothing does
   */
  suppose(assumptions: CnfClause, look: (value: LiteralValues) => void = () => undefined): boolean {
    if (this.conflicting) return false;
    const mark = this.trail.length;
    const consistent = assumptions.every((literal) => this.assign(literal)) && this.propagate();
    if (consistent)
      look((literal) => {
        const value = this.value(literal);
        return value === 0 ? undefined : value > 0;
      });
    while (this.trail.length > mark) this.values[Math.abs(this.trail.pop()!)] = 0;
    this.next = mark;
    return consistent;
  }

  private value(literal: Literal): number {
    return literal > 0 ? this.values[literal] : -this.values[-literal];
  }

  /** False where the literal is false already. */
  private assign(literal: Literal): boolean {
    const value = this.value(literal);
    if (value !== 0) return value === 1;
    this.values[Math.abs(literal)] = Math.sign(literal);
    this.trail.push(literal);
    return true;
  }

  /** Whether all that follows can be true. */
  private propagate(): boolean {
    while (this.next < this.trail.length) if (!this.visit(-this.trail[this.next++])) return false;
    return true;
  }

  /** Looks at the clauses that watch a literal which has become false. */
  private visit(falsified: Literal): boolean {
    const watching = this.watches[place(falsified)];
    let kept = 0;
    let consistent = true;
    for (const clause of watching) {
      if (consistent && this.rewatch(clause, falsified)) continue;
      watching[kept++] = clause;
      if (consistent) consistent = this.assign(clause[0]);
    }
    watching.length = kept;
    return consistent;
  }

  /** Lets a clause watch another literal instead of a false one; false where the first is the only one left. */
  private rewatch(clause: Literal[], falsified: Literal): boolean {
    if (clause[0] === falsified) [clause[0], clause[1]] = [clause[1], clause[0]];
    if (this.value(clause[0]) === 1) return false;
    for (let at = 2; at < clause.length; at++) {
      if (this.value(clause[at]) === -1) continue;
      [clause[1], clause[at]] = [clause[at], clause[1]];
      this.watches[place(clause[1])].push(clause);
      return true;
    }
    return false;
  }

  private watch(literals: Literal[]): void {
    this.watches[place(literals[0])].push(literals);
    this.watches[place(literals[1])].push(literals);
  }
}

function place(literal: Literal): number {
  return literal > 0 ? 2 * literal : -2 * literal + 1;
}
