/** Calls of databases within services: real ones answer, and real ones fail where an error is theirs. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault } from '../../../src/injector/node/contract.js';
import { callsIn, headersOf, isListening, LISTEN, pointOf, Stage, type Service } from './services.js';

const stage = new Stage();
const databases: ChildProcess[] = [];
const POSTGRES = 19_911;
const REDIS = 19_912;
const NODE_REDIS = 19_914;

beforeAll(() => stage.prepare());
beforeEach(() => {
  stage.told();
});
afterAll(async () => {
  await stage.end();
  for (const each of databases) each.kill('SIGTERM');
  await Promise.all(databases.map(async (each) => each.exitCode ?? (await once(each, 'exit'))));
});

/** Starts one that ends with the tests. */
async function database(port: number, ...[program, ...words]: readonly string[]): Promise<void> {
  databases.push(spawn(program, words, { stdio: 'ignore', env: { ...process.env, PORT: String(port) } }));
  while (!(await isListening(port))) await delay(50);
}

const isMissing = (program: string) => spawnSync(program, ['--version']).status !== 0;

/** Does what the path names, with the words of the query, and answers with what came of it. */
const serviceOf = (kind: 'mjs' | 'cjs', imports: Readonly<Record<string, string>>, does: string) => {
  const all = Object.entries({ '{ createServer }': 'node:http', ...imports });
  const lines = all.map(([name, from]) =>
    kind === 'mjs' ? `import ${name} from '${from}';` : `const ${name} = require('${from}');`,
  );
  return `${lines.join('\n')}
    ${does}
    const server = createServer(async (request, response) => {
      try {
        response.end(JSON.stringify(await does[request.url.slice(1)]() ?? null));
      } catch (error) {
        response.end((error.code ?? '') + ' ' + error.message);
      }
    });
    ${LISTEN}`;
};

async function get({ port }: Service, what: string, headers: Readonly<Record<string, string>> = headersOf()) {
  const answer = await fetch(`http://127.0.0.1:${port}/${what}`, { headers });
  return answer.text();
}

type Case = readonly [fault: CallFault, seen: string, after: string];

