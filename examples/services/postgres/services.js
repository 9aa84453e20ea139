import pg from 'pg';
import { ask, run } from '../serve.js';

const { port } = new URL(process.env.DATABASE_URL);
const pool = new pg.Pool({ host: '127.0.0.1', port: Number(port), user: 'postgres', database: 'postgres' });

run({
  shop: {
    'POST /pay': (_, { id }) => ask('payments', '/payments', { id }),
  },
  payments: {
    'POST /payments': async (_, { id }) => {
      await pool.query('insert into payments values ($1) on conflict do nothing', [id]);
      // Bug: where nobody can be told of it, it is answered as if nothing had been paid.
      await ask('receipts', '/receipts', { id });
      return { paid: true };
    },
  },
  receipts: { 'POST /receipts': () => ({ sent: true }) },
});
