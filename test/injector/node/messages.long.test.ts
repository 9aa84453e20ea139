/** Messages between services, over a real RabbitMQ: what they are part of goes with them, and they fail as they are asked to. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pointId, type CallFault } from '../../../src/injector/node/contract.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { callsIn, headersOf, isListening, LISTEN, pointOf, Stage, type Service } from './services.js';

const PORT = 19_920;
const stage = new Stage();
let broker: ChildProcess | undefined;
let pricing: number;
/** What consumers have asked for. */
let asked: string[] = [];

const isMissing = spawnSync('sh', ['-c', 'command -v rabbitmq-server']).status !== 0;

beforeAll(async () => {
  await stage.prepare();
  pricing = await stage.serve(async (request) => {
    asked.push(request.url!);
    return Promise.resolve('{}');
  });
  if (isMissing) return;
  const script = fileURLToPath(new URL('rabbitmq.sh', import.meta.url));
  const env = { ...process.env, PORT: String(PORT) };
  // With what it starts.
  broker = spawn(script, { stdio: 'ignore', detached: true, env });
  while (!(await isListening(PORT)) && broker.exitCode === null) await delay(100);
}, 120_000);
beforeEach(() => {
  asked = [];
  stage.told();
});
afterAll(async () => {
  await stage.end();
  if (broker?.pid === undefined) return;
  process.kill(-broker.pid, 'SIGTERM');
  await once(broker, 'exit');
}, 60_000);

const CONNECTED = `
  const connected = async () => {
    for (;;) try { return await amqp.connect('amqp://127.0.0.1:${PORT}'); } catch { await new Promise((done) => setTimeout(done, 100)); }
  };`;

/** Publishes in the way that the path names. */
const SHOP = `const amqp = require('amqplib'); const { createServer } = require('http');
  ${CONNECTED}
  (async () => {
    const connection = await connected();
    const channel = await connection.createChannel();
    const confirming = await connection.createConfirmChannel();
    await channel.assertQueue('orders');
    await channel.assertExchange('events', 'topic');
    const order = Buffer.from('{"order":1}');
    const does = {
      '/queue': async () => channel.sendToQueue('orders', order, { headers: { own: 'kept' } }),
      '/exchange': async () => channel.publish('events', 'order.made', order),
      '/confirmed': () => new Promise((resolve, reject) => {
        confirming.sendToQueue('orders', order, {}, (error) => error ? reject(error) : resolve('confirmed'));
      }),
      '/next': async () => { confirming.sendToQueue('orders', order); await confirming.waitForConfirms(); return 'confirmed'; },
    };
    const server = createServer(async (request, response) => {
      try { response.end(String(await does[request.url]())); }
      catch (error) { response.end(error.name + ' ' + error.message); }
    });
    ${LISTEN}
  })();`;

/** Asks for what it was sent, and acknowledges it afterwards. */
const mailer = () => `import amqp from 'amqplib'; import { createServer } from 'node:http';
  ${CONNECTED}
    const channel = await (await connected()).createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.assertQueue('orders');
    await channel.assertExchange('events', 'topic');
    await channel.bindQueue(queue, 'events', 'order.*');
    for (const each of ['orders', queue]) await channel.consume(each, async (message) => {
      const { headers } = message.properties;
      await fetch('http://127.0.0.1:${pricing}/mail/' + message.fields.routingKey + '/' + (headers?.own ?? 'none')).catch(() => undefined);
      channel.ack(message);
    });
    const server = createServer((request, response) => response.end());
    ${LISTEN}`;

describe.skipIf(isMissing)('services', () => {
  let service: Service;
  beforeAll(async () => {
    const variables = { LDFI_SERVICES: `broker=127.0.0.1:${PORT},pricing=127.0.0.1:${pricing}` };
    const started = await Promise.all([
      stage.start('shop', SHOP, { kind: 'cjs', variables }),
      stage.start('mailer', mailer(), { variables }),
    ]);
    service = started[0];
  }, 60_000);

  const get = async (
    what: string,
    faults: Parameters<typeof headersOf>[0] = [],
    headers = headersOf(faults),
  ) => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/${what}`, { headers });
    return answer.text();
  };
  /** The spans of a request, once so many are told. */
  const spansOf = async (count: number): Promise<readonly Span[]> => {
    const spans: Span[] = [];
    await expect.poll(() => spans.push(...stage.told()), { timeout: 10_000 }).toBe(count);
    return spans;
  };

  it.each([
    ['queue', 'true', 'orders', '/mail/orders/kept'],
    ['confirmed', 'confirmed', 'orders', '/mail/orders/none'],
    ['exchange', 'true', 'events:order.made', '/mail/order.made/none'],
  ])('tell of a message by %s, and of what is done for it', async (what, value, to, mail) => {
    expect(await get(what)).toBe(value);
    const spans = await spansOf(4);
    const publish = pointOf('shop', 'broker', `publish ${to}`);
    const mailing = { ...pointOf('mailer', 'pricing', `GET ${mail}`), within: pointId(publish) };
    expect(callsIn(spans).toSorted()).toEqual([
      `mailer -> pricing GET ${mail}: 200`,
      `shop -> broker publish ${to}: done`,
    ]);
    const [sent, consumed] = ['producer', 'consumer'].map((each) =>
      spans.find((span) => span.kind === each)!,
    );
    expect([consumed.name, consumed.parentId]).toEqual([`process ${to}`, sent.spanId]);
    expect(consumed.attributes.get('ldfi.point')).toBe(pointId(publish));
    expect(consumed.attributes.get('ldfi.calls')).toBe(1);
    expect(sent.attributes.get('messaging.destination.name')).toBe(to);
    expect(asked).toEqual([mail]);

    stage.told();
    await get(what, [[mailing, { kind: 'refused' }]]);
    const failed = (await spansOf(4)).find(
      ({ service: name, kind: each }) => name === 'mailer' && each === 'client',
    )!;
    expect(failed.attributes.get('error.type')).toBe('ECONNREFUSED');
    expect(asked).toEqual([mail]);
  });

  it.each<readonly [CallFault, string, string, boolean]>([
    [{ kind: 'refused' }, 'queue', 'IllegalOperationError Channel closed', false],
    [{ kind: 'refused' }, 'confirmed', 'IllegalOperationError Channel closed', false],
    [{ kind: 'lost' }, 'queue', 'true', false],
    [{ kind: 'lost' }, 'confirmed', 'confirmed', false],
    [{ kind: 'latency', milliseconds: 20 }, 'queue', 'true', true],
    [{ kind: 'latency', milliseconds: 20 }, 'confirmed', 'confirmed', true],
  ])('fail as %j by %s', async (fault, what, seen, arrives) => {
    expect(await get(what, [[pointOf('shop', 'broker', 'publish orders'), fault]])).toBe(seen);
    const spans = await spansOf(arrives ? 4 : 2);
    const sent = spans.find((span) => span.kind === 'producer')!;
    expect(sent.attributes.get('fault.kind')).toBe(
      [fault.kind, 'milliseconds' in fault ? fault.milliseconds : ''].join(' ').trim(),
    );
    expect(asked).toHaveLength(arrives ? 1 : 0);
    // What comes after is confirmed by the broker as its own.
    expect(await get('next', [], {})).toBe('confirmed');
    await expect.poll(() => asked.length).toBe(arrives ? 2 : 1);
  });

  it('send as they would for requests that are of nobody', async () => {
    expect(await get('queue', [], {})).toBe('true');
    await expect.poll(() => asked).toEqual(['/mail/orders/kept']);
    expect(stage.told()).toEqual([]);
  });
});
