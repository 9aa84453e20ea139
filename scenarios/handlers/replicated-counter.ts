/**
 * A counter on several replicas, each of which counts what its own clients do (Shapiro, Preguiça, Baquero and Zawirski
 * 2011, "A comprehensive study of Convergent and Commutative Replicated Data Types").
 *
 * Modelled: two replicas with one click each. By operations: a click is told to the other replica once. By state: what
 * each replica has counted is told again and again, and of two counts of one replica the larger is true.
 * Left out: clicks that are taken back, and replicas that join.
 *
 * The bug: to add one is not idempotent, so that operations want a channel that delivers exactly once; ours may deliver
 * a message twice. Counts may be told as often as one likes.
 */
import { defineScenario, type, type Bounds, type Specification } from 'ldfi';

type Node = 'a' | 'b';

const specification: Specification<Node, number> = {
  'no click counts twice': {
    never: ({ nodes }) => {
      const wrong = nodes.find(({ observed }) => observed > nodes.length);
      return wrong !== undefined && `${wrong.node} has counted ${wrong.observed} of ${nodes.length} clicks`;
    },
  },
  'clicks stay counted': { step: (before, after) => after.observed >= before.observed },
  'all clicks count in the end': {
    pre: () => true,
    post: ({ nodes }) => nodes.every(({ observed }) => observed === nodes.length),
  },
};

const bounds: Bounds = { eot: 6, eff: 3, crashes: 0, duplicates: 1, longestDelay: 2 };

export const byOperations = defineScenario({
  name: 'a counter replicated by operations',
  expect: 'violated',
  nodes: ['a', 'b'],
  bounds: { ...bounds, omissions: 0 },
  handlers: {
    messages: type<{ readonly type: 'click' }>(),
    init: () => ({ clicks: 0 }),
    onStart(state, { broadcast }) {
      state.clicks++;
      broadcast({ type: 'click' });
    },
    onMessage: {
      click(state) {
        state.clicks++;
      },
    },
    observe: ({ clicks }) => clicks,
  },
  specification,
});

export const byState = defineScenario({
  name: 'a counter replicated by state',
  expect: 'certified',
  nodes: ['a', 'b'],
  bounds,
  handlers: {
    messages: type<{ readonly type: 'counted'; readonly clicks: number }>(),
    init: () => new Map<string, number>(),
    onStart(counts, { self }) {
      counts.set(self, 1);
    },
    tickAtStart: true,
    onTick(counts, { self, broadcast }) {
      broadcast({ type: 'counted', clicks: counts.get(self) ?? 0 });
    },
    onMessage: {
      counted(counts, { clicks }, { from }) {
        counts.set(from, Math.max(clicks, counts.get(from) ?? 0));
      },
    },
    observe: (counts) => [...counts.values()].reduce((sum, clicks) => sum + clicks, 0),
  },
  specification,
});
