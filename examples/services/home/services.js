import { ask, run } from '../serve.js';

/** Whether the bugs are in. */
const BUGS = process.env.BUGS === '1';

run({
  home: {
    'GET /home': async () => ({
      profile: await ask('profile', '/profile'),
      shelf: await shelf(),
      mine: await ask('mylist', '/list').catch(() => []),
      recommended: await recommended(),
      stars: await stars(),
    }),
  },
  profile: { 'GET /profile': () => ({ name: 'Ada' }) },
  bookmarks: { 'GET /bookmarks': () => ['Ikiru'] },
  trending: { 'GET /trending': () => ['Parasite'] },
  mylist: { 'GET /list': () => ['Persepolis'] },
  personal: { 'GET /recommended': () => ['Yi Yi'] },
  regional: { 'GET /recommended': () => ['Tampopo'] },
  global: { 'GET /recommended': () => ['Casablanca'] },
  ratings: { 'GET /stars': () => ({ stars: 4 }) },
});

/** What was begun; or else, what others begin. */
async function shelf() {
  try {
    return await ask('bookmarks', '/bookmarks');
  } catch {
    // Bug 1: nothing stands in for what stands in.
    return BUGS ? ask('trending', '/trending') : ask('trending', '/trending').catch(() => []);
  }
}

async function recommended() {
  for (const service of ['personal', 'regional', 'global']) {
    try {
      return await ask(service, '/recommended');
    } catch (error) {
      // Bug 2: the last one throws.
      if (BUGS && service === 'global') throw error;
    }
  }
  return [];
}

/** Without stars there are none to show. */
async function stars() {
  // Bug 3: what an answer says is read without a look at whether it is one.
  if (BUGS) return (await ask('ratings', '/stars').catch(() => undefined)).stars;
  return (await ask('ratings', '/stars').catch(() => undefined))?.stars;
}
