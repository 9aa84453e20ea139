import { ask, run } from '../serve.js';

run({
  users: {
    'GET /users/bookings': () => ask('bookings', '/bookings'),
  },
  bookings: {
    'GET /bookings': async () => ({ movie: await movie() }),
  },
  movies: {
    'GET /movies': () => ({ title: 'The Lunchbox' }),
  },
});

/** Asks once more, where the first time it went wrong. */
async function movie() {
  try {
    return await ask('movies', '/movies');
  } catch {
    return ask('movies', '/movies');
  }
}
