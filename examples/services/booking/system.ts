/**
 * A retry of what is not idempotent: where the answer is lost and not the question, two seats are booked, and one was
 * asked for. The answer says nothing of it, an invariant does.
 */
import { defineSystem } from 'ldfi';

const service = (name: string, port: number) => ({
  command: ['node', 'services.js', name],
  folder: import.meta.dirname,
  port,
});
// Below the ports that systems hand out to connections.
const SEATS = 19_907;
const seats = `http://127.0.0.1:${SEATS}`;

export default defineSystem({
  name: 'booking',
  services: { shop: service('shop', 19_906), seats: service('seats', SEATS) },
  request: { method: 'POST', path: '/order', body: {} },
  // That it cannot be booked may be said.
  outcome: ({ status }) => status === 200 || status === 502 || status === 500,
  invariants: {
    'no more than one seat is booked': async () => {
      const { booked } = (await (await fetch(`${seats}/booked`)).json()) as { readonly booked: number };
      return booked <= 1 || `${booked} seats are booked`;
    },
  },
  kinds: ['refused', 'status 503', 'broken-body'],
  state: async () => {
    await fetch(`${seats}/reset`, { method: 'POST', body: '{}' });
  },
});
