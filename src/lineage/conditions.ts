/**
 * The conditions of the run over all fault sets: a circuit, and beside it a diagram of as much of it as is asked
 * about.
 *
 * A handle is a literal of the circuit. A question is first put to a few sample assignments, which answer most;
 * what they leave open is put to the diagram, which is built of what the question depends on and no more. When
 * the diagram passes its budget it is dropped, and the circuit and the solver remain. What evaluation leaves out
 * on the diagram's word is kept as a condition of its own, so that the SAT solver, asked of the circuit and of
 * that, confirms the diagram's answer by a second way, for the circuit has nothing else from the diagram.
 */
import { FALSE, TRUE, type Algebra, type Condition } from '../model/algebra.js';
import { BudgetExceeded } from './budget.js';
import { Circuit } from './circuit.js';
import { Diagram } from './diagram.js';
import { Samples, type Assignment, type SampleInputs } from './samples.js';

export interface ConditionsOptions {
  /** The most nodes of the circuit. */
  readonly circuitLimit: number;
  /** The most nodes of the diagram; 0 for none. */
  readonly diagramLimit: number;
  /** Some admissible assignments; the more they differ, the more they answer. */
  readonly samples: SampleInputs;
  /** Decides, without a diagram, whether a condition holds under some admissible fault set. */
  readonly satisfiable: (condition: Condition) => boolean;
  /** Which inputs are true of what satisfies the last condition that was found satisfiable, where that is known. */
  readonly example?: () => Assignment | undefined;
}

/** What a search of the solver in vain takes, in nodes of a diagram: a millisecond or two of either. */
const SEARCH = 1_000;

/** In place of a diagram's edge that is not built. */
const UNBUILT = -1;

export class Conditions implements Algebra {
  readonly circuit: Circuit;
  private readonly samples: Samples;
  private currentDiagram: Diagram | undefined;
  /** The diagram's edge of each circuit node that was asked about. */
  private edges = unbuilt(1024);
  /** What was said to be impossible, though the circuit does not show it. */
  private readonly denied = new Set<Condition>();
  /** The diagram's edge for what every admissible fault set satisfies. */
  private admissible: Condition = TRUE;
  /** How often the solver found no example. */
  private searches = 0;

  constructor(private readonly options: ConditionsOptions) {
    this.circuit = new Circuit(options.circuitLimit);
    this.samples = new Samples(options.samples);
    this.currentDiagram = options.diagramLimit > 0 ? new Diagram(options.diagramLimit) : undefined;
  }

  /** Undefined once it has passed its budget. */
  get diagram(): Diagram | undefined {
    return this.currentDiagram;
  }

  /**
   * Restricts every question to fault sets that satisfy `condition`; asked once, before any other question.
   * The diagram's inputs are restricted too, and with them all that follows: what is false of every
   * inadmissible fault set, or true of all, stays so under conjunction and negation. Diagrams are then
   * smaller, up to twenty times, since they need not tell inadmissible fault sets apart.
   */
  admit(condition: Condition): void {
    this.admissible = this.ask((diagram) => this.edge(diagram, condition)) ?? TRUE;
    this.edges = unbuilt(1024);
  }

  /** The condition that input `number` is true; inputs are tested by the diagram in the order of their numbers. */
  input(number: number): Condition {
    const before = this.circuit.size;
    const literal = this.circuit.input(number);
    if (this.circuit.size > before) this.samples.addInput(before, number);
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
    const { circuit } = this;
    const before = circuit.size;
    const literal = circuit.and(a, b);
    if (circuit.size > before) this.samples.addGate(before, circuit.left(before), circuit.right(before));
    return literal;
  }

  isFalse(a: Condition): boolean {
    if (a === FALSE) return true;
    if (this.samples.meet(a, TRUE)) return false;
    return this.admissibleEdge(a) === FALSE && this.deny(a);
  }

  isPossible(a: Condition): boolean {
    return this.isKnownPossible(a) ?? this.satisfiable(a);
  }

  isKnownPossible(a: Condition): boolean | undefined {
    if (a === FALSE || this.denied.has(a)) return false;
    if (this.samples.meet(a, TRUE)) return true;
    const edge = this.admissibleEdge(a);
    return edge === undefined ? undefined : edge !== FALSE || !this.deny(a);
  }

