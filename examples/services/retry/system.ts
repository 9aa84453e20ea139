/** A call that is made again, to the same instance: one failure of it is survived, two are not. */
import { defineSystem } from 'ldfi';

const service = (name: string) => ({ command: ['node', 'services.js', name], folder: import.meta.dirname });

export default defineSystem({
  name: 'retry',
  services: { users: service('users'), bookings: service('bookings'), movies: service('movies') },
  request: { path: '/users/bookings' },
  kinds: ['refused', 'status 503'],
  state: 'nothing to reset',
});
