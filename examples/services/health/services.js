import { ask, Refusal, run } from '../serve.js';

run({
  users: {
    'GET /users/bookings': async () => {
      const healthy = await ask('movies', '/health').catch(() => undefined);
      if (healthy === undefined) throw new Refusal(503, 'try again later');
      // Who was healthy a moment ago need not be so now.
      return ask('movies', '/movies');
    },
  },
  movies: {
    'GET /health': () => ({ healthy: true }),
    'GET /movies': () => ({ title: 'The Lunchbox' }),
  },
});
