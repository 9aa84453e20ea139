import { ask, run } from '../serve.js';

run({
  shop: {
    'GET /catalog': async () => {
      const [books, films] = [await ask('books', '/books'), await ask('films', '/films')];
      // Whether it is counted is nothing to whoever asked.
      await ask('telemetry', '/viewed', { page: 'catalog' }).catch(() => undefined);
      return { books, films };
    },
  },
  books: { 'GET /books': () => ['Middlemarch'] },
  films: { 'GET /films': () => ['Ikiru'] },
  telemetry: { 'POST /viewed': () => ({ counted: true }) },
});
