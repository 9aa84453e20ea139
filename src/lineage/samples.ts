/**
 * What the conditions of a circuit come to under a few assignments, 32 to a word: a condition that one of them
 * satisfies can hold, and nothing more expensive has to be asked. Known from the equivalence checking of circuits
 * as random simulation (Kuehlmann & Krohm, "Equivalence checking using cuts and heaps", 1997).
 */
import type { Condition } from '../model/algebra.js';
import { grown } from './hash-table.js';

export interface SampleInputs {
  /** Words, of 32 assignments each. */
  readonly words: number;
  /** In which assignments an input is true. */
  readonly of: (input: number) => readonly number[];
}

/** Answers nothing. */
export const noSamples: SampleInputs = { words: 0, of: () => [] };

export class Samples {
  /** By node of the circuit, then word. */
  private values: Int32Array;

  constructor(private readonly inputs: SampleInputs) {
    this.values = new Int32Array(1024 * inputs.words);
  }

  /** Node `node` of the circuit is this input. */
  addInput(node: number, input: number): void {
    this.reserve(node);
    this.values.set(this.inputs.of(input), node * this.inputs.words);
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
    return false;
  }

  private reserve(node: number): void {
    const needed = (node + 1) * this.inputs.words;
    if (needed > this.values.length) this.values = grown(this.values, needed);
  }
}
