import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { compareFaults, type AuthorsFault, type FaultSet, type Pause } from '../../src/injector/faults.js';
import { faultSetsWithin, stepsDown } from '../../src/injector/smaller.js';
import { Circuit } from '../../src/lineage/circuit.js';
import { Diagram } from '../../src/lineage/diagram.js';
import { booleans, FALSE, TRUE } from '../../src/model/algebra.js';
import { arrivalsUnder } from '../judge/arrivals.js';
import { admissibleFaultSets, isSmaller } from '../judge/fault-sets.js';
import { keyOf, occupied, room } from './sets.js';

/** The inputs of which each bit says whether they are true. */
function subsets(inputs: number): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** inputs }, (_, bits) =>
    Array.from({ length: inputs }, (__, input) => input).filter((input) => (bits >> input) & 1),
  );
}

function isSame(a: FaultSet, b: FaultSet): boolean {
  return keyOf(a) === keyOf(b);
}

describe('the inputs of a fault space', () => {
  it('are one for each omission, and one for each time that each node may be down at', () => {
    const { events } = new FaultSpace(['b', 'a'], { eot: 3, eff: 2, crashes: 1 });
    expect(events).toEqual([
      { kind: 'crash', node: 'a', time: 1 },
      { kind: 'crash', node: 'b', time: 1 },
      { kind: 'omission', from: 'a', to: 'b', time: 1 },
      { kind: 'omission', from: 'b', to: 'a', time: 1 },
      { kind: 'crash', node: 'a', time: 2 },
      { kind: 'crash', node: 'b', time: 2 },
    ]);
  });

  it.each([
    [['a'], { eot: 4, eff: 3, crashes: 0 }],
    [['a', 'b'], { eot: 1, eff: 0, crashes: 2 }],
    [['a', 'b'], { eot: 4, eff: 1, crashes: 0 }],
  ])('are none where no fault is admissible: %j, %j', (nodes, bounds) => {
    const space = new FaultSpace(nodes, bounds);
    expect(space.events).toEqual([]);
    expect(space.inputsOf([])).toEqual([]);
    expect(space.faultsOf([])).toEqual([]);
  });

  it('have the numbers of their events, and events outside the bounds have none', () => {
    fc.assert(
      fc.property(room, ({ nodes, bounds }) => {
        const space = new FaultSpace(nodes, bounds);
        expect(space.events.map((event) => space.inputOf(event))).toEqual([...space.events.keys()]);
        expect([...space.events].sort(compareFaults)).toEqual(space.events);
        const { eot, eff } = bounds;
        for (const event of [
          { kind: 'omission', from: 'a', to: 'b', time: Math.max(1, eff) },
          { kind: 'omission', from: 'a', to: 'b', time: 0 },
          { kind: 'omission', from: 'a', to: 'a', time: 1 },
          { kind: 'omission', from: 'a', to: 'z', time: 1 },
          { kind: 'crash', node: 'a', time: eot },
          { kind: 'crash', node: 'a', time: 0 },
          { kind: 'crash', node: 'z', time: 1 },
        ] as const)
          expect(space.inputOf(event)).toBeUndefined();
      }),
    );
  });

  it('stand for exactly one fault set each way, smaller sets for fewer', () => {
    fc.assert(
      fc.property(occupied(2, 2), ({ space, some: [a, b] }) => {
        const inputs = space.inputsOf(a);
        expect([...inputs].sort((x, y) => x - y)).toEqual(inputs);
        expect(space.faultsOf(inputs)).toEqual(a);
        const within = new Set(space.inputsOf(b));
        const isSubset = inputs.every((input) => within.has(input)) && inputs.length < within.size;
        expect(isSubset && a.length <= b.length).toBe(isSmaller(a, b));
        const counted = inputs.filter((input) => {
          const counting = space.counting(input);
          return typeof counting === 'string' ? counting === 'always' : !inputs.includes(counting.unless);
        });
        expect(counted).toHaveLength(a.length);
      }),
    );
  });
});

