/** A search through the states of all nodes together counts of all fault sets those that violate, as the judge does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../src/injector/bounds.js';
import { FaultSpace } from '../../../src/injector/fault-space.js';
import { formatSchedule } from '../../../src/injector/schedule.js';
import { faultsOfTrail, stepFaultsOf } from '../../../src/injector/step-faults.js';
import { HandlerEvaluator } from '../../../src/model/handlers/evaluator.js';
import { JointSearch } from '../../../src/model/handlers/joint/joint-search.js';
import type { FaultTrail } from '../../../src/model/handlers/joint/step-faults.js';
import { factorOf, Naturals } from '../../../src/model/handlers/joint/naturals.js';
import { RowTable } from '../../../src/model/handlers/joint/row-table.js';
import {
  type,
  type AnyHandlers,
  type HandlerProtocol,
  type MessageLike,
} from '../../../src/model/handlers/protocol.js';
import { HandlerSpecification } from '../../../src/model/handlers/specification.js';
import { finish } from '../../../src/model/steps.js';
import { generatedHandlers, handlersOf, type GeneratedHandlers } from '../../generators/handlers/handlers.js';
import { countFaultSets } from '../../judge/fault-sets.js';
import { expectStatesToEqualRuns, type FoundByStates } from '../../laws/handler-states.js';

/** The same without other faults, and without properties over several times. */
function ofSteps({ choice, nodes, bounds }: GeneratedHandlers): GeneratedHandlers {
  const { eot, eff, crashes, restarts, crashesBefore, reliable } = bounds;
  const properties = choice.properties.filter(({ kind }) => kind !== 'step' && kind !== 'leads to');
  const narrow: Bounds = {
    eot,
    eff,
    crashes,
    ...(restarts !== undefined && { restarts }),
    ...(crashesBefore !== undefined && { crashesBefore }),
    ...(reliable !== undefined && { reliable }),
  };
  return handlersOf({ ...choice, properties }, { nodes, bounds: narrow });
}

/** The first node tells the second at each time, which is to know that much in the end. */
function telling(known: (heard: number, time: number) => number): HandlerProtocol {
  const handlers: AnyHandlers = {
    messages: type<MessageLike>(),
    init: () => 0,
    onStart: (_, { self, send }) => {
      if (self === 'a') send('b', { type: 'tell' });
    },
    onTick: (_, { self, send }) => {
      if (self === 'a') send('b', { type: 'tell' });
    },
    onMessage: { tell: (heard, _, { time }) => known(heard as number, time) },
    observe: (heard) => heard,
  };
  return {
    kind: 'handlers',
    handlers,
    specification: { told: { pre: () => true, post: ({ at }) => (at('b').observed as number) > 0 } },
  };
}

function searchOn(protocol: HandlerProtocol, bounds: Bounds): JointSearch {
  const nodes = ['a', 'b'];
  const evaluator = new HandlerEvaluator(protocol, { nodes, eot: bounds.eot });
  const faults = stepFaultsOf(new FaultSpace(nodes, bounds))!;
  return new JointSearch(evaluator, new HandlerSpecification(evaluator), faults);
}

