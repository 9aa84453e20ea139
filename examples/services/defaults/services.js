import { ask, run } from '../serve.js';

run({
  store: {
    'GET /product': async () => ({
      price: await ask('prices', '/price').catch(() => 'on request'),
      stars: await ask('reviews', '/stars').catch(() => 'not rated yet'),
      more: await ask('related', '/related').catch(() => []),
    }),
  },
  prices: { 'GET /price': () => 12 },
  reviews: { 'GET /stars': () => 4 },
  related: { 'GET /related': () => ['a lamp'] },
});
