/**
 * A failure detector by heartbeats, and one by gossip (van Renesse, Minsky and Hayden 1998, "A gossip-style failure detection
 * service"). Of a detector one wants that whoever is down is suspected in the end (completeness), and that nobody who is
 * up is suspected (accuracy).
 *
 * Modelled: three nodes, each of which counts its own timesteps and tells the others. Who has not been heard of for some
 * timesteps, directly or by way of others, is suspected. By gossip a node tells all that it has heard; by heartbeats alone, only
 * its own count.
 * Left out: gossip to a few nodes chosen by lot, and suspects that are forgotten.
 *
 * The bug: with heartbeats alone, three lost messages in a row make a node suspect another that is up. By gossip, what was
 * lost comes by way of the third node.
 */
import { defineScenario, type, type Specification } from 'ldfi';

type Node = 'a' | 'b' | 'c';

interface Heard {
  /** The highest count of each node, and when it was heard. */
  readonly counts: Map<string, number>;
  readonly times: Map<string, number>;
  readonly suspects: Set<string>;
}

type Counts = readonly (readonly [node: string, count: number])[];

/** Timesteps without news after which a node is suspected. */
const PATIENCE = 3;

const specification: Specification<Node, readonly string[]> = {
  completeness: {
    leadsTo: {
      when: ({ nodes }) => nodes.some(({ crashed }) => crashed),
      then: ({ nodes, correct }) =>
        correct.every(({ observed }) =>
          nodes.every(({ node, crashed }) => !crashed || observed.includes(node)),
        ),
      within: PATIENCE + 3,
    },
  },
  accuracy: {
    never: ({ correct }) => {
      const wrong = correct.find(({ observed }) => correct.some(({ node }) => observed.includes(node)));
      return wrong !== undefined && `${wrong.node} suspects ${wrong.observed.join(', ')}`;
    },
  },
};

const detector = (name: string, expect: 'violated' | 'certified', tellsAll: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: ['a', 'b', 'c'],
    bounds: { eot: 10, eff: 5, crashes: 1, crashesBefore: 4, faults: 3 },
    handlers: {
      messages: type<{ readonly type: 'heartbeat'; readonly counts: Counts }>(),
      init: (_, nodes): Heard => ({
        counts: new Map(nodes.map((node) => [node, 0])),
        times: new Map(nodes.map((node) => [node, 1])),
        suspects: new Set<string>(),
      }),
      tickAtStart: true,
      onTick({ counts, times, suspects }, { self, nodes, time, broadcast }) {
        counts.set(self, time);
        for (const node of nodes) {
          if (node !== self && time - (times.get(node) ?? 1) > PATIENCE) suspects.add(node);
        }
        broadcast({ type: 'heartbeat', counts: tellsAll ? [...counts] : [[self, time]] });
      },
      onMessage: {
        heartbeat({ counts, times }, { counts: heard }, { time }) {
          for (const [node, count] of heard) {
            if (count <= (counts.get(node) ?? 0)) continue;
            counts.set(node, count);
            times.set(node, time);
          }
        },
      },
      observe: ({ suspects }) => [...suspects],
    },
    specification,
  });

export const heartbeats = detector('a failure detector by heartbeats', 'violated', false);

export const gossip = detector('a failure detector by gossip', 'certified', true);
