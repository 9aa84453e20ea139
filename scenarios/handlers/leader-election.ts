/**
 * Whom a controller elects when the leader of a replicated log is gone (the choice that Kafka calls an unclean leader election).
 *
 * Modelled: a producer who writes once, a leader and a follower, and a controller that knows which of them are in sync. The leader
 * acknowledges what all that are in sync have. Of a follower that does not answer it says so, and acknowledges once the controller
 * has taken that one off the list. The controller elects the follower where it has not heard of the leader for a while.
 * Left out: more than one write, more followers, and a leader that comes back.
 *
 * The bug: the controller would rather have a leader that has missed writes than none. The repair: who is not in sync is not
 * elected, so that there may be no leader at all.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { producer: ['p'], leader: ['a'], follower: ['b'], controller: ['z'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'write' }
  | { readonly type: 'written' }
  | { readonly type: 'copy' }
  | { readonly type: 'copied' }
  | { readonly type: 'alive'; readonly missesFollower: boolean }
  /** The leader is alone in sync. */
  | { readonly type: 'alone' }
  | { readonly type: 'lead' };

/** Timesteps without an answer, or a word. */
const PATIENCE = 3;

const producer: RoleHandlers<Nodes, 'producer', { written: boolean }, Message, boolean> = {
  init: () => ({ written: false }),
  tickAtStart: true,
  onTick({ written }, { send }) {
    if (!written) send('a', { type: 'write' });
  },
  onMessage: {
    written(state) {
      state.written = true;
    },
  },
  observe: ({ written }) => written,
};

interface Leader {
  written: boolean;
  /** What the follower is waited for. */
  follower: 'waited for' | 'has it' | 'missed' | 'not in sync';
}

const leader: RoleHandlers<Nodes, 'leader', Leader, Message, boolean> = {
  init: () => ({ written: false, follower: 'waited for' }),
  tickAtStart: true,
  onTick({ follower }, { send }) {
    send('z', { type: 'alive', missesFollower: follower === 'missed' });
  },
  onTimer(state) {
    if (state.follower === 'waited for') state.follower = 'missed';
  },
  onMessage: {
    write(state, _, { send, timers }) {
      if (!state.written) {
        state.written = true;
        timers.set('follower', PATIENCE);
        send('b', { type: 'copy' });
      }
      if (state.follower === 'has it' || state.follower === 'not in sync') send('p', { type: 'written' });
    },
    copied(state) {
      if (state.follower === 'waited for') state.follower = 'has it';
    },
    alone(state) {
      state.follower = 'not in sync';
    },
  },
  observe: ({ written }) => written,
};

interface Follower {
  written: boolean;
  leads: boolean;
}

const follower: RoleHandlers<Nodes, 'follower', Follower, Message, Follower> = {
  init: () => ({ written: false, leads: false }),
  onMessage: {
    copy(state, _, { send }) {
      // Who leads takes nothing from a leader of before.
      if (state.leads) return;
      state.written = true;
      send('a', { type: 'copied' });
    },
    lead(state) {
      state.leads = true;
    },
  },
  observe: (state) => state,
};

interface Controller {
  followerInSync: boolean;
  elected: boolean;
}

/** @param unclean whether who is not in sync may be elected */
const controller = (unclean: boolean): RoleHandlers<Nodes, 'controller', Controller, Message, boolean> => ({
  init: () => ({ followerInSync: true, elected: false }),
  onStart(_, { timers }) {
    timers.set('leader', PATIENCE);
  },
  onTimer(state, _, { send }) {
    if (!state.followerInSync && !unclean) return;
    state.elected = true;
    send('b', { type: 'lead' });
  },
  onMessage: {
    alive(state, { missesFollower }, { send, timers }) {
      if (state.elected) return;
      timers.set('leader', PATIENCE);
      if (!missesFollower) return;
      state.followerInSync = false;
      send('a', { type: 'alone' });
    },
  },
  observe: ({ elected }) => elected,
});

const specification: RoleSpecification<
  Nodes,
  { producer: boolean; leader: boolean; follower: Follower; controller: boolean }
> = {
  'what was acknowledged stays written': {
    never: ({ at }) =>
      at('p').observed && at('b').observed.leads && !at('b').observed.written
        ? 'b leads, and has not what the producer was told is written'
        : false,
  },
  'the producer is answered': {
    pre: ({ correct, at }) => correct.length === 4 && !at('z').observed,
    post: ({ at }) => at('p').observed || 'a leads all the time, and has not answered',
  },
};

const leaderElection = (name: string, expect: 'violated' | 'certified', unclean: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 14, eff: 5, crashes: 1 },
    messages: type<Message>(),
    roles: { producer, leader, follower, controller: controller(unclean) },
    specification,
  });

/** b misses the write, a acknowledges it alone and crashes, and b is elected. */
export const unclean = leaderElection('an election of whoever is there', 'violated', true);

export const clean = leaderElection('an election of those in sync', 'certified', false);