describe.skipIf(isMissing('psql'))('PostgreSQL', () => {
  const does = `
    const pool = new pg.Pool({ host: '127.0.0.1', port: ${POSTGRES}, user: 'postgres', database: 'postgres', max: 2 });
    const client = async (action) => {
      const client = await pool.connect();
      client.on('error', () => undefined);
      try { return await action(client); } finally { client.release(); }
    };
    const does = {
      ready: async () => {
        for (;;) try { await pool.query('create table if not exists orders (id text primary key)'); break; } catch {}
        await pool.query('delete from orders');
      },
      count: async () => (await pool.query('select count(*)::int as n from orders')).rows[0].n,
      add: async (query_timeout) =>
        (await pool.query({ text: 'INSERT INTO orders VALUES ($1)', values: ['o-1'], query_timeout })).rowCount,
      hurriedAdd: () => does.add(300),
      callback: () => new Promise((resolve, reject) => {
        pool.query('insert into "orders" values ($1)', ['o-1'], async (error) => {
          if (error) reject(error); else resolve((await pool.query('select id from orders')).rows);
        });
      }),
      twice: () => pool.query("insert into orders values ('o-2'), ('o-2')"),
      transaction: () => client(async (client) => {
        await client.query('BEGIN');
        try {
          await client.query("insert into orders values ('o-3')");
          await client.query("update orders set id = 'o-4'").catch(() => undefined);
          await client.query('COMMIT');
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        }
      }),
      hanging: () => pool.query('insert into orders values (1)'),
      together: () => Promise.all(Array.from({ length: 5 }, () => pool.query('select 1 as one').then(({ rows }) => rows[0].one))),
    };`;
  const services = new Map<string, Service>();
  const INSERT = pointOf('payments', 'database', 'INSERT orders');
  const insertFailing = (fault: CallFault) => headersOf([[INSERT, fault]]);
  const start = async (kind: 'mjs' | 'cjs') => {
    const service = await stage.start('payments', serviceOf(kind, { pg: 'pg' }, does), {
      kind,
      variables: { LDFI_SERVICES: `database=127.0.0.1:${POSTGRES}` },
    });
    services.set(kind, service);
  };

  beforeAll(async () => {
    const script = fileURLToPath(new URL('../../../examples/services/postgres/postgres.sh', import.meta.url));
    await database(POSTGRES, script);
    await Promise.all([start('mjs'), start('cjs')]);
  });
  beforeEach(async () => {
    for (const service of services.values()) await get(service, 'ready', {});
  });

  describe.each(['mjs', 'cjs'] as const)('in a service in %s', (kind) => {
    let service: Service;
    beforeAll(() => {
      service = services.get(kind)!;
    });

    it.each(['add', 'callback'])('tells of a query that goes as it would: %s', async (what) => {
      expect(await get(service, what)).toBe(what === 'add' ? '1' : '[{"id":"o-1"}]');
      const spans = stage.told();
      expect(callsIn(spans)).toEqual([
        'payments -> database INSERT orders: done',
        ...(what === 'add' ? [] : ['payments -> database SELECT orders: done']),
      ]);
      const { attributes, parentId } = spans[0];
      expect(parentId).toBe(spans.at(-1)?.spanId);
      const said = ['db.system.name', 'db.operation', 'db.collection.name', 'db.namespace'];
      expect(said.map((name) => attributes.get(name))).toEqual([
        'postgresql',
        'INSERT',
        'orders',
        'postgres',
      ]);
      expect(attributes.get('ldfi.answer')).toMatch(/^[0-9a-f]{16}$/);
    });

    it.each<Case>([
      [{ kind: 'refused' }, `ECONNREFUSED connect ECONNREFUSED 127.0.0.1:${POSTGRES}`, '0'],
      [{ kind: 'timeout' }, ' Query read timeout', '0'],
      [{ kind: 'latency', milliseconds: 10 }, '1', '1'],
      [{ kind: 'error', code: '40001' }, '40001 ldfi: 40001 in place of an answer', '0'],
      [{ kind: 'error', code: '57P01' }, '57P01 terminating connection due to administrator command', '0'],
      [{ kind: 'broken-body' }, 'ECONNRESET read ECONNRESET', '1'],
    ])('fails as %j', async (fault, seen, after) => {
      expect(await get(service, fault.kind === 'timeout' ? 'hurriedAdd' : 'add', insertFailing(fault))).toBe(
        seen,
      );
      const call = stage.told().find((span) => span.kind === 'client')!;
      expect(call.attributes.get('fault.injected')).toBe(true);
      // Whoever asks next has a connection, and sees what was done.
      expect(await get(service, 'count')).toBe(after);
    });

    it('fails nothing for requests that are of nobody', async () => {
      const headers = headersOf([[INSERT, { kind: 'refused' }]], { campaign: 'abad1dea' });
      expect(await get(service, 'add', headers)).toBe('1');
      expect(stage.told()).toEqual([]);
    });
  });

  it('tells of an error that is the answer', async () => {
    const service = services.get('mjs')!;
    expect(await get(service, 'twice')).toContain('duplicate key');
    expect(callsIn(stage.told())).toEqual(['payments -> database INSERT orders: 23505']);
  });

  it.each<Case>([
    // An error ends the transaction, whether the service looks at it or not.
    [{ kind: 'error', code: '40001' }, 'null', '0'],
    [{ kind: 'refused' }, ' Client has encountered a connection error and is not queryable', '0'],
    [{ kind: 'latency', milliseconds: 1 }, 'null', '1'],
  ])('undoes what belongs to a transaction where it fails as %j', async (fault, seen, after) => {
    const service = services.get('mjs')!;
    const update = pointOf('payments', 'database', 'UPDATE orders');
    expect(await get(service, 'transaction', headersOf([[update, fault]]))).toBe(seen);
    expect(callsIn(stage.told()).slice(0, 2)).toEqual([
      'payments -> database BEGIN: done',
      'payments -> database INSERT orders: done',
    ]);
    expect(await get(service, 'count')).toBe(after);
  });

  it('gives a connection back of which nothing came once the request is over', async () => {
    const service = services.get('mjs')!;
    for (let time = 0; time < 3; time++) {
      const signal = AbortSignal.timeout(200);
      const headers = insertFailing({ kind: 'timeout' });
      await expect(fetch(`http://127.0.0.1:${service.port}/hanging`, { headers, signal })).rejects.toThrow(
        'aborted',
      );
    }
    expect(await get(service, 'count')).toBe('0');
  });

  it('knows for which request it is, whoever gives a connection back', async () => {
    const service = services.get('mjs')!;
    const all = [get(service, 'together'), get(service, 'together', {}), get(service, 'together', {})];
    expect(await Promise.all(all)).toEqual(Array(3).fill('[1,1,1,1,1]'));
    expect(stage.told().filter(({ kind }) => kind === 'client')).toHaveLength(5);
  });
});