  /** Asked seldom, of conditions that are not needed otherwise, so that a diagram of them would be of little use. */
  implies(a: Condition, b: Condition): boolean {
    if (this.samples.meet(a, b ^ 1)) return false;
    const difference = this.and(a, b ^ 1);
    return difference === FALSE || !this.satisfiable(difference);
  }

  /** What the solver says, which is remembered. */
  private satisfiable(condition: Condition): boolean {
    const satisfiable = this.options.satisfiable(condition);
    const holds = satisfiable ? this.options.example?.() : undefined;
    if (holds === undefined) this.searches++;
    else this.samples.learn(this.circuit, holds);
    return satisfiable || !this.deny(condition);
  }

  /**
   * What was done so far, in nodes of a diagram, whatever was done. It does not depend on the machine; and of the solver
   * only what it searched for in vain is counted, which no example that it gave before makes needless.
   */
  get work(): number {
    const spent = this.currentDiagram?.size ?? this.options.diagramLimit;
    return this.circuit.size + spent + SEARCH * this.searches;
  }

  /** What was said to hold under no admissible fault set on the word of the diagram, or of the solver. */
  get excluded(): Condition {
    return [...this.denied].reduce((any, condition) => this.or(any, condition), FALSE);
  }

  private deny(condition: Condition): true {
    this.denied.add(condition);
    return true;
  }

  /** The diagram's edge for `a` within the bounds; undefined where the diagram was dropped. */
  admissibleEdge(a: Condition): Condition | undefined {
    return this.ask((diagram) => diagram.and(this.edge(diagram, a), this.admissible));
  }

  /** Inputs; within the bounds, none of these conditions ever differs by another one. */
  inputsOf(conditions: readonly Condition[]): ReadonlySet<number> {
    const { circuit } = this;
    const nodes = circuit.cone(conditions).filter((node) => circuit.isInput(node));
    const inputs = nodes.map((node) => circuit.inputOf(node));
    const edges = conditions.map((condition) => this.ask((diagram) => this.edge(diagram, condition)));
    const { diagram } = this;
    if (diagram === undefined || edges.includes(undefined)) return new Set(inputs);
    const tested = diagram.inputsOf(edges as readonly Condition[]);
    return new Set(inputs.filter((input) => tested.has(input)));
  }

  private edge(diagram: Diagram, literal: Condition): Condition {
    const node = literal >> 1;
    if (!this.isBuilt(node)) this.build(diagram, node);
    return this.edges[node] ^ (literal & 1);
  }

  /** Builds the edges of a node and of all that it depends on, without recursion: circuits are deep. */
  private build(diagram: Diagram, root: number): void {
    this.reserve(root);
    const open = [root];
    while (open.length > 0) {
      const node = open[open.length - 1];
      const missing = this.unbuiltOf(node);
      if (missing === undefined) this.edges[open.pop()!] = this.built(diagram, node);
      else open.push(missing);
    }
  }

  private built(diagram: Diagram, node: number): Condition {
    const { circuit } = this;
    return circuit.isInput(node)
      ? diagram.and(diagram.input(circuit.inputOf(node)), this.admissible)
      : diagram.and(this.edge(diagram, circuit.left(node)), this.edge(diagram, circuit.right(node)));
  }

  /** A node that a gate is the conjunction of, and that is still to be built. */
  private unbuiltOf(node: number): number | undefined {
    const { circuit } = this;
    if (circuit.isInput(node)) return undefined;
    return [circuit.left(node) >> 1, circuit.right(node) >> 1].find((child) => !this.isBuilt(child));
  }

  private isBuilt(node: number): boolean {
    return node < this.edges.length && this.edges[node] !== UNBUILT;
  }

  private reserve(node: number): void {
    if (node < this.edges.length) return;
    const larger = unbuilt(2 * node);
    larger.set(this.edges);
    this.edges = larger;
  }

  /** What the diagram says; undefined where it is gone, or passes its budget in answering. */
  private ask(question: (diagram: Diagram) => Condition): Condition | undefined {
    if (this.currentDiagram === undefined) return undefined;
    try {
      return question(this.currentDiagram);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      this.currentDiagram = undefined;
      this.edges = unbuilt(0);
      return undefined;
    }
  }
}

/** Edges of so many nodes, of which only that of the constant is built. */
function unbuilt(nodes: number): Int32Array<ArrayBuffer> {
  const edges = new Int32Array(nodes).fill(UNBUILT);
  edges[0] = FALSE;
  return edges;
}
