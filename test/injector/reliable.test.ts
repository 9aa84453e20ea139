/** Faults where some nodes and links do not fail. That they are those of the judge is tested with all other bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBounds, type Bounds } from '../../src/injector/bounds.js';
import { countFaultEvents } from '../../src/injector/counts.js';
import { FaultSpace } from '../../src/injector/fault-space.js';
import { describeFault, formatSchedule, parseSchedule } from '../../src/injector/schedule.js';
import { room } from './sets.js';

const NODES = ['a', 'b', 'c', 'd', 'e'];
const LINKS = NODES.flatMap((from) => NODES.filter((to) => to !== from).map((to) => `${from}->${to}`));

function fewFaults(links: readonly string[]): Bounds {
  return { eot: 3, eff: 2, crashes: 1, restarts: 1, partitions: 1, delays: 1, reliable: { links } };
}

describe('the faults within bounds', () => {
  it('are as many as are counted', () => {
    fc.assert(
      fc.property(room, ({ nodes, bounds }) => {
        expect(countFaultEvents(nodes.length, bounds)).toBe(new FaultSpace(nodes, bounds).events.length);
      }),
    );
    // Of so many links that some groups have nothing but such between them, in every way.
    fc.assert(
      fc.property(fc.subarray(LINKS), (links) => {
        const bounds = fewFaults(links);
        expect(countFaultEvents(NODES.length, bounds)).toBe(new FaultSpace(NODES, bounds).events.length);
      }),
      { numRuns: 20 },
    );
  });

  it('are few, and counted at once, where no link among many nodes may fail', () => {
    const nodes = Array.from({ length: 40 }, (_, place) => `n${place}`);
    const links = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => `${from}->${to}`));
    const bounds = { eot: 3, eff: 2, crashes: 0, partitions: 1, reliable: { links } };
    expect(countFaultEvents(nodes.length, bounds)).toBe(0);
    expect(new FaultSpace(nodes, bounds).events).toEqual([]);
  });
});

describe('a partition', () => {
  const bounds: Bounds = {
    eot: 6,
    eff: 4,
    crashes: 0,
    partitions: 1,
    reliable: { links: ['a->b', 'b->a', 'c->a'] },
  };
  const faultsOf = (text: string) => parseSchedule(text, { nodes: NODES, bounds });

  it('leaves reliable links alone, and says so', () => {
    const read = faultsOf('part a | b,c@1..3');
    if (read.kind === 'malformed') throw new Error('it can happen');
    const [fault] = read.faults;
    expect(fault).toMatchObject({ spares: ['a->b', 'b->a', 'c->a'] });
    expect(describeFault(fault)).toBe(
      'between a and b, c: nothing that is sent from time 1 on arrives, until 3, but by a->b, b->a and c->a',
    );
    expect(formatSchedule(read.faults)).toBe('part a | b,c@1..3');
  });

  it('is not there where it would cut nothing else', () => {
    const space = new FaultSpace(NODES, bounds);
    for (const text of ['part a | b@1..2', 'part c > a@1..2', 'part b > a@1..2'])
      expect(faultsOf(text)).toMatchObject({ kind: 'malformed' });
    const spared = space.events.filter((event) => event.kind === 'partition' && event.spares !== undefined);
    expect(spared.length).toBeGreaterThan(0);
    expect(spared.map((event) => formatSchedule([event]))).not.toContain('part a | b@1..2');
  });
});

describe('bounds make no sense', () => {
  it.each([
    [{ nodes: ['aa'] }, 'there is no node "aa" to be reliable; did you mean `a`?'],
    [{ links: ['a->z'] }, 'there is no node "z" for the link a->z to be reliable'],
    [{ links: ['a'] }, '"a" is no link'],
    [{ links: ['a->a'] }, 'what a sends to itself is reliable in any case'],
  ])('where %j is reliable', (reliable, message) => {
    expect(() => {
      assertBounds(NODES, { eot: 3, eff: 2, crashes: 0, reliable });
    }).toThrow(message);
  });
});
