import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaultRates, FaultShares, fraction } from '../../src/injector/fault-shares.js';
import type { Fault, FaultSet } from '../../src/injector/faults.js';
import { Diagram } from '../../src/lineage/diagram.js';
import { FALSE, TRUE, type Condition } from '../../src/model/algebra.js';
import { keyOf, occupied, type Occupied } from './sets.js';

/** The shares of a protocol that exactly some fault sets violate. */
function sharesOf({ space, some }: Occupied): FaultShares {
  const diagram = new Diagram(Infinity);
  const violation = some.reduce<Condition>((any, faults) => diagram.or(any, exactly(faults)), FALSE);
  return new FaultShares(space, diagram, {
    violation,
    admissible: space.admissible(diagramAlgebra(diagram)),
  });

  function exactly(faults: FaultSet): Condition {
    const inputs = new Set(space.inputsOf(faults));
    return [...space.events.keys()].reduceRight<Condition>(
      (below, input) =>
        inputs.has(input) ? diagram.node(input, FALSE, below) : diagram.node(input, below, FALSE),
      TRUE,
    );
  }
}

function diagramAlgebra(diagram: Diagram) {
  const isFalse = (a: Condition) => a === FALSE;
  return Object.assign(diagram, {
    isFalse,
    isPossible: (a: Condition) => !isFalse(a),
    isKnownPossible: (a: Condition) => !isFalse(a),
    implies: (a: Condition, b: Condition) => isFalse(diagram.and(a, diagram.not(b))),
  });
}

/** How many of the fault sets that are kept are among those that violate. */
function counted({ all, some }: Occupied, isKept: (faults: FaultSet) => boolean) {
  const violating = new Set(some.map(keyOf));
  const kept = all.filter(isKept);
  return {
    violating: BigInt(kept.filter((faults) => violating.has(keyOf(faults))).length),
    of: BigInt(kept.length),
  };
}

const NODES_FAIL: (event: Fault) => boolean = ({ kind }) => kind === 'crash';
const FIRST_TIME: (event: Fault) => boolean = ({ kind, time }) => kind === 'omission' && time === 1;

describe('shares of fault sets', () => {
  it('are those that one counts one by one', () => {
    fc.assert(
      fc.property(occupied(0, 20), (occupation) => {
        expect(sharesOf(occupation).all()).toEqual(counted(occupation, () => true));
      }),
    );
  });

  it('are of those that are left, where something never fails', () => {
    fc.assert(
      fc.property(occupied(0, 20), fc.constantFrom(NODES_FAIL, FIRST_TIME), (occupation, isPrevented) => {
        const left = sharesOf(occupation).without(isPrevented);
        expect(left).toEqual(counted(occupation, (faults) => !faults.some(isPrevented)));
      }),
    );
  });

  it('are of those that begin alike', () => {
    fc.assert(
      fc.property(occupied(1, 20), fc.nat(5), (occupation, time) => {
        const [begun] = occupation.some;
        const until = (faults: FaultSet) =>
          keyOf(
            faults
              .filter((fault) => fault.time <= time)
              .map((fault) =>
                'until' in fault ? { ...fault, until: Math.min(fault.until, time + 1) } : fault,
              ),
          );
        const left = sharesOf(occupation).after(begun, time);
        expect(left).toEqual(counted(occupation, (faults) => until(faults) === until(begun)));
      }),
    );
  });

  it('are fractions, however many fault sets there are', () => {
    expect(fraction({ violating: 0n, of: 0n })).toBe(0);
    expect(fraction({ violating: 1n, of: 8n })).toBe(0.125);
    const many = 10n ** 400n;
    expect(fraction({ violating: many, of: many })).toBe(1);
    expect(fraction({ violating: many / 3n, of: many })).toBeCloseTo(1 / 3, 11);
    expect(fraction({ violating: 123n, of: 10n ** 40n })).toBeCloseTo(1.23e-38, 45);
  });
});

describe('chances', () => {
  const rates = fc.record({
    omission: fc.double({ min: 0, max: 1, noNaN: true }),
    crash: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  /** Of one fault set: each message is lost or not, each node fails or not at each time until it has. */
  function chanceOf(
    faults: FaultSet,
    { nodes, bounds }: Occupied,
    rate: { omission: number; crash: number },
  ) {
    // Other kinds have no rate, and never happen.
    if (faults.some(({ kind }) => kind !== 'omission' && kind !== 'crash')) return 0;
    const losses = faults.filter(({ kind }) => kind === 'omission').length;
    const { nodes: sound = [], links = [] } = bounds.reliable ?? {};
    const channels =
      bounds.omissions === 0
        ? 0
        : (nodes.length * (nodes.length - 1) - links.length) * Math.max(0, bounds.eff - 1);
    const ofLosses = rate.omission ** losses * (1 - rate.omission) ** (channels - losses);
    const { eot, crashesBefore = eot, withinStep = 0 } = bounds;
    // A node may fail at each time, after as many messages as may leave, down to none.
    const ofEach = withinStep + 1;
    const moments = bounds.crashes === 0 ? 0 : (crashesBefore - 1) * ofEach;
    return nodes.reduce((chance, node) => {
      if (sound.includes(node)) return chance;
      const crash = faults.find((fault) => fault.kind === 'crash' && fault.node === node);
      const crashing = crash?.kind === 'crash' ? crash.time * ofEach - (crash.after ?? 0) : moments + 1;
      const survived = crashing - 1;
      return chance * (1 - rate.crash) ** survived * (crash === undefined ? 1 : rate.crash);
    }, ofLosses);
  }

  it('are the sum over the fault sets', () => {
    fc.assert(
      fc.property(occupied(0, 20), rates, (occupation, rate) => {
        const { all, some } = occupation;
        const given: FaultRates = new Map(Object.entries(rate) as [Fault['kind'], number][]);
        const sum = (sets: readonly FaultSet[]) =>
          sets.reduce((total, faults) => total + chanceOf(faults, occupation, rate), 0);
        const { violation, within } = sharesOf(occupation).chances(given);
        expect(violation).toBeCloseTo(sum([...new Map(some.map((each) => [keyOf(each), each])).values()]), 9);
        expect(within).toBeCloseTo(sum(all), 9);
      }),
    );
  });

  it('are all within the bounds where every node may crash', () => {
    fc.assert(
      fc.property(occupied(0, 5), rates, (occupation, rate) => {
        const { crashes, omissions, faults } = occupation.bounds;
        fc.pre(crashes === occupation.nodes.length && (omissions ?? faults) === undefined);
        const given: FaultRates = new Map(Object.entries(rate) as [Fault['kind'], number][]);
        expect(sharesOf(occupation).chances(given).within).toBeCloseTo(1, 9);
      }),
    );
  });
});
