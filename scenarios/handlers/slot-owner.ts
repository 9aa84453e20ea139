/**
 * A store that is divided into slots, one of which moves to another owner (the shape of a fault that was reported of Redis Cluster).
 *
 * Modelled: the old owner, the new one, and the new one's replica, which takes over where it has not heard of its owner
 * for a while, with the slots that it knows of. The old owner asks the new one to take the slot until it is told that it has.
 * Left out: keys, clients, votes on who takes over, and a replica of the old owner.
 *
 * The bug: the new owner tells the old one that the slot has moved before it has told its own replica. Where it crashes in between, the
 * slot is nobody's. The repair: its replica first, and the old owner once the replica has noted it.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { old: ['a'], owner: ['b'], replica: ['r'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'take' }
  | { readonly type: 'mine' }
  | { readonly type: 'alive'; readonly owns: boolean }
  | { readonly type: 'noted' };

/** Timesteps without a word of the owner after which the replica takes over. */
const PATIENCE = 3;

const old: RoleHandlers<Nodes, 'old', { owns: boolean }, Message, boolean> = {
  init: () => ({ owns: true }),
  tickAtStart: true,
  onTick({ owns }, { send }) {
    if (owns) send('b', { type: 'take' });
  },
  onMessage: {
    mine(state) {
      state.owns = false;
    },
  },
  observe: ({ owns }) => owns,
};

interface Owner {
  owns: boolean;
  /** Whether the replica knows of it. */
  noted: boolean;
}

/** @param replicaFirst whether the old owner is told once the replica knows */
const owner = (replicaFirst: boolean): RoleHandlers<Nodes, 'owner', Owner, Message, boolean> => ({
  init: () => ({ owns: false, noted: false }),
  onTick({ owns }, { send }) {
    send('r', { type: 'alive', owns });
  },
  onMessage: {
    take(state, _, { send }) {
      state.owns = true;
      if (state.noted || !replicaFirst) send('a', { type: 'mine' });
    },
    noted(state) {
      state.noted = true;
    },
  },
  observe: ({ owns }) => owns,
});

interface Replica {
  knows: boolean;
  tookOver: boolean;
}

const replica: RoleHandlers<Nodes, 'replica', Replica, Message, boolean> = {
  init: () => ({ knows: false, tookOver: false }),
  onStart(_, { timers }) {
    timers.set('owner', PATIENCE);
  },
  onTimer(state) {
    state.tookOver = true;
  },
  onMessage: {
    alive(state, { owns }, { send, timers }) {
      timers.set('owner', PATIENCE);
      if (!owns) return;
      state.knows = true;
      send('b', { type: 'noted' });
    },
  },
  observe: ({ knows, tookOver }) => knows && tookOver,
};

const specification: RoleSpecification<Nodes, { old: boolean; owner: boolean; replica: boolean }> = {
  'the slot has an owner': {
    pre: ({ at }) => !at('a').crashed && !at('r').crashed,
    post: ({ correct }) => correct.some(({ observed }) => observed) || 'nobody has it',
  },
};

const slotOwner = (name: string, expect: 'violated' | 'certified', replicaFirst: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 10, eff: 5, crashes: 1, crashesBefore: 6 },
    messages: type<Message>(),
    roles: { old, owner: owner(replicaFirst), replica },
    specification,
  });

/** b tells a, and crashes before it tells r. */
export const oldFirst = slotOwner('a slot that moves, the old owner told first', 'violated', false);

export const replicaFirst = slotOwner('a slot that moves, the replica told first', 'certified', true);
