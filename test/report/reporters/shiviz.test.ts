import { describe, expect, it } from 'vitest';
import { asShiviz } from '../../../src/report/runs/shiviz.js';
import { replication } from '../../runner/fixtures.js';
import { hostileRun } from './findings.js';

interface Logged {
  readonly host: string;
  readonly clock: Readonly<Record<string, number>>;
  readonly event: string;
}

/** By the expression that ShiViz reads logs by, unless it is given another. */
function read(log: string): readonly Logged[] {
  const events = [...log.matchAll(/(?<host>\S*) (?<clock>\{.*\})\n(?<event>.*)\n/g)];
  expect(events.map(([text]) => text).join('')).toBe(log);
  return events.map(({ groups = {} }) => ({
    host: groups.host,
    clock: JSON.parse(groups.clock) as Logged['clock'],
    event: groups.event,
  }));
}

function isBefore(a: Logged['clock'], b: Logged['clock']): boolean {
  return Object.entries(a).every(([host, count]) => count <= (b[host] ?? 0));
}

describe('a log for ShiViz', () => {
  it('orders what a node does, and what it receives behind what was sent', () => {
    const log = read(asShiviz(replication));
    for (const node of replication.nodes) {
      const own = log.filter(({ host }) => host === node);
      expect(own.map(({ clock }) => clock[node])).toEqual(own.map((_, index) => index + 1));
    }
    const delivered = replication.messages.filter(({ fate }) => fate === 'delivered');
    expect(log.filter(({ event }) => event.includes('receives'))).toHaveLength(delivered.length);
    for (const receipt of log.filter(({ event }) => event.includes('receives'))) {
      const [, what, from] = /receives (.*) from (.*)/.exec(receipt.event)!;
      const sendings = log.filter(({ host, event }) => host === from && event.includes(`sends ${what} to `));
      expect(sendings.some(({ clock }) => isBefore(clock, receipt.clock))).toBe(true);
    }
  });

  it('leaves apart what knows nothing of one another', () => {
    const log = read(asShiviz(replication));
    const firsts = replication.nodes.flatMap((node) => log.find(({ host }) => host === node) ?? []);
    expect(firsts.filter(({ clock }) => Object.keys(clock).length === 1).length).toBeGreaterThan(1);
  });

  it('names each node by a word of its own', () => {
    const hosts = new Set(read(asShiviz(hostileRun)).map(({ host }) => host));
    expect(hosts.size).toBe(2);
    const alike = { ...hostileRun, nodes: ['a b', 'a_b'], messages: [], events: [], faults: [] };
    expect(asShiviz(alike)).toBe('');
  });
});