describe('a search through the states of all nodes together', () => {
  it('counts the fault sets that violate, the fewest faults, and all', { timeout: 600_000 }, () => {
    const found: FoundByStates[] = [];
    fc.assert(
      fc.property(generatedHandlers(), (generated) => {
        const one = ofSteps(generated);
        fc.pre(countFaultSets(one.nodes.length, one.bounds) <= 3_000n);
        found.push(expectStatesToEqualRuns(one));
      }),
      { numRuns: 40 },
    );
    expect(found).toEqual(expect.arrayContaining(['violated', 'not violated']));
  });

  it('takes fault sets for one that lead to the same', () => {
    const bounds: Bounds = { eot: 40, eff: 39, crashes: 1 };
    const search = searchOn(
      telling(() => 1),
      bounds,
    );
    finish(search.steps());
    // Each timestep has a few states, by whether it is told and who has stopped, and each node few prospects.
    expect(search.turns).toBeLessThan(40 * 50);
  });

  it('knows the fewest faults that lead to the state that it is at', () => {
    const bounds: Bounds = { eot: 4, eff: 3, crashes: 0 };
    const space = new FaultSpace(['a', 'b'], bounds);
    const seen = new Set<string>();
    const search: JointSearch = searchOn(
      telling((heard, time) => {
        if (heard === 0) seen.add(`${time} ${JSON.stringify(faultsOfTrail(search.trail, space))}`);
        return heard + 1;
      }),
      bounds,
    );
    finish(search.steps());
    const lost = (time: number) => ({ kind: 'omission', from: 'a', to: 'b', time });
    const expected = [[], [lost(1)], [lost(1), lost(2)]];
    expect([...seen]).toEqual(expected.map((faults, index) => `${index + 2} ${JSON.stringify(faults)}`));
  });

  it('tells of outages as faults that go on', () => {
    const trail = [
      { kind: 'is out', node: 1, time: 2 } as const,
      { kind: 'loses', from: 1, to: 0, time: 1 } as const,
      { kind: 'is out', node: 1, time: 3 } as const,
      { kind: 'stops', node: 0, time: 3 } as const,
    ].reduce<FaultTrail | undefined>((before, fault) => ({ fault, before }), undefined);
    const space = new FaultSpace(['a', 'b'], { eot: 5, eff: 3, crashes: 1, restarts: 1 });
    expect(formatSchedule(faultsOfTrail(trail, space))).toBe('drop b->a@1; restart b@2..4; crash a@3');
  });

  it.each<Partial<Bounds>>([
    { pauses: 1 },
    { delays: 1, longestDelay: 1 },
    { partitions: 1 },
    { omissions: 1 },
    { faults: 1 },
  ])('is not made where more than that matters: %j', (more) => {
    const bounds: Bounds = { eot: 6, eff: 3, crashes: 1, ...more };
    expect(stepFaultsOf(new FaultSpace(['a', 'b', 'c'], bounds))).toBeUndefined();
  });
});

describe('natural numbers in one piece of memory', () => {
  it('are the sums of products that they were made of', () => {
    const most = 2n ** 200n;
    const natural = fc.bigInt({ min: 0n, max: 2n ** 90n });
    fc.assert(
      fc.property(fc.array(fc.tuple(natural, natural), { minLength: 1, maxLength: 20 }), (products) => {
        const numbers = new Naturals(most);
        numbers.set(0, 1);
        numbers.set(1, 0);
        let sum = 0n;
        products.forEach(([one, other], index) => {
          const place = index + 2;
          numbers.set(place, 0);
          numbers.addProduct(place, numbers, 0, factorOf(one));
          expect(numbers.get(place)).toBe(one);
          numbers.addProduct(1, numbers, place, factorOf(other));
          expect(numbers.get(1)).toBe((sum += one * other));
        });
      }),
      { numRuns: 20 },
    );
  });

  it('are never more than there may be', () => {
    const numbers = new Naturals(2n ** 26n - 1n);
    numbers.set(0, 2 ** 26 - 1);
    numbers.set(1, 1);
    expect(() => {
      numbers.addProduct(0, numbers, 1, factorOf(1n));
    }).toThrow('more fault sets than there may be');
  });
});

describe('a table of rows', () => {
  it('numbers rows as they come, equal ones once', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.nat(2 ** 31 - 1)), { maxLength: 200 });
    fc.assert(
      fc.property(rows, (all) => {
        const table = new RowTable(2);
        const known = [...new Map(all.map((row) => [row.join(), row])).values()];
        const numbers = all.map((row) => table.place(Int32Array.from(row)));
        expect(numbers).toEqual(all.map((row) => known.findIndex((one) => one.join() === row.join())));
        const read = new Int32Array(2);
        known.forEach((row, number) => {
          table.read(number, read);
          expect([...read]).toEqual(row);
        });
        table.clear();
        expect(all.map((row) => table.place(Int32Array.from(row)))).toEqual(numbers);
      }),
      { numRuns: 20 },
    );
  });
});
