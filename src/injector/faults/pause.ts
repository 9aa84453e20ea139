/**
 * Nodes that do nothing for some timesteps, and lose nothing: a collection of garbage, a virtual machine that is moved.
 * `paused(n,t)`, "a pause of n goes on at t", is an input for each time t. A node pauses at 2 at the earliest, when it has
 * started; and not while it is down, nor where it starts again.
 */
import { boundOf } from '../../model/bounds.js';
import { formatNodeName } from '../../model/text/node-names.js';
import { nodeSpellAt, nodeSpellKind, type NodeSpell } from './node-spells.js';
import { atMost, fallibleNode } from './notation.js';

/**
 * `node` does nothing at `time`, ..., `until` - 1; what arrives meanwhile, and timers that fall due, it handles at `until`.
 * It begins at 2 at the earliest, and is over by EFF.
 */
export type Pause = NodeSpell<'pause'>;

const FIRST = 2;

export const pauseKind = nodeSpellKind({
  kind: 'pause',
  bound: 'pauses',
  many: 'pauses',
  first: FIRST,
  tooEarly: (node) => `${node} has not started before ${FIRST}, and pauses no earlier`,
  end: ({ eff }) => eff,
  endReason: ({ eff }) => `a pause ends by EFF ${eff}`,
  input: 'paused',
  words: {
    verb: 'pause',
    describe: ({ node, time, until }) =>
      `${formatNodeName(node)} pauses at time ${time}, and goes on at ${until}`,
    describeEvent: ({ node, time }) => `${formatNodeName(node)} pauses at ${time}`,
    answerSet: {
      fault: 'pause(N, T)',
      clauses: (bounds) => {
        const most = boundOf(bounds, 'pauses');
        if (most === 0) return [];
        return [
          `{ paused(N, T) : ${fallibleNode(bounds)}, T = ${FIRST}..eff - 1 }`,
          'pause(N, T) :- paused(N, T), not paused(N, T - 1)',
          ...atMost('pause(N, T)', most),
        ];
      },
    },
    sign: { mark: '‖', meaning: 'pause' },
    strike: ({ node, until }) => ({ node, happens: `pauses until ${until}` }),
    recovery: ({ node, until: time }) => ({ node, time, happens: 'goes on' }),
  },
  effects: {
    fate: 'lost',
    removing: () => [],
    downing: () => [],
    recovering: () => [],
    pausing: (node, time) => [nodeSpellAt('pause', node, time)],
    pauses: (bounds) => boundOf(bounds, 'pauses') > 0,
  },
});