describe.skipIf(isMissing('redis-server'))('Redis', () => {
  const does = `
    const redis = new Redis({ port: ${REDIS}, host: '127.0.0.1' });
    const hurried = new Redis({ port: ${REDIS}, host: '127.0.0.1', commandTimeout: 300 });
    const does = {
      ready: () => redis.flushall(),
      get: () => redis.get('booked'),
      add: () => redis.incr('booked'),
      hurriedAdd: () => hurried.incr('booked'),
      callback: () => new Promise((resolve, reject) => redis.incr('booked', (error, value) => error ? reject(error) : resolve(value))),
      wrong: () => redis.lpush('booked', 1),
      hurriedPipeline: () => does.pipeline(hurried),
      pipeline: async (client = redis) => {
        const all = await client.pipeline().incr('booked').incr('booked').exec();
        return all.map(([error, value]) => error ? error.message : value);
      },
      multi: () => redis.multi().incr('booked').set('last', 1).exec(),
    };`;
  const start = async (kind: 'mjs' | 'cjs') => {
    const source = serviceOf(kind, { '{ Redis }': 'ioredis' }, does);
    const service = await stage.start('seats', source, {
      kind,
      variables: { LDFI_SERVICES: `store=127.0.0.1:${REDIS}` },
    });
    services.set(kind, service);
  };
  const services = new Map<string, Service>();
  const pointFor = (operation: string) => pointOf('seats', 'store', operation);

  beforeAll(async () => {
    await database(REDIS, 'redis-server', '--port', String(REDIS), '--bind', '127.0.0.1', '--save', '');
    await Promise.all([start('mjs'), start('cjs')]);
  });
  beforeEach(async () => {
    await get(services.get('mjs')!, 'ready', {});
  });

  describe.each(['mjs', 'cjs'] as const)('in a service in %s', (kind) => {
    let service: Service;
    beforeAll(() => {
      service = services.get(kind)!;
    });

    it.each([
      ['add', '1', 'INCR'],
      ['callback', '1', 'INCR'],
      ['pipeline', '[1,2]', 'PIPELINE INCR'],
      ['multi', '[[null,1],[null,"OK"]]', 'MULTI'],
    ])('tells of %s as it would go', async (what, value, operation) => {
      expect(await get(service, what)).toBe(value);
      const [call, ...others] = stage.told();
      expect(callsIn([call, ...others])).toEqual([`seats -> store ${operation}: done`]);
      const said = ['db.system.name', 'db.operation.name', 'db.namespace'].map((name) =>
        call.attributes.get(name),
      );
      expect(said).toEqual(['redis', operation, '0']);
    });

    it.each<Case>([
      [{ kind: 'refused' }, ' Connection is closed.', 'null'],
      [{ kind: 'timeout' }, ' Command timed out', 'null'],
      [{ kind: 'latency', milliseconds: 10 }, '1', '"1"'],
      [{ kind: 'error', code: 'LOADING' }, ' LOADING ldfi: in place of an answer', 'null'],
      [{ kind: 'broken-body' }, ' Connection is closed.', '"1"'],
    ])('fails as %j', async (fault, seen, after) => {
      expect(
        await get(
          service,
          fault.kind === 'timeout' ? 'hurriedAdd' : 'add',
          headersOf([[pointFor('INCR'), fault]]),
        ),
      ).toBe(seen);
      const call = stage.told().find((span) => span.kind === 'client')!;
      expect(call.attributes.get('fault.injected')).toBe(true);
      expect(await get(service, 'get')).toBe(after);
    });

    it.each<Case>([
      [{ kind: 'refused' }, '["Connection is closed.","Connection is closed."]', 'null'],
      [{ kind: 'timeout' }, '["Command timed out","Command timed out"]', 'null'],
      [{ kind: 'latency', milliseconds: 10 }, '[1,2]', '"2"'],
      [{ kind: 'broken-body' }, '["Connection is closed.","Connection is closed."]', '"2"'],
    ])('fails a pipeline as %j', async (fault, seen, after) => {
      expect(
        await get(
          service,
          fault.kind === 'timeout' ? 'hurriedPipeline' : 'pipeline',
          headersOf([[pointFor('PIPELINE INCR'), fault]]),
        ),
      ).toBe(seen);
      expect(await get(service, 'get')).toBe(after);
    });

    it.each<Case>([
      [{ kind: 'refused' }, ' Connection is closed.', 'null'],
      [{ kind: 'broken-body' }, ' Connection is closed.', '"1"'],
    ])('fails a transaction as %j', async (fault, seen, after) => {
      expect(await get(service, 'multi', headersOf([[pointFor('MULTI'), fault]]))).toBe(seen);
      expect(await get(service, 'get')).toBe(after);
    });
  });

  it('fails a command for one request, and no other that uses the connection meanwhile', async () => {
    const service = services.get('mjs')!;
    const failing = headersOf([[pointFor('INCR'), { kind: 'refused' }]]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => get(service, 'add', index % 2 === 0 ? failing : {})),
    );
    expect(answers.filter((answer) => answer === ' Connection is closed.')).toHaveLength(10);
    expect(await get(service, 'get')).toBe('"10"');
  });

  it('tells of an error that is the answer', async () => {
    const service = services.get('mjs')!;
    await get(service, 'add', {});
    expect(await get(service, 'wrong')).toContain('WRONGTYPE');
    expect(callsIn(stage.told())).toEqual(['seats -> store LPUSH: ReplyError']);
  });
});

