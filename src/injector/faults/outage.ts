/**
 * Nodes that are down for some timesteps, and start again. `out(n,t)`, "an outage of n goes on at t", is an input for each
 * time t.
 */
import { boundOf, endOfCrashes } from '../../model/bounds.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { nodeSpellAt, nodeSpellKind, type NodeSpell } from './node-spells.js';
import { atMost, endOfCrashesText, fallibleNode, lastTimeOfCrashes } from './notation.js';

/**
 * `node` does nothing at `time`, ..., `until` - 1, and starts again at `until` with what it had kept. It is over by EOT, or
 * by where the bounds say that crashes end.
 */
export type Outage = NodeSpell<'outage'>;

export const outageKind = nodeSpellKind({
  kind: 'outage',
  bound: 'restarts',
  many: 'outages',
  first: 1,
  end: endOfCrashes,
  endReason: (bounds) => `an outage ends by ${endOfCrashesText(bounds)}`,
  input: 'out',
  words: {
    verb: 'restart',
    describe: ({ node, time, until }) =>
      `${formatNodeName(node)} is down from time ${time}, and starts again at ${until}`,
    describeEvent: ({ node, time }) => `${formatNodeName(node)} is down at ${time}, and starts again later`,
    answerSet: {
      fault: 'outage(N, T)',
      clauses: (bounds) => {
        const most = boundOf(bounds, 'restarts');
        if (most === 0) return [];
        return [
          `{ out(N, T) : ${fallibleNode(bounds)}, T = 1..${lastTimeOfCrashes(bounds)} }`,
          'outage(N, T) :- out(N, T), not out(N, T - 1)',
          ...atMost('outage(N, T)', most),
          'lost(A, B, T) :- out(A, T), node(B)',
        ];
      },
    },
    sign: { mark: '‡', meaning: 'outage' },
    strike: ({ node, until }) => ({ node, happens: `is down until ${until}` }),
    recovery: ({ node, until: time }) => ({ node, time, happens: 'starts again' }),
  },
  effects: {
    fate: 'not sent',
    removing: ({ from, time }) => [nodeSpellAt('outage', from, time)],
    downing: (node, time) => [nodeSpellAt('outage', node, time)],
    recovering: (node, time) => [nodeSpellAt('outage', node, time - 1)],
    recovers: (bounds) => boundOf(bounds, 'restarts') > 0,
  },
});
