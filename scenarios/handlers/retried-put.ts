/**
 * A client library that asks again where no answer comes: the second put may arrive after a newer value has been put by
 * somebody who had read the first.
 *
 * Modelled: a store of one value; a writer, whose library retries; and a follower, which reads until it finds the
 * writer's value, and puts its own in place of it. Whoever reads learns the version of what is there.
 * Left out: several keys, a store of several replicas, and a follower that asks again.
 *
 * The bug: the store takes every put, and a put that was taken long ago, but whose answer was lost, is taken again. The
 * repair: a put names the version that it replaces, and the store takes it while that is there; what it is told
 * otherwise was taken before.
 */
import { defineScenario, type, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { writer: ['w'], follower: ['f'], store: ['s'] } as const;

type Nodes = typeof NODES;
type Value = 'first' | 'second';

type Message =
  | { readonly type: 'put'; readonly value: Value; readonly over: number }
  | { readonly type: 'done' }
  | { readonly type: 'read' }
  | { readonly type: 'found'; readonly value: Value | null; readonly version: number };

/** An answer arrives after two timesteps. */
const PATIENCE = 4;

interface Writer {
  /** Whether its put is done, as far as it has been told. */
  done: boolean;
}

interface Follower extends Writer {
  /** Whether it looks for the writer's value still. */
  reading: boolean;
}

interface Store {
  value: Value | null;
  version: number;
}

const writer: RoleHandlers<Nodes, 'writer', Writer, Message, boolean> = {
  init: () => ({ done: false }),
  onStart(_, { send, timers }) {
    send('s', { type: 'put', value: 'first', over: 0 });
    timers.set('retry', PATIENCE);
  },
  onTimer(_, name, { send, timers }) {
    send('s', { type: 'put', value: 'first', over: 0 });
    timers.set(name, PATIENCE);
  },
  onMessage: {
    done(state, _, { timers }) {
      state.done = true;
      timers.cancel('retry');
    },
  },
  observe: ({ done }) => done,
};

const follower: RoleHandlers<Nodes, 'follower', Follower, Message, boolean> = {
  init: () => ({ done: false, reading: true }),
  onTick({ reading }, { send }) {
    if (reading) send('s', { type: 'read' });
  },
  onMessage: {
    found(state, { value, version }, { send }) {
      if (value !== 'first' || !state.reading) return;
      state.reading = false;
      send('s', { type: 'put', value: 'second', over: version });
    },
    done(state) {
      state.done = true;
    },
  },
  observe: ({ done }) => done,
};

/** @param takesEverything whether it takes a put of whatever version */
const store = (takesEverything: boolean): RoleHandlers<Nodes, 'store', Store, Message, Value | null> => ({
  init: () => ({ value: null, version: 0 }),
  onMessage: {
    put(state, { value, over }, { from, send }) {
      if (takesEverything || over === state.version) {
        state.value = value;
        state.version++;
      }
      send(from, { type: 'done' });
    },
    read({ value, version }, _, { from, send }) {
      send(from, { type: 'found', value, version });
    },
  },
  observe: ({ value }) => value,
});

const specification: RoleSpecification<Nodes, { writer: boolean; follower: boolean; store: Value | null }> = {
  'what replaced it stays': {
    pre: ({ at }) => at('f').observed,
    post: ({ at }) => at('s').observed === 'second' || 'f was told that its value is there, and it is not',
  },
};

const retriedPut = (name: string, expect: 'violated' | 'certified', takesEverything: boolean) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds: { eot: 12, eff: 4, crashes: 0 },
    messages: type<Message>(),
    roles: { writer, follower, store: store(takesEverything) },
    specification,
  });

/** The answer to the first put is lost, and f puts its value before w asks again. */
export const overwrites = retriedPut('a put that is retried', 'violated', true);

export const byVersion = retriedPut('a put that names the version it replaces', 'certified', false);
