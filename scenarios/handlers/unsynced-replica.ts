/**
 * A replica acknowledges what it has written, and the disk has it a moment later; a loss of power in between takes it away.
 *
 * Modelled: a leader, which sends an entry to two replicas until they acknowledge it, and tells its client that it is committed when one
 * of them has, so that a majority of the three has it. What a replica writes is on disk at its next timestep.
 * Left out: the election of another leader. A majority without the entry could elect one that does not have it.
 *
 * The bug: the acknowledgement is sent when the entry is written. The repair: when it is on disk.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { leader: ['a'], replica: ['b', 'c'] } as const;

type Nodes = typeof NODES;

type Message = { readonly type: 'entry' } | { readonly type: 'stored' };

/** Timesteps after which the entry is sent again. */
const PATIENCE = 3;

const leader: RoleHandlers<Nodes, 'leader', Set<string>, Message, boolean, Set<string>> = {
  init: () => new Set<string>(),
  keep: (state) => state,
  restore: (kept) => kept,
  onStart(_, { nodesOf, send, timers }) {
    for (const replica of nodesOf('replica')) send(replica, { type: 'entry' });
    timers.set('again', PATIENCE);
  },
  onTimer(stored, name, { nodesOf, send, timers }) {
    for (const replica of nodesOf('replica')) if (!stored.has(replica)) send(replica, { type: 'entry' });
    timers.set(name, PATIENCE);
  },
  onMessage: {
    stored(stored, _, { from }) {
      stored.add(from);
    },
  },
  observe: (stored) => stored.size > 0,
};

type Entry = 'none' | 'written' | 'on disk';

const replica = (
  waits: boolean,
): RoleHandlers<Nodes, 'replica', { entry: Entry }, Message, boolean, { entry: Entry }> => ({
  init: () => ({ entry: 'none' }),
  keep: ({ entry }) => ({ entry: entry === 'on disk' ? entry : 'none' }),
  restore: (kept) => kept,
  onTick(state, { send }) {
    if (state.entry !== 'written') return;
    state.entry = 'on disk';
    if (waits) send('a', { type: 'stored' });
  },
  onMessage: {
    entry(state, _, { send }) {
      if (state.entry === 'none') state.entry = 'written';
      if (state.entry === 'on disk' || !waits) send('a', { type: 'stored' });
    },
  },
  observe: ({ entry }) => entry !== 'none',
});

const specification: RoleSpecification<Nodes, { leader: boolean; replica: boolean }> = {
  'what is committed, every majority knows': {
    never: ({ at, nodes }) => {
      if (!at('a').observed) return false;
      const without = nodes.filter(({ node, observed }) => node !== 'a' && !observed).map(({ node }) => node);
      return without.length > 1 && `${without.join(' and ')} do not have what is committed`;
    },
  },
};

const replication = (name: string, expect: 'violated' | 'certified', waits: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 9, eff: 5, crashes: 1, restarts: 1 },
    messages: type<Message>(),
    roles: { leader, replica: replica(waits) },
    specification,
  });

/** c is not reached, and b loses its power before its disk has what it has acknowledged. */
export const writtenOnly = replication('a replica that acknowledges what is written', 'violated', false);

export const synced = replication('a replica that acknowledges what is on disk', 'certified', true);
