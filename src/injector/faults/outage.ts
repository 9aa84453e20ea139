/**
 * Nodes that are down for some timesteps, and start again. `out(n,t)`, "an outage of n goes on at t", is an input for each
 * time t.
 */
import { boundOf, endOfCrashes } from '../../model/bounds.js';
import { formatNodeName } from '../../model/text/node-names.js';
import type { Downtime } from '../../model/handlers/joint/step-faults.js';
import { eitherOf, product, type Ways } from '../polynomials.js';
import { fallibleNodes } from './fallible.js';
import { timesAfter, type FaultScope } from './kind.js';
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
    stepwise: { happens: 'is out', waysAfter },
  },
});

/** Outages may go on where nodes are out, and begin. */
function waysAfter(
  events: readonly Outage[],
  time: number,
  { out, outages }: Downtime,
  scope: FaultScope,
): bigint {
  const left = boundOf(scope.bounds, 'restarts') - outages;
  // By how many begin, in the times that there are: of a node that is not out before them, and of one that is.
  let without: Ways = [1n];
  let within: Ways = [1n];
  for (let times = timesAfter(events, time); times > 0; times--)
    [without, within] = [eitherOf(without, product([0n, 1n], within, left)), eitherOf(without, within)];
  let ways: Ways = [1n];
  for (let node = 0; node < fallibleNodes(scope).length; node++)
    ways = product(ways, node < out ? within : without, left);
  return ways.reduce((all, some) => all + some, 0n);
}
