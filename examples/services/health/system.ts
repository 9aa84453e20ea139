/**
 * A health check that misleads: where it fails, whoever asks is told to come again, as should be; but the call that it
 * is made for is not looked after, and may fail all the same.
 */
import { defineSystem } from 'ldfi';

const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'health',
  services: { users: service('users'), movies: service('movies') },
  request: { path: '/users/bookings' },
  outcome: ({ status }) => status === 200 || status === 503,
  kinds: ['refused', 'status 503'],
  state: 'nothing to reset',
});
