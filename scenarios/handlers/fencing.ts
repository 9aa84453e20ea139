/**
 * A lease, and a store that its holder writes to: who pauses in the midst, as for a collection of garbage, does not see that
 * its lease is over, and goes on to write where somebody else has written already.
 *
 * Modelled: a lock service, which gives the lease to whoever asks when nobody has it, for some time; two workers, each of
 * which reads the store as soon as it has the lease, and then writes what it made of that; and the store. All clocks are
 * right, and a worker writes at once: it has no time to look whether its lease is over.
 * Left out: losses, giving the lease back early, and workers that ask once more.
 *
 * The bug: nothing at the store tells a write that was meant long ago from one of now. The repair: each lease has a
 * number greater than those before, a fencing token; the holder shows it with whatever it does, and the store takes nothing
 * under a lower one than it has seen.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { worker: ['a', 'b'], lock: ['l'], store: ['s'] } as const;

type Nodes = typeof NODES;

type Message =
  | { readonly type: 'ask' }
  | { readonly type: 'granted'; readonly token: number }
  | { readonly type: 'read'; readonly token: number }
  | { readonly type: 'found'; readonly value: number; readonly token: number }
  | { readonly type: 'write'; readonly value: number; readonly token: number }
  | { readonly type: 'written' };

/** Timesteps: to read and to write takes four. */
const TERM = 6;

interface Worker {
  phase: 'asks' | 'works' | 'has written';
}

interface Lock {
  holder: string | undefined;
  token: number;
  ends: number;
}

/** How often something was added, as far as that was not written over. */
interface Store {
  value: number;
  seen: number;
}

const worker: RoleHandlers<Nodes, 'worker', Worker, Message, Worker['phase']> = {
  init: () => ({ phase: 'asks' }),
  tickAtStart: true,
  onTick({ phase }, { send }) {
    if (phase === 'asks') send('l', { type: 'ask' });
  },
  onMessage: {
    granted(state, { token }, { send }) {
      if (state.phase !== 'asks') return;
      state.phase = 'works';
      send('s', { type: 'read', token });
    },
    found(_, { value, token }, { send }) {
      send('s', { type: 'write', value: value + 1, token });
    },
    written(state) {
      state.phase = 'has written';
    },
  },
  observe: ({ phase }) => phase,
};

const lock: RoleHandlers<Nodes, 'lock', Lock, Message, string | undefined> = {
  init: () => ({ holder: undefined, token: 0, ends: 0 }),
  onMessage: {
    ask(state, _, { from, send, time }) {
      if (state.holder === from || time < state.ends) return;
      state.holder = from;
      state.token++;
      state.ends = time + TERM;
      send(from, { type: 'granted', token: state.token });
    },
  },
  observe: ({ holder }) => holder,
};

/** @param isFenced whether it looks at tokens */
const store = (isFenced: boolean): RoleHandlers<Nodes, 'store', Store, Message, number> => ({
  init: () => ({ value: 0, seen: 0 }),
  onMessage: {
    read(state, { token }, { from, send }) {
      if (token > state.seen) state.seen = token;
      send(from, { type: 'found', value: state.value, token });
    },
    write(state, { value, token }, { from, send }) {
      if (isFenced && token < state.seen) return;
      state.value = value;
      send(from, { type: 'written' });
    },
  },
  observe: ({ value }) => value,
});

const specification: RoleSpecification<
  Nodes,
  { worker: Worker['phase']; lock: string | undefined; store: number }
> = {
  'what was written counts': {
    pre: ({ at }) => writers(at('a').observed, at('b').observed) > 0,
    post({ at }) {
      const all = writers(at('a').observed, at('b').observed);
      const { observed } = at('s');
      return observed >= all || `${all} have written, and the store has ${observed}`;
    },
  },
};

function writers(...phases: readonly Worker['phase'][]): number {
  return phases.filter((phase) => phase === 'has written').length;
}

const lease = (name: string, expect: 'violated' | 'certified', isFenced: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 20, eff: 14, crashes: 0, omissions: 0, pauses: 1 },
    messages: type<Message>(),
    roles: { worker, lock, store: store(isFenced) },
    specification,
  });

/** a has read, and pauses; b reads the same, and writes. What a writes then is in place of that. */
export const unfenced = lease('a lease without fencing', 'violated', false);

export const fenced = lease('a lease with fencing tokens', 'certified', true);