describe.skipIf(isMissing('redis-server'))('Redis, by node-redis', () => {
  const does = `
    const redis = createClient({ url: 'redis://127.0.0.1:${NODE_REDIS}/0' });
    redis.connect();
    const pool = createClientPool({ socket: { host: '127.0.0.1', port: ${NODE_REDIS} } }, { minimum: 1, maximum: 1 });
    const open = pool.connect();
    const late = () => new Promise((_, reject) => setTimeout(reject, 300, new Error('late')));
    const does = {
      ready: () => redis.flushAll(),
      get: () => redis.get('booked'),
      add: () => redis.incr('booked'),
      hurriedAdd: () => Promise.race([redis.incr('booked'), late()]),
      raw: () => redis.sendCommand(['incr', 'booked']),
      wrong: () => redis.lPush('booked', 'a'),
      pipeline: () => redis.multi().incr('booked').incr('booked').execAsPipeline(),
      multi: () => redis.multi().incr('booked').set('last', 1).exec(),
      pooled: async () => (await open, Promise.all(Array.from({ length: 5 }, () => pool.incr('booked')))),
    };`;
  const services = new Map<string, Service>();
  const pointFor = (operation: string) => pointOf('seats', 'store', operation);

  beforeAll(async () => {
    await database(
      NODE_REDIS,
      'redis-server',
      ...['--port', String(NODE_REDIS), '--bind', '127.0.0.1', '--save', ''],
    );
    for (const kind of ['mjs', 'cjs'] as const) {
      const source = serviceOf(kind, { '{ createClient, createClientPool }': 'redis' }, does);
      const variables = { LDFI_SERVICES: `store=127.0.0.1:${NODE_REDIS}` };
      services.set(kind, await stage.start('seats', source, { kind, variables }));
    }
  });
  beforeEach(async () => {
    await get(services.get('mjs')!, 'ready', {});
  });

  describe.each(['mjs', 'cjs'] as const)('in a service in %s', (kind) => {
    let service: Service;
    beforeAll(() => {
      service = services.get(kind)!;
    });

    it.each([
      ['add', '1', 'INCR'],
      ['raw', '1', 'INCR'],
      ['pipeline', '[1,2]', 'PIPELINE INCR'],
      ['multi', '[1,"OK"]', 'MULTI'],
    ])('tells of %s as it would go', async (what, value, operation) => {
      expect(await get(service, what)).toBe(value);
      const [call, ...others] = stage.told();
      expect(callsIn([call, ...others])).toEqual([`seats -> store ${operation}: done`]);
      const said = ['db.system.name', 'db.operation.name', 'db.namespace'].map((name) =>
        call.attributes.get(name),
      );
      expect(said).toEqual(['redis', operation, '0']);
    });

    it.each<readonly [what: string, operation: string, ...Case]>([
      ['add', 'INCR', { kind: 'refused' }, ' Socket closed unexpectedly', 'null'],
      ['hurriedAdd', 'INCR', { kind: 'timeout' }, ' late', 'null'],
      ['add', 'INCR', { kind: 'latency', milliseconds: 10 }, '1', '"1"'],
      ['add', 'INCR', { kind: 'error', code: 'LOADING' }, ' LOADING ldfi: in place of an answer', 'null'],
      ['add', 'INCR', { kind: 'broken-body' }, ' Socket closed unexpectedly', '"1"'],
      ['pipeline', 'PIPELINE INCR', { kind: 'refused' }, ' Socket closed unexpectedly', 'null'],
      ['pipeline', 'PIPELINE INCR', { kind: 'broken-body' }, ' Socket closed unexpectedly', '"2"'],
      [
        'multi',
        'MULTI',
        { kind: 'error', code: 'EXECABORT' },
        ' EXECABORT ldfi: in place of an answer',
        'null',
      ],
      ['multi', 'MULTI', { kind: 'broken-body' }, ' Socket closed unexpectedly', '"1"'],
    ])('%s: %s fails as %j', async (what, operation, fault, seen, after) => {
      expect(await get(service, what, headersOf([[pointFor(operation), fault]]))).toBe(seen);
      const call = stage.told().find((span) => span.kind === 'client')!;
      expect(call.attributes.get('fault.injected')).toBe(true);
      expect(await get(service, 'get')).toBe(after);
    });

    it('fails nothing for requests that are of nobody', async () => {
      const headers = headersOf([[pointFor('INCR'), { kind: 'refused' }]], { campaign: 'abad1dea' });
      expect(await get(service, 'add', headers)).toBe('1');
      expect(stage.told()).toEqual([]);
    });
  });

  it('knows for which request it is, whoever gives a client of a pool back', async () => {
    const service = services.get('mjs')!;
    await Promise.all([get(service, 'pooled'), get(service, 'pooled', {}), get(service, 'pooled')]);
    expect(stage.told().filter(({ kind }) => kind === 'client')).toHaveLength(10);
  });

  it('tells of an error that is the answer', async () => {
    const service = services.get('mjs')!;
    await get(service, 'add', {});
    expect(await get(service, 'wrong')).toContain('WRONGTYPE');
    expect(callsIn(stage.told())).toEqual(['seats -> store LPUSH: Error']);
  });
});
