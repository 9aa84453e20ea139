/**
 * Circuits as clauses (Tseitin, "On the complexity of derivation in propositional calculus", 1968), of only the
 * part that a question reaches, and of that only what was not encoded before. A chain of conjunctions becomes
 * one, which saves a third of the variables and as much of the time to solve. Encoding a gate
 * only in the polarity it is used in (Plaisted & Greenbaum 1986) was rejected: measured on protocols it
 * saved one clause in thirty and no time, and a literal would no longer equal its condition.
 */
import type { Circuit } from '../lineage/circuit.js';
import { TRUE, type Condition } from '../model/algebra.js';
import type { Literal, SatSolver } from './sat.js';

/** As much of a circuit as is read here. Its nodes are in topological order. */
export type CircuitView = Pick<Circuit, 'isInput' | 'inputOf' | 'left' | 'right'>;

/** As much of a solver as is written to here. */
export type ClauseSink = Pick<SatSolver, 'newVariable' | 'addClause'>;

export class CircuitEncoder {
  /** Of each node, the variable that equals it; 0 where it has none. */
  private variables = new Int32Array(1024);
  /** Of each gate in the cone at hand, how many gates there refer to it; 0 outside of it. */
  private references = new Int32Array(1024);

  /** @param inputVariable the variable of each input of the circuit, by the input's number */
  constructor(
    private readonly circuit: CircuitView,
    private readonly solver: ClauseSink,
    private readonly inputVariable: (input: number) => number,
  ) {}

  /** A literal that is true exactly where the condition holds. */
  literal(condition: Condition): Literal {
    const root = condition >> 1;
    this.reserve(root + 1);
    if (this.variables[root] === 0) this.encodeCone(root);
    return this.literalOf(condition);
  }

  /** Conditions that are no conjunctions, all of which hold exactly where a condition does. */
  conjunctsOf(condition: Condition): readonly Condition[] {
    const conjuncts = new Set<Condition>();
    const open = [condition];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const node = next >> 1;
      if ((next & 1) === 0 && this.isGate(node)) open.push(this.circuit.right(node), this.circuit.left(node));
      else if (next !== TRUE) conjuncts.add(next);
    }
    return [...conjuncts];
  }

  private encodeCone(root: number): void {
    const cone = this.countReferences(root);
    const pending: number[] = [];
    this.variableOf(root, pending);
    for (let gate = pending.pop(); gate !== undefined; gate = pending.pop()) {
      const conjuncts = this.conjuncts(gate);
      for (const conjunct of conjuncts) this.variableOf(conjunct >> 1, pending);
      this.define(
        this.variables[gate],
        [...conjuncts].map((conjunct) => this.literalOf(conjunct)),
      );
    }
    for (const node of cone) this.references[node] = 0;
  }

  /** The nodes without a variable that `root` depends on. */
  private countReferences(root: number): readonly number[] {
    const cone = [root];
    const refer = (node: number) => {
      if (this.variables[node] !== 0) return;
      if (this.references[node]++ === 0) cone.push(node);
    };
    this.references[root] = 1;
    for (let at = 0; at < cone.length; at++) {
      const node = cone[at];
      if (!this.isGate(node)) continue;
      refer(this.circuit.left(node) >> 1);
      refer(this.circuit.right(node) >> 1);
    }
    return cone;
  }

  /**
   * The conditions whose conjunction a gate is. A chain of conjunctions is one conjunction, as long as
   * nothing else refers to those in between.
   */
  private conjuncts(gate: number): ReadonlySet<Condition> {
    const conjuncts = new Set<Condition>();
    const open = [this.circuit.right(gate), this.circuit.left(gate)];
    for (let condition = open.pop(); condition !== undefined; condition = open.pop()) {
      const node = condition >> 1;
      if (
        (condition & 1) === 0 &&
        this.isGate(node) &&
        this.references[node] === 1 &&
        this.variables[node] === 0
      )
        open.push(this.circuit.right(node), this.circuit.left(node));
      else conjuncts.add(condition);
    }
    return conjuncts;
  }

  private define(variable: number, conjuncts: readonly Literal[]): void {
    for (const conjunct of conjuncts) this.solver.addClause([-variable, conjunct]);
    this.solver.addClause([variable, ...conjuncts.map((conjunct) => -conjunct)]);
  }

  /** Gives a node its variable; a gate that had none is still to be defined, and so put with the `pending`. */
  private variableOf(node: number, pending: number[]): void {
    if (this.variables[node] !== 0) return;
    if (this.circuit.isInput(node)) this.variables[node] = this.inputVariable(this.circuit.inputOf(node));
    else this.variables[node] = this.solver.newVariable();
    if (node === 0) this.solver.addClause([-this.variables[node]]);
    else if (this.isGate(node)) pending.push(node);
  }

  private isGate(node: number): boolean {
    return node !== 0 && !this.circuit.isInput(node);
  }

  private literalOf(condition: Condition): Literal {
    const variable = this.variables[condition >> 1];
    return (condition & 1) === 0 ? variable : -variable;
  }

  private reserve(nodes: number): void {
    if (nodes <= this.variables.length) return;
    const variables = new Int32Array(2 * nodes);
    variables.set(this.variables);
    this.variables = variables;
    this.references = new Int32Array(2 * nodes);
  }
}
