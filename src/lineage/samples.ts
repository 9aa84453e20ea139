/**
 * What the conditions of a circuit come to under a few assignments, 32 to a word: a condition that one of them
 * satisfies can hold, and nothing more expensive has to be asked. Known from the equivalence checking of circuits
 * as random simulation (Kuehlmann & Krohm, "Equivalence checking using cuts and heaps", 1997).
 */
import type { Condition } from '../model/algebra.js';
import type { Circuit } from './circuit.js';
import { grown } from './hash-table.js';

export interface SampleInputs {
  /** Words, of 32 assignments each. */
  readonly words: number;
  /** In which assignments an input is true. */
  readonly of: (input: number) => readonly number[];
}

/** Which inputs are true. */
export type Assignment = (input: number) => boolean;

/** Answers nothing. */
export const noSamples: SampleInputs = { words: 0, of: () => [] };

/** The most assignments that are learnt, in words of 32; the oldest are forgotten. */
const LEARNT_WORDS = 32;

export class Samples {
  /** By node of the circuit, then word. */
  private values: Int32Array;
  /** Of assignments that were learnt: words of 32, by node. */
  private readonly learnt: Int32Array[] = [];
  /** Which bits of those words are of an assignment. */
  private readonly known: number[] = [];
  private readonly assignments: Assignment[] = [];
  /** Room for so many nodes. */
  private nodes = 1024;
  private lessons = 0;

  constructor(private readonly inputs: SampleInputs) {
    this.values = new Int32Array(this.nodes * inputs.words);
  }

  /** Node `node` of the circuit is this input. */
  addInput(node: number, input: number): void {
    this.reserve(node);
    this.values.set(this.inputs.of(input), node * this.inputs.words);
    for (const [place, holds] of this.assignments.entries()) this.put(place, node, holds(input));
  }

  /** Node `node` of the circuit is the conjunction of two literals. */
  addGate(node: number, left: Condition, right: Condition): void {
    this.reserve(node);
    const { values } = this;
    const width = this.inputs.words;
    const from = (left >> 1) * width;
    const other = (right >> 1) * width;
    const flip = -(left & 1);
    const flipOther = -(right & 1);
    for (let word = 0; word < width; word++)
      values[node * width + word] = (values[from + word] ^ flip) & (values[other + word] ^ flipOther);
    for (const word of this.learnt) word[node] = (word[left >> 1] ^ flip) & (word[right >> 1] ^ flipOther);
  }

  /** One assignment more: that which answered a question answers many that are like it. */
  learn(circuit: Circuit, holds: Assignment): void {
    const place = this.lessons++ % (32 * LEARNT_WORDS);
    const word = (this.learnt[place >> 5] ??= new Int32Array(this.nodes));
    this.assignments[place] = holds;
    this.known[place >> 5] |= 1 << (place & 31);
    for (let node = 1; node < circuit.size; node++) {
      const left = circuit.left(node);
      const right = circuit.right(node);
      const is = circuit.isInput(node)
        ? holds(circuit.inputOf(node))
        : (((word[left >> 1] ^ -(left & 1)) & (word[right >> 1] ^ -(right & 1))) >> (place & 31)) & 1;
      this.put(place, node, is);
    }
  }

  /** Whether one of the assignments satisfies both conditions. */
  meet(a: Condition, b: Condition): boolean {
    const { values } = this;
    const width = this.inputs.words;
    const from = (a >> 1) * width;
    const other = (b >> 1) * width;
    const flip = -(a & 1);
    const flipOther = -(b & 1);
    for (let word = 0; word < width; word++)
      if (((values[from + word] ^ flip) & (values[other + word] ^ flipOther)) !== 0) return true;
    return this.learnt.some(
      (word, place) => ((word[a >> 1] ^ flip) & (word[b >> 1] ^ flipOther) & this.known[place]) !== 0,
    );
  }

  private put(place: number, node: number, holds: boolean | number): void {
    const word = this.learnt[place >> 5];
    const bit = 1 << (place & 31);
    if (holds) word[node] |= bit;
    else word[node] &= ~bit;
  }

  private reserve(node: number): void {
    if (node < this.nodes) return;
    this.nodes = Math.max(node + 1, 2 * this.nodes);
    this.values = grown(this.values, this.nodes * this.inputs.words);
    for (const [place, word] of this.learnt.entries()) this.learnt[place] = grown(word, this.nodes);
  }
}
