/**
 * What `booking` lacks: each order has an id, and Redis keeps which of them are booked, so that a retry books nothing
 * anew. Needs `redis-server`.
 */
import { Redis } from 'ioredis';
import { defineSystem } from 'ldfi';

const folder = import.meta.dirname;
const PORT = 19_908;

/** One connection for each question, so that nothing has to be closed in the end. */
async function redis<Answer>(ask: (store: Redis) => Promise<Answer>): Promise<Answer> {
  const store = new Redis(PORT, '127.0.0.1');
  try {
    return await ask(store);
  } finally {
    store.disconnect();
  }
}

export default defineSystem({
  name: 'redis',
  services: {
    shop: { command: ['node', 'services.js', 'shop'], folder },
    redis: {
      command: ['sh', '-c', 'exec redis-server --port $PORT --bind 127.0.0.1 --save "" --dir /tmp'],
      port: PORT,
      inject: false,
    },
    seats: { command: ['node', 'services.js', 'seats'], folder },
  },
  request: { method: 'POST', path: '/order', body: { order: 'o-1' } },
  outcome: ({ status }) => status === 200 || status === 500 || status === 502,
  invariants: {
    'no more than one seat is booked': async () => {
      const booked = Number((await redis((store) => store.get('booked'))) ?? 0);
      return booked <= 1 || `${booked} seats are booked`;
    },
  },
  kinds: ['broken-body', 'error LOADING'],
  state: async () => {
    await redis((store) => store.flushall());
  },
});
