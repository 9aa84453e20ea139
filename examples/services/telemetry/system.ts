/** Telemetry may fail, since what becomes of it is ignored; each of the two parts of the answer may not. */
import { defineSystem } from 'ldfi';

const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'telemetry',
  services: {
    shop: service('shop'),
    books: service('books'),
    films: service('films'),
    telemetry: service('telemetry'),
  },
  request: { path: '/catalog' },
  kinds: ['refused', 'status 503'],
  state: 'nothing to reset',
});
