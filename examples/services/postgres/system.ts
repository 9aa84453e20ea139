/**
 * A payment that is stored in PostgreSQL before all that belongs to it is done: where the receipt cannot be sent, or the
 * answer of the database is lost, the answer is that it failed, and it is paid. An invariant, which asks the database,
 * finds it. Needs PostgreSQL.
 */
import pg from 'pg';
import { defineSystem } from 'ldfi';

const folder = import.meta.dirname;
const PORT = 19_909;

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: PORT, user: 'postgres', database: 'postgres' });
  try {
    await client.connect();
    return client;
  } catch (error) {
    // It listens before it is ready.
    if (error instanceof pg.DatabaseError && error.code === '57P03') return connected();
    throw error;
  }
}

/** How many rows are the answer. */
async function database(question: string): Promise<number> {
  const client = await connected();
  try {
    return (await client.query(question)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

const service = (name: string) => ({ command: ['node', 'services.js', name], folder });

export default defineSystem({
  name: 'postgres',
  services: {
    shop: service('shop'),
    database: { command: ['./postgres.sh'], folder, port: PORT, inject: false },
    payments: service('payments'),
    receipts: service('receipts'),
  },
  request: { method: 'POST', path: '/pay', body: { id: 'p-1' } },
  outcome: () => true,
  invariants: {
    'what failed is not paid': async ({ status }) => {
      const paid = await database('select from payments');
      return status === 200 || paid === 0 || `the answer is ${status}, and it is paid`;
    },
  },
  kinds: ['refused', 'status 503', 'error 40001', 'broken-body'],
  state: async () => {
    await database('create table if not exists payments (id text primary key)');
    await database('delete from payments');
  },
});
