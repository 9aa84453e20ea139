/**
 * A primary and its backup, and a network that parts them: why a backup must not take over by itself, however long it hears
 * nothing.
 *
 * Modelled: a primary P that shows every timestep that it is alive, a backup B, and a witness W, which answers as B does and
 * does nothing else. B takes over for good.
 * Left out: what the primary is for, crashes, and that a former primary becomes the backup.
 *
 * The bug: B takes over when it has not heard P for a while, and P, on the other side, goes on. The repair is a quorum of two
 * in three: P gives up when neither of the others has answered for a while, and B takes over when W has not heard P either,
 * for so long that P has given up by then.
 */
import { defineScenario, type, type Context, type Handlers, type Specification } from 'ldfi';

const NODES = ['P', 'B', 'W'] as const;

type Node = (typeof NODES)[number];
type Message = { readonly type: 'alive' | 'heard' | 'ask' | 'vote' };

interface State {
  isPrimary: boolean;
  /** Timesteps since a node heard what it waits for: P an answer, the others P. */
  silence: number;
}

/** Without an answer for longer than this, P gives up where there is a quorum. */
const PATIENCE = 2;

/** Without a sign of P for longer than this, it is taken for gone: it has given up, an answer being one timestep on its way. */
const GONE = PATIENCE + 2;

const handlers = (quorum: boolean): Handlers<Node, State, Message, boolean> => ({
  messages: type<Message>(),
  init: (node) => ({ isPrimary: node === 'P', silence: 0 }),
  onStart: work(quorum),
  onTick: work(quorum),
  onMessage: {
    alive(state, _, { from, send }) {
      if (state.isPrimary) return;
      send(from, { type: 'heard' });
      state.silence = 0;
    },
    heard(state) {
      state.silence = 0;
    },
    ask(state, _, { from, send }) {
      if (state.silence > GONE) send(from, { type: 'vote' });
    },
    vote(state) {
      state.isPrimary = true;
    },
  },
  observe: ({ isPrimary }) => isPrimary,
});

const work =
  (quorum: boolean) =>
  (state: State, { self, broadcast, send }: Context<Node, Message>) => {
    state.silence = Math.min(state.silence + 1, GONE + 1);
    if (state.isPrimary) broadcast({ type: 'alive' });
    if (self === 'P' && quorum && state.silence > PATIENCE) state.isPrimary = false;
    if (self !== 'B' || state.isPrimary || state.silence <= GONE) return;
    if (quorum) send('W', { type: 'ask' });
    else state.isPrimary = true;
  };

const specification: Specification<Node, boolean> = {
  'one primary': {
    always: ({ nodes }) => nodes.filter(({ observed }) => observed).length <= 1 || 'there are two primaries',
  },
};

const witness = (name: string, quorum: boolean, expect: 'violated' | 'certified') =>
  defineScenario({
    name,
    nodes: NODES,
    bounds: { eot: 12, eff: 9, crashes: 0, omissions: 0, partitions: 1 },
    expect,
    handlers: handlers(quorum),
    specification,
  });

export const alone = witness('a backup that takes over by itself', false, 'violated');

export const withQuorum = witness('a backup that asks a witness', true, 'certified');
