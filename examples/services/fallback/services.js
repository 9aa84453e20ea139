import { ask, run } from '../serve.js';

const movies = { 'GET /movies': () => ({ title: 'The Lunchbox' }) };

run({
  users: {
    'GET /users/bookings': async () => ({ movie: await movie() }),
  },
  first: movies,
  second: movies,
});

/** Asks the second instance, where the first does not answer as it should. */
async function movie() {
  try {
    return await ask('first', '/movies');
  } catch {
    return ask('second', '/movies');
  }
}
