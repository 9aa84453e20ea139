/** The enumeration against the formulas, and the order of fault sets against its definition by single steps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/injector/bounds.js';
import { compareFaults } from '../../src/injector/faults.js';
import type { FaultSet } from '../../src/injector/faults.js';
import { reliableAmong, someReliable } from '../generators/named-bounds.js';
import {
  admissibleFaultSets,
  countFaultSets,
  isSmaller,
  minimalOnes,
  publishedEstimate,
} from './fault-sets.js';

const ALL_NODES = ['a', 'b', 'c'];

/** Up to about 1,300 fault sets. */
const space = fc
  .record({
    count: fc.integer({ min: 1, max: 3 }),
    eot: fc.integer({ min: 1, max: 4 }),
    eff: fc.nat(3),
    crashes: fc.nat(3),
    named: fc.record(
      {
        omissions: fc.nat(2),
        restarts: fc.nat(2),
        partitions: fc.nat(1),
        partitionsBefore: fc.integer({ min: 1, max: 4 }),
        delays: fc.nat(2),
        duplicates: fc.nat(2),
        longestDelay: fc.integer({ min: 1, max: 2 }),
        crashesBefore: fc.integer({ min: 1, max: 4 }),
        withinStep: fc.nat(2),
        faults: fc.nat(3),
        reliable: someReliable,
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ count, eot, eff, crashes, named }) => ({
    nodes: ALL_NODES.slice(0, count),
    bounds: {
      eot,
      eff,
      crashes,
      ...named,
      ...(named.reliable !== undefined && {
        reliable: reliableAmong(ALL_NODES.slice(0, count), named.reliable),
      }),
    },
  }))
  .filter(({ nodes, bounds }) => countFaultSets(nodes.length, bounds) <= 1_300n);

const twoNodes = ['a', 'b'];
const smallBounds: Bounds = { eot: 3, eff: 2, crashes: 2, withinStep: 1, duplicates: 1, restarts: 2 };
const smallSpace = [...admissibleFaultSets(twoNodes, smallBounds)];
const faultSet = fc.constantFrom(...smallSpace);

function key(faults: FaultSet): string {
  return JSON.stringify(faults);
}

/**
 * What one step makes of a fault set: without one fault, or with an outage that goes on for a timestep less, or with a crash that is
 * the next: after a message less, and then a timestep later.
 */
function stepsDown(faults: FaultSet, { eot, withinStep = 0 }: Bounds): readonly FaultSet[] {
  return faults.flatMap((fault, index) => {
    const dropped = faults.toSpliced(index, 1);
    if ('until' in fault && fault.until > fault.time + 1) {
      const shorter = [
        { ...fault, time: fault.time + 1 },
        { ...fault, until: fault.until - 1 },
      ];
      return [dropped, ...shorter.map((each) => [...dropped, each].sort(compareFaults))];
    }
    if (fault.kind !== 'crash') return [dropped];
    const { node, time, after = 0 } = fault;
    const crash = (at: number, leaving: number) =>
      [...dropped, { kind: 'crash' as const, node, time: at, ...(leaving > 0 && { after: leaving }) }].sort(
        compareFaults,
      );
    if (after > 0) return [dropped, crash(time, after - 1)];
    return time + 1 >= eot ? [dropped] : [dropped, crash(time + 1, withinStep)];
  });
}

function allBelow(faults: FaultSet, bounds: Bounds): ReadonlySet<string> {
  const below = new Map<string, FaultSet>();
  const visit = (from: FaultSet): void => {
    for (const step of stepsDown(from, bounds)) {
      if (below.has(key(step))) continue;
      below.set(key(step), step);
      visit(step);
    }
  };
  visit(faults);
  return new Set(below.keys());
}

describe('admissible fault sets', () => {
  it('are as many as the formula says, each once', () => {
    fc.assert(
      fc.property(space, ({ nodes, bounds }) => {
        const keys = [...admissibleFaultSets(nodes, bounds)].map(key);
        expect(BigInt(keys.length)).toBe(countFaultSets(nodes.length, bounds));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('are within the bounds and in the fixed order of faults', () => {
    fc.assert(
      fc.property(space, ({ nodes, bounds }) => {
        for (const faults of admissibleFaultSets(nodes, bounds)) {
          expect(faults).toEqual([...faults].sort(compareFaults));
          const crashed = faults.filter((fault) => fault.kind === 'crash');
          expect(crashed.length).toBeLessThanOrEqual(bounds.crashes);
          expect(new Set(crashed.map(({ node }) => node)).size).toBe(crashed.length);
          for (const fault of faults) {
            expect(fault.time).toBeGreaterThanOrEqual(1);
            const { eot, eff, partitionsBefore = eff } = bounds;
            const lastParting = Math.max(eff, Math.min(eot, partitionsBefore));
            const end = fault.kind === 'partition' ? lastParting : 'node' in fault ? eot : eff;
            expect(fault.time).toBeLessThan(end);
            if (!('node' in fault)) expect(fault.from).not.toEqual(fault.to);
            if ('until' in fault) expect(fault.until).toBeGreaterThan(fault.time);
            if (fault.kind === 'outage') expect(fault.until).toBeLessThanOrEqual(bounds.eot);
          }
        }
      }),
    );
  });

  it('include the empty one', () => {
    expect([...admissibleFaultSets(ALL_NODES, { eot: 4, eff: 0, crashes: 0 })]).toEqual([[]]);
  });
});

describe('smaller', () => {
  it('is what dropping faults, crashing later and shorter outages can reach', () => {
    fc.assert(
      fc.property(faultSet, (faults) => {
        const below = allBelow(faults, smallBounds);
        for (const other of smallSpace) expect(isSmaller(other, faults)).toBe(below.has(key(other)));
      }),
    );
  });

  it('leaves as minimal exactly what has nothing smaller beside it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(faultSet, { selector: key, maxLength: 30 }), (sets) => {
        const minimal = sets.filter((set) => !sets.some((other) => isSmaller(other, set)));
        expect(minimalOnes(sets).map(key).sort()).toEqual(minimal.map(key).sort());
      }),
    );
  });

  it('puts the fewest faults first, then the latest crashes', () => {
    const late: FaultSet = [{ kind: 'crash', node: 'a', time: 3 }];
    const early: FaultSet = [{ kind: 'crash', node: 'b', time: 1 }];
    const two: FaultSet = [
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'omission', from: 'b', to: 'a', time: 1 },
    ];
    expect(minimalOnes([two, early, late])).toEqual([late, early, two]);
  });
});

describe('the published estimate', () => {
  it.each([
    [3, '3/0/0', 1n],
    [2, '3/0/2', 16n],
    [1, '3/0/1', 4n],
    [4, '3/0/2', 96n],
    [2, '3/2/0', 16n],
    [2, '3/2/2', 121n],
    [4, '5/0/1', 24n],
    [4, '8/0/1', 36n],
    [3, '4/2/0', 4096n],
  ])('is for %i nodes within %s: %s', (nodes, bounds, estimate) => {
    expect(publishedEstimate(nodes, boundsOf(bounds))).toBe(estimate);
  });

  it.each([
    [3, '4/2/1', '4.07e+4'],
    [3, '5/3/0', '2.62e+5'],
    [4, '9/7/1', '2.43e+26'],
    [5, '6/4/1', '1.85e+25'],
    [3, '11/10/1', '8.07e+18'],
    [3, '8/7/1', '3.08e+13'],
    [3, '7/6/1', '4.81e+11'],
    [3, '10/9/1', '1.26e+17'],
    [4, '22/21/1', '6.20e+76'],
  ])('is for %i nodes within %s about %s', (nodes, bounds, estimate) => {
    expect(Number(publishedEstimate(nodes, boundsOf(bounds))).toExponential(2)).toBe(estimate);
  });
});

function boundsOf(text: string): Bounds {
  const [eot, eff, crashes] = text.split('/').map(Number);
  return { eot, eff, crashes };
}