describe('what makes a fault set admissible', () => {
  it('is true of the inputs of exactly those that are', () => {
    // Every subset of the inputs is tried, so there can be few of them.
    const few = room.filter(({ nodes, bounds }) => new FaultSpace(nodes, bounds).events.length <= 10);
    fc.assert(
      fc.property(few, ({ nodes, bounds }) => {
        const space = new FaultSpace(nodes, bounds);
        const admissible = new Set(
          [...admissibleFaultSets(nodes, bounds)].map((faults) => JSON.stringify(space.inputsOf(faults))),
        );
        const circuit = new Circuit();
        const condition = space.admissible({ ...booleans, ...algebraOf(circuit) });
        for (const inputs of subsets(space.events.length)) {
          const isTrue = circuit.evaluate(condition, (input) => inputs.includes(input));
          expect(isTrue).toBe(admissible.has(JSON.stringify(inputs)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is a small diagram, however many ways there are to part nodes', () => {
    const bounds = { eot: 4, eff: 3, crashes: 0, omissions: 0, partitions: 1, faults: 0 };
    const diagram = new Diagram(10_000);
    const algebra = {
      input: (number: number) => diagram.input(number),
      and: (a: number, b: number) => diagram.and(a, b),
      or: (a: number, b: number) => diagram.or(a, b),
      not: (a: number) => diagram.not(a),
    };
    const admissible = new FaultSpace(['a', 'b', 'c'], bounds).admissible({ ...booleans, ...algebra });
    expect(admissible).not.toBe(FALSE);
  });

  it('is nothing where there are no faults', () => {
    const space = new FaultSpace(['a', 'b'], { eot: 3, eff: 0, crashes: 0 });
    expect(space.admissible({ ...booleans, ...algebraOf(new Circuit()) })).toBe(TRUE);
  });
});

describe('the world of all fault sets', () => {
  it('has channels that work and crashes that happen as in each concrete one', () => {
    fc.assert(
      fc.property(occupied(1, 5), ({ nodes, bounds, space, some }) => {
        const circuit = new Circuit();
        const world = space.world({ ...booleans, ...algebraOf(circuit) });
        for (const faults of some) {
          const inputs = new Set(space.inputsOf(faults));
          const holds = (condition: number) => circuit.evaluate(condition, (input) => inputs.has(input));
          for (let time = 1; time <= bounds.eot; time++) {
            for (const from of nodes) {
              const down = isDown(faults, from, time);
              expect(holds(world.running(from, time))).toBe(!down);
              expect(holds(world.restarts(from, time))).toBe(isDown(faults, from, time - 1) && !down);
              const isAbout = faults.some((fault) => fault.kind === 'pause' && isGoingOn(fault, from, time));
              const isUp = !down && !isDown(faults, from, time - 1);
              expect(holds(world.pauses(from, time))).toBe(isAbout && isUp);
              const interruptions = world
                .interruptions(from, time)
                .filter(({ condition }) => holds(condition));
              expect(interruptions.map(({ messages }) => messages)).toEqual(leaving(faults, from, time));
              for (const name of ['u', 'v-1'])
                expect(holds(world.happens(name, from, time))).toBe(
                  faults.some((fault) => fault.kind === 'named' && isAt(fault, name, from, time)),
                );
              // A channel is of use before EOT alone: what is sent at EOT arrives nowhere.
              if (time === bounds.eot) continue;
              for (const to of nodes.filter((node) => node !== from)) {
                // What left a node before it stopped in the midst of a time is for evaluation to say.
                const acts = !down || interruptions.length > 0;
                const judged = acts ? arrivalsUnder(faults)({ from, to, time }) : [];
                const arrivals = world.deliveries(from, to, time).filter(({ condition }) => holds(condition));
                expect(arrivals.map((arrival) => arrival.time)).toEqual(judged);
              }
            }
          }
        }
      }),
    );
  });
});

function isDown(faults: FaultSet, node: string, time: number): boolean {
  return faults.some((fault) => {
    if (fault.kind !== 'crash' && fault.kind !== 'outage') return false;
    const until = fault.kind === 'crash' ? Infinity : fault.until;
    return fault.node === node && fault.time <= time && time < until;
  });
}

/** How many messages leave a node that stops in the midst of a time, of one that does anything then. */
function leaving(faults: FaultSet, node: string, time: number): readonly number[] {
  const isIdle =
    isDown(
      faults.filter(({ kind }) => kind === 'outage'),
      node,
      time,
    ) ||
    isDown(faults, node, time - 1) ||
    faults.some((fault) => fault.kind === 'pause' && isGoingOn(fault, node, time));
  return faults.flatMap((fault) =>
    fault.kind === 'crash' && fault.node === node && fault.time === time && !isIdle
      ? (fault.after ?? [])
      : [],
  );
}

describe('the order of fault sets', () => {
  it('is fewest faults first, then the latest crashes, then the first in the fixed order of events', () => {
    const space = new FaultSpace(['a', 'b'], { eot: 5, eff: 3, crashes: 2 });
    const crash = (node: string, time: number) => ({ kind: 'crash', node, time }) as const;
    const lost = (from: string, to: string, time: number) => ({ kind: 'omission', from, to, time }) as const;
    const expected: readonly FaultSet[] = [
      [],
      [lost('a', 'b', 1)],
      [lost('b', 'a', 1)],
      [lost('a', 'b', 2)],
      [crash('a', 4)],
      [crash('b', 4)],
      [crash('a', 3)],
      [crash('a', 1)],
      [lost('a', 'b', 1), lost('b', 'a', 1)],
      [lost('a', 'b', 2), crash('a', 4)],
      [crash('a', 4), crash('b', 4)],
      [crash('b', 1), crash('a', 4)],
      [crash('a', 1), crash('b', 3)],
      [crash('a', 2), crash('b', 2)],
    ];
    expect([...expected].reverse().sort((a, b) => space.compare(a, b))).toEqual(expected);
  });

  it('is total, puts smaller sets first, and agrees with the costs of inputs', () => {
    fc.assert(
      fc.property(occupied(3, 3), ({ space, some: [a, b, c] }) => {
        expect(space.compare(a, b) === 0).toBe(isSame(a, b));
        expect(Math.sign(space.compare(a, b))).toBe(-Math.sign(space.compare(b, a)) + 0);
        if (space.compare(a, b) <= 0 && space.compare(b, c) <= 0)
          expect(space.compare(a, c)).toBeLessThanOrEqual(0);
        if (isSmaller(a, b)) expect(space.compare(a, b)).toBeLessThan(0);
        const cost = (faults: FaultSet) =>
          space.inputsOf(faults).reduce((sum, input) => sum + space.costOf(input), 0);
        // Of outages, an input costs something by itself or not.
        const isOut = [...a, ...b].some((fault) => 'until' in fault);
        if (!isOut && cost(a) !== cost(b))
          expect(Math.sign(cost(a) - cost(b))).toBe(Math.sign(space.compare(a, b)));
      }),
      { numRuns: 400 },
    );
  });

  it('knows what is within a fault set, and what the next steps down are', () => {
    fc.assert(
      fc.property(occupied(2, 2), ({ space, all, some: [a, b] }) => {
        expect(space.isWithin(a, b)).toBe(isSmaller(a, b) || isSame(a, b));
        const within = all.filter((each) => isSmaller(each, b) || isSame(each, b)).map(keyOf);
        const listed = [...faultSetsWithin(space, b)].map(keyOf);
        expect([...listed].sort()).toEqual(within.sort());
        const steps = stepsDown(space, b);
        expect(new Set(steps.map(keyOf)).size).toBe(steps.length);
        for (const step of steps) expect(isSmaller(step, b)).toBe(true);
        // Whoever is smaller is within a step, unless what goes on in one is broken in two in the other.
        const outages = (faults: FaultSet) => faults.filter((fault) => 'until' in fault).length;
        if (isSmaller(a, b) && outages(a) <= outages(b))
          expect(steps.some((step) => space.isWithin(a, step))).toBe(true);
        expect(b.length).toBeLessThanOrEqual(space.largest);
      }),
      { numRuns: 200 },
    );
  });
});

/** A circuit's operations, not bound to it. */
function algebraOf(circuit: Circuit) {
  return {
    input: (number: number) => circuit.input(number),
    and: (a: number, b: number) => circuit.and(a, b),
    or: (a: number, b: number) => circuit.or(a, b),
    not: (a: number) => circuit.not(a),
    isFalse: (a: number) => a === FALSE,
  };
}

function isAt(fault: AuthorsFault, name: string, node: string, time: number): boolean {
  return fault.name === name && fault.node === node && fault.time === time;
}

function isGoingOn(fault: Pause, node: string, time: number): boolean {
  return fault.node === node && fault.time <= time && time < fault.until;
}
