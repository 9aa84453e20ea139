import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { sampleFaultSets } from '../../src/injector/samples.js';
import { room } from './sets.js';

/** Of each sample, the inputs that are true. */
function samplesOf(space: FaultSpace): readonly (readonly number[])[] {
  const { words, of } = sampleFaultSets(space);
  const inputs = space.events.map((_, input) => of(input));
  return Array.from({ length: 32 * words }, (_, number) =>
    [...inputs.keys()].filter((input) => ((inputs[input][number >> 5] >> (number & 31)) & 1) === 1),
  );
}

describe('the fault sets that conditions are tried on', () => {
  it('are admissible, and the first is free of faults', () => {
    fc.assert(
      fc.property(room, ({ nodes, bounds }) => {
        const space = new FaultSpace(nodes, bounds);
        const samples = samplesOf(space);
        expect(samples[0]).toEqual([]);
        for (const inputs of samples) {
          const faults = space.faultsOf(inputs);
          // Who is down stays down.
          expect(space.inputsOf(faults)).toEqual(inputs);
          expect(faults.filter(({ kind }) => kind === 'crash').length).toBeLessThanOrEqual(bounds.crashes);
        }
      }),
    );
  });

  it('have every fault in some, and leave every fault out of some', () => {
    const space = new FaultSpace(['a', 'b', 'c'], { eot: 6, eff: 4, crashes: 2 });
    const samples = samplesOf(space).map((inputs) => JSON.stringify(space.faultsOf(inputs)));
    for (const event of space.events) {
      const text = JSON.stringify(event);
      const having = samples.filter((sample) => sample.includes(text)).length;
      expect(having).toBeGreaterThan(0);
      expect(having).toBeLessThan(samples.length);
    }
  });

  it('are the same ones each time', () => {
    const space = () => new FaultSpace(['a', 'b'], { eot: 6, eff: 4, crashes: 1 });
    expect(samplesOf(space())).toEqual(samplesOf(space()));
  });
});
