/** A second instance stands in for the first: either may fail, and not both. */
import { defineSystem } from 'ldfi';

const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'fallback',
  services: { users: service('users'), first: service('first'), second: service('second') },
  request: { path: '/users/bookings' },
  kinds: ['refused', 'status 503'],
  state: 'nothing to reset',
});
