/**
 * The conditions of the run over all fault sets: one pass carries a circuit and, while it lasts, a diagram.
 *
 * A handle is a literal of the circuit; the diagram's edge for each circuit node stands beside it, and
 * answers every question. When the diagram passes its budget it is dropped and the pass goes on with the
 * circuit alone, no work lost. What evaluation leaves out on the diagram's word is kept as a condition of its
 * own, so that the SAT solver, asked of the circuit and of that, confirms the diagram's answer by a second way,
 * for the circuit has nothing else from the diagram. (Carrying one and rebuilding the other on demand
 * was rejected: the rebuild would repeat the whole pass at the moment that it is needed most.)
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../model/algebra.js';
import { BudgetExceeded } from './budget.js';
import { Circuit } from './circuit.js';
import { Diagram } from './diagram.js';
import { grown } from './hash-table.js';

export interface ConditionsOptions {
  /** The most nodes of the circuit. */
  readonly circuitLimit: number;
  /** The most nodes of the diagram; 0 for none. */
  readonly diagramLimit: number;
  /** Decides, without a diagram, whether a condition holds under some admissible fault set. */
  readonly satisfiable: (condition: Condition) => boolean;
}

export class Conditions implements Algebra {
  readonly circuit: Circuit;
  private currentDiagram: Diagram | undefined;
  /** The diagram's edge of each circuit node. */
  private edges = new Int32Array(1024);
  /** What the diagram said can never hold. */
  private readonly denied = new Set<Condition>();
  /** The diagram's edge for what every admissible fault set satisfies. */
  private admissible: Condition = TRUE;

  constructor(private readonly options: ConditionsOptions) {
    this.circuit = new Circuit(options.circuitLimit);
    this.currentDiagram = options.diagramLimit > 0 ? new Diagram(options.diagramLimit) : undefined;
  }

  /** Undefined once it has passed its budget. */
  get diagram(): Diagram | undefined {
    return this.currentDiagram;
  }

  /**
   * Restricts every question to fault sets that satisfy `condition`; asked once, before anything is built
   * on it. The diagram's inputs are restricted too, and with them all that follows: what is false of every
   * inadmissible fault set, or true of all, stays so under conjunction and negation. Diagrams are then
   * smaller, up to twenty times, since they need not tell inadmissible fault sets apart.
   */
  admit(condition: Condition): void {
    this.admissible = this.edge(condition);
    for (let node = 1; node < this.circuit.size; node++) {
      if (this.circuit.isInput(node)) this.attach(node, (diagram) => this.admissibleIn(diagram, node << 1));
    }
  }

  /** The condition that input `number` is true; inputs are tested by the diagram in the order of their numbers. */
  input(number: number): Condition {
    const before = this.circuit.size;
    const literal = this.circuit.input(number);
    if (this.circuit.size > before) {
      this.attach(before, (diagram) => diagram.and(diagram.input(number), this.admissible));
    }
    return literal;
  }

  not(a: Condition): Condition {
    return a ^ 1;
  }

  or(a: Condition, b: Condition): Condition {
    return this.and(a ^ 1, b ^ 1) ^ 1;
  }

  /** @throws BudgetExceeded when the circuit would pass its limit */
  and(a: Condition, b: Condition): Condition {
    const before = this.circuit.size;
    const literal = this.circuit.and(a, b);
    if (this.circuit.size > before) this.attachGate(before);
    return literal;
  }

  isFalse(a: Condition): boolean {
    if (a === FALSE) return true;
    if (this.admissibleEdge(a) !== FALSE) return false;
    this.denied.add(a);
    return true;
  }

  /** What was said to hold under no admissible fault set on the word of the diagram alone. */
  get excluded(): Condition {
    return [...this.denied].reduce((any, condition) => this.or(any, condition), FALSE);
  }

  implies(a: Condition, b: Condition): boolean {
    const difference = this.ask((diagram) => diagram.and(this.admissibleIn(diagram, a), this.edge(b ^ 1)));
    if (difference === undefined) return this.impliesByCircuit(a, b);
    if (difference !== FALSE) return false;
    this.denied.add(this.and(a, b ^ 1));
    return true;
  }

  private impliesByCircuit(a: Condition, b: Condition): boolean {
    const difference = this.circuit.and(a, b ^ 1);
    return difference === FALSE || !this.options.satisfiable(difference);
  }

  /** The diagram's edge for `a` within the bounds; undefined where the diagram was dropped. */
  admissibleEdge(a: Condition): Condition | undefined {
    return this.ask((diagram) => this.admissibleIn(diagram, a));
  }

  private admissibleIn(diagram: Diagram, a: Condition): Condition {
    return diagram.and(this.edge(a), this.admissible);
  }

  private edge(literal: Condition): Condition {
    return this.edges[literal >> 1] ^ (literal & 1);
  }

  private attachGate(node: number): void {
    const { circuit } = this;
    this.attach(node, (diagram) =>
      diagram.and(this.edge(circuit.left(node)), this.edge(circuit.right(node))),
    );
  }

  private attach(node: number, build: (diagram: Diagram) => Condition): void {
    const edge = this.ask(build);
    if (edge === undefined) return;
    if (node >= this.edges.length) this.edges = grown(this.edges, node + 1);
    this.edges[node] = edge;
  }

  /** What the diagram says; undefined where it is gone, or passes its budget in answering. */
  private ask(question: (diagram: Diagram) => Condition): Condition | undefined {
    if (this.currentDiagram === undefined) return undefined;
    try {
      return question(this.currentDiagram);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.currentDiagram = undefined;
      this.edges = new Int32Array(0);
      return undefined;
    }
  }
}
