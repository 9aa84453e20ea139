/**
 * Payments that are asked for again where no answer comes. A key in each request says which payment is meant, so that
 * one that was made is not made again, as interfaces for payments have it.
 *
 * Modelled: a client that retries; and a service with its account, which is on disk. The service may be restarted, and the
 * network may deliver a request twice, once of them late.
 * Left out: keys that expire, and a service of several processes.
 *
 * The bugs: no key at all; and keys in the memory of the service, which a restart takes away. The repair: the key goes to disk
 * together with the payment.
 */
import { defineScenario, type, type Bounds, type RoleHandlers, type RoleSpecification } from 'ldfi';

const NODES = { client: ['client'], service: ['service'] } as const;

type Nodes = typeof NODES;

type Message = { readonly type: 'pay'; readonly key: string } | { readonly type: 'paid' };

/** An answer arrives after two timesteps. */
const PATIENCE = 3;

const client: RoleHandlers<Nodes, 'client', { paid: boolean }, Message, boolean> = {
  init: () => ({ paid: false }),
  onStart(_, { send, timers }) {
    send('service', { type: 'pay', key: 'order 1' });
    timers.set('retry', PATIENCE);
  },
  onTimer(_, name, { send, timers }) {
    send('service', { type: 'pay', key: 'order 1' });
    timers.set(name, PATIENCE);
  },
  onMessage: {
    paid(state, _, { timers }) {
      state.paid = true;
      timers.cancel('retry');
    },
  },
  observe: ({ paid }) => paid,
};

interface Service {
  payments: number;
  readonly keys: Set<string>;
}

type Keys = 'none' | 'in memory' | 'on disk';

const service = (keys: Keys): RoleHandlers<Nodes, 'service', Service, Message, number, Service> => ({
  init: () => ({ payments: 0, keys: new Set<string>() }),
  keep: (state) => (keys === 'on disk' ? state : { payments: state.payments, keys: new Set<string>() }),
  restore: (kept) => kept,
  onMessage: {
    pay(state, { key }, { from, send }) {
      if (keys === 'none' || !state.keys.has(key)) state.payments++;
      state.keys.add(key);
      send(from, { type: 'paid' });
    },
  },
  observe: ({ payments }) => payments,
});

const specification: RoleSpecification<Nodes, { client: boolean; service: number }> = {
  'nobody pays twice': { never: ({ at }) => at('service').observed > 1 && 'the order is paid for twice' },
  'what the client was told is so': {
    always: ({ at }) => !at('client').observed || at('service').observed > 0,
  },
};

const bounds: Bounds = {
  eot: 9,
  eff: 4,
  crashes: 0,
  restarts: 1,
  duplicates: 1,
  longestDelay: 3,
  reliable: { nodes: ['client'] },
};

const payments = (name: string, expect: 'violated' | 'certified', keys: Keys) =>
  defineScenario({
    name,
    expect,
    nodes: NODES,
    bounds,
    messages: type<Message>(),
    roles: { client, service: service(keys) },
    specification,
  });

/** The answer is lost, or the request comes twice. */
export const withoutKeys = payments('payments without keys', 'violated', 'none');

/** The service is restarted between the two. */
export const keysInMemory = payments('payments with keys in memory', 'violated', 'in memory');

export const keysOnDisk = payments('payments with keys on disk', 'certified', 'on disk');
