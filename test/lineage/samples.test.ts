import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit } from '../../src/lineage/circuit.js';
import { noSamples, Samples } from '../../src/lineage/samples.js';
import { assignments, build, expression, holds, samplesOf } from './expressions.js';

describe('samples', () => {
  it('know whether one of them satisfies two conditions', () => {
    const some = fc.uniqueArray(fc.constantFrom(...assignments), { minLength: 1 });
    fc.assert(
      fc.property(expression, expression, some, (left, right, chosen) => {
        const circuit = new Circuit();
        const samples = new Samples(samplesOf(chosen));
        const a = build(left, circuit);
        const b = build(right, circuit);
        for (let node = 1; node < circuit.size; node++) {
          if (circuit.isInput(node)) samples.addInput(node, circuit.inputOf(node));
          else samples.addGate(node, circuit.left(node), circuit.right(node));
        }
        const meet = chosen.some((assignment) => holds(left, assignment) && holds(right, assignment));
        expect(samples.meet(a, b)).toBe(meet);
      }),
    );
  });

  it('know one that was learnt when the circuit was half built', () => {
    fc.assert(
      fc.property(expression, expression, fc.constantFrom(...assignments), (left, right, learnt) => {
        const circuit = new Circuit();
        const samples = new Samples(noSamples);
        const add = (from: number) => {
          for (let node = from; node < circuit.size; node++) {
            if (circuit.isInput(node)) samples.addInput(node, circuit.inputOf(node));
            else samples.addGate(node, circuit.left(node), circuit.right(node));
          }
        };
        const a = build(left, circuit);
        add(1);
        samples.learn(circuit, (input) => learnt.has(input));
        const half = circuit.size;
        const b = build(right, circuit);
        add(half);
        expect(samples.meet(a, b)).toBe(holds(left, learnt) && holds(right, learnt));
      }),
    );
  });

  it('say nothing where there are none', () => {
    const samples = new Samples(noSamples);
    samples.addInput(1, 0);
    expect(samples.meet(2, 3)).toBe(false);
    expect(samples.meet(2, 2)).toBe(false);
  });

  it('have room for circuits of any size', () => {
    const samples = new Samples(samplesOf(assignments));
    samples.addInput(1, 0);
    for (let node = 2; node < 5_000; node++) samples.addGate(node, 2 * node - 2, 2);
    expect(samples.meet(2 * 4_999, 2)).toBe(true);
    expect(samples.meet(2 * 4_999, 3)).toBe(false);
  });
});
