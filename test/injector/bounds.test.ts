import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBounds, estimateFaultSets, formatBounds, type Bounds } from '../../src/injector/bounds.js';
import { countFaultSets, countFaultSetsBySize } from '../../src/injector/counts.js';
import { FaultSpace, type InputAlgebra } from '../../src/injector/fault-space.js';
import { countAssignments, countByTrue } from '../../src/lineage/diagram-queries.js';
import { Diagram } from '../../src/lineage/diagram.js';
import { booleans } from '../../src/model/algebra.js';
import { admissibleFaultSets } from '../judge/fault-sets.js';
import { room } from './sets.js';

function boundsOf(text: string): Bounds {
  const [eot, eff, crashes] = text.split('/').map(Number);
  return { eot, eff, crashes };
}

describe('bounds make sense', () => {
  it.each(['1/0/0', '2/1/0', '6/3/3'])('as %s on 3 nodes', (bounds) => {
    expect(() => {
      assertBounds(['a', 'b', 'c'], boundsOf(bounds));
    }).not.toThrow();
  });

  it.each([
    ['0/0/0', 'EOT is 0'],
    ['2.5/1/0', 'EOT is 2.5'],
    ['3/3/0', 'EFF is 3, and has to be from 0 to EOT - 1 = 2'],
    ['3/-1/0', 'EFF is -1'],
    ['3/1/4', 'the crashes are 4, and have to be from 0 to 3'],
    ['3/1/NaN', 'the crashes are NaN'],
  ])('not as %s: %s', (bounds, message) => {
    expect(() => {
      assertBounds(['a', 'b', 'c'], boundsOf(bounds));
    }).toThrow(message);
  });
});

describe('the number of fault sets', () => {
  it('is that of all that can be enumerated, by size too', () => {
    fc.assert(
      fc.property(room, ({ nodes, bounds }) => {
        const sizes = [...admissibleFaultSets(nodes, bounds)].map((faults) => faults.length);
        expect(countFaultSets(nodes.length, bounds)).toBe(BigInt(sizes.length));
        const largest = Math.max(...sizes) + 1;
        expect(countFaultSetsBySize(nodes.length, bounds, largest)).toEqual(
          Array.from({ length: largest + 1 }, (_, size) =>
            BigInt(sizes.filter((each) => each === size).length),
          ),
        );
      }),
    );
  });

  it('is exact where no double is', () => {
    // 5 * 4 * 21 omissions; no crash, or one of 5 nodes at one of 24 times.
    expect(countFaultSets(5, boundsOf('25/22/1'))).toBe(2n ** 420n * (1n + 5n * 24n));
    const bySize = countFaultSetsBySize(5, boundsOf('25/22/1'), 421);
    expect(bySize.reduce((sum, count) => sum + count)).toBe(countFaultSets(5, boundsOf('25/22/1')));
  });
});

/** The closed form: any omissions, with any choice of crashing nodes and their times. */
function closedForm(nodes: number, { eot, eff, crashes }: Bounds): bigint {
  let crashing = 0n;
  let choices = 1n;
  for (let k = 0; k <= Math.min(nodes, crashes); k++) {
    crashing += choices * BigInt(eot - 1) ** BigInt(k);
    choices = (choices * BigInt(nodes - k)) / BigInt(k + 1);
  }
  return crashing << BigInt(nodes * (nodes - 1) * Math.max(0, eff - 1));
}

describe('the number of fault sets, as models of what is admissible', () => {
  it('is that of the whole condition, by how many counted inputs are true', () => {
    // Of what goes on and ends, whether an input counts is not known of it alone.
    const counted = room.filter(
      ({ bounds: { restarts = 0, pauses = 0, partitions = 0 } }) => restarts + pauses + partitions === 0,
    );
    fc.assert(
      fc.property(counted, ({ nodes, bounds }) => {
        const space = new FaultSpace(nodes, bounds);
        const diagram = new Diagram(Infinity);
        const algebra: InputAlgebra = {
          ...booleans,
          and: (a, b) => diagram.and(a, b),
          or: (a, b) => diagram.or(a, b),
          not: (a) => diagram.not(a),
          input: (number) => diagram.input(number),
        };
        const most = space.events.length;
        const isCounted = (input: number) => space.counting(input) === 'always';
        const models = countByTrue(diagram, space.admissible(algebra), most, { isCounted, most });
        expect(countFaultSetsBySize(nodes.length, bounds, most)).toEqual(models);
        expect(countAssignments(diagram, space.admissible(algebra), most)).toBe(
          countFaultSets(nodes.length, bounds),
        );
      }),
    );
  });

  it.each([
    [5, '25/22/1'],
    [5, '25/24/5'],
    [40, '100/1/39'],
    [50, '10000/0/3'],
    [700, '3/2/1'],
    [2, '10000/9999/2'],
    [3, '1/0/3'],
  ])('is the closed form, of many events as well: %i nodes within %s', (nodes, text) => {
    const bounds = boundsOf(text);
    expect(countFaultSets(nodes, bounds)).toBe(closedForm(nodes, bounds));
  });
});

describe('the published estimate', () => {
  it.each([
    ['3/0/0', 3, 1n],
    ['3/0/2', 2, 16n],
    ['3/0/1', 1, 4n],
    ['3/0/2', 4, 96n],
    ['3/2/0', 2, 16n],
    ['3/2/2', 2, 121n],
    // 2pc and 2pc-ctp: a, b, C, d
    ['5/0/1', 4, 24n],
    ['8/0/1', 4, 36n],
  ])('of %s on %i nodes is %s', (bounds, nodes, estimate) => {
    expect(estimateFaultSets(nodes, boundsOf(bounds))).toBe(estimate);
  });

  it.each([
    ['simple-deliv', 3, '4/2/0', '4.10e3'],
    ['retry-deliv', 3, '4/2/1', '4.07e4'],
    ['classic-deliv', 3, '5/3/0', '2.62e5'],
    ['3pc', 4, '9/7/1', '2.43e26'],
    ['Kafka', 5, '6/4/1', '1.85e25'],
    ['redun-deliv', 3, '11/10/1', '8.07e18'],
    ['ack-deliv', 3, '8/7/1', '3.08e13'],
    ['paxos-synod', 3, '7/6/1', '4.81e11'],
    ['bully', 3, '10/9/1', '1.26e17'],
    ['flux', 4, '22/21/1', '6.20e76'],
  ])('of %s on %i nodes within %s is %s', (_, nodes, bounds, published) => {
    const [mantissa, exponent] = Number(estimateFaultSets(nodes, boundsOf(bounds)))
      .toExponential(2)
      .split('e+');
    expect(`${mantissa}e${exponent}`).toBe(published);
  });
});

it('bounds are written as in the literature', () => {
  expect(formatBounds({ eot: 6, eff: 3, crashes: 1 })).toBe('6/3/1');
});
