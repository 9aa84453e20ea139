/** Every part of the page has something to show in its place, and so all of them may fail together. */
import { defineSystem } from 'ldfi';

const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'defaults',
  services: {
    store: service('store'),
    prices: service('prices'),
    reviews: service('reviews'),
    related: service('related'),
  },
  request: { path: '/product' },
  outcome: ({ status, body }) => status === 200 && 'price' in JSON.parse(body),
  bounds: { faults: 3 },
  kinds: ['refused', 'status 503'],
  state: 'nothing to reset',
});
