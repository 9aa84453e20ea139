/** The proxy fails the calls that are named, tells of those of the campaign, and passes everything else as it is. */
import { once } from 'node:events';
import http, { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CallProxy } from '../../../src/injector/node/call-proxy.js';
import type { CallFault } from '../../../src/injector/node/contract.js';
import { SpanExporter } from '../../../src/injector/node/export.js';
import { Injector } from '../../../src/injector/node/injector.js';
import { callsIn, CAMPAIGN, FOREIGN_TOKENS, headersOf, pointOf, Stage } from './services.js';

const stage = new Stage();
let callee: Server;
let heard: http.IncomingHttpHeaders[] = [];
let edge: { readonly proxy: CallProxy; readonly port: number };
let all: { readonly proxy: CallProxy; readonly port: number };
let address: string;

beforeAll(async () => {
  const collector = await stage.collect();
  callee = createServer((request, response) => {
    heard.push(request.headers);
    response.setHeader('x-own', ['1', '2']);
    if (request.method === 'POST') request.pipe(response);
    else response.end(`at ${request.url!}`);
  });
  callee.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  callee.listen(0, '127.0.0.1');
  await once(callee, 'listening');
  address = `127.0.0.1:${(callee.address() as AddressInfo).port}`;
  const settings = {
    campaign: CAMPAIGN,
    service: 'cart',
    services: new Map([[address, 'pricing']]),
    collector,
  };
  const injector = new Injector(settings, new SpanExporter(collector, http.request, () => undefined));
  const open = async (target: URL | undefined) => {
    const proxy = new CallProxy(injector, { host: '127.0.0.1', port: 0, target });
    return { proxy, port: await proxy.listen() };
  };
  edge = await open(new URL(`http://${address}`));
  all = await open(undefined);
});
beforeEach(() => {
  heard = [];
  stage.told();
});
afterAll(async () => {
  await Promise.all([edge, all].map(({ proxy }) => proxy.close()));
  callee.closeAllConnections();
  callee.close();
  await stage.end();
});

const PRICE = pointOf('cart', 'pricing', 'GET /price/{}');

function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${edge.port}${path}`, { headers });
}

it('passes calls of nobody as they are, of any length', async () => {
  const answer = await get('/price/17?a=b', { 'x-mine': 'a, b' });
  expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([
    200,
    '1, 2',
    'at /price/17?a=b',
  ]);
  expect(heard[0]).toMatchObject({ 'x-mine': 'a, b' });
  expect(heard[0]).not.toHaveProperty('baggage');
  const body = 'x'.repeat(3_000_000);
  const posted = await fetch(`http://127.0.0.1:${edge.port}/`, { method: 'POST', body });
  expect(await posted.text()).toBe(body);
  expect(stage.told()).toEqual([]);
});

it.each(FOREIGN_TOKENS)(
  'passes calls of the campaign %j as they are, whatever they name',
  async (campaign) => {
    const run = `r${FOREIGN_TOKENS.indexOf(campaign)}`;
    const faults: readonly CallFault[] = [
      { kind: 'refused' },
      { kind: 'timeout' },
      { kind: 'latency', milliseconds: 3_600_000 },
      { kind: 'status', code: 503 },
      { kind: 'broken-body' },
    ];
    for (const fault of faults) {
      const headers = headersOf([[PRICE, fault]], { campaign, run });
      const answer = await get('/price/17', headers);
      expect([answer.status, await answer.text()]).toEqual([200, 'at /price/17']);
      expect(heard.at(-1)).toMatchObject(headers);
    }
    expect(stage.told()).toEqual([]);
    // Nor do they count as calls of the campaign.
    await (await get('/price/17', headersOf([], { run }))).text();
    expect(callsIn(stage.told())).toEqual(['cart -> pricing GET /price/{}: 200']);
  },
);

it('tells of a call before its answer ends, and counts those of one request', async () => {
  for (const [id, count] of [
    ['17', ''],
    ['18', ' #2'],
  ] as const) {
    const answer = await get(`/price/${id}`, headersOf([], { run: 'counted' }));
    expect(await answer.text()).toBe(`at /price/${id}`);
    const spans = stage.told();
    expect(callsIn(spans)).toEqual([`cart -> pricing GET /price/{}${count}: 200`]);
    expect(spans[0].parentId).toBe('b7ad6b7169203331');
    expect(spans[0].attributes.get('ldfi.answer')).toMatch(/^[0-9a-f]{16}$/);
    expect(heard.at(-1)!.traceparent).toContain(spans[0].spanId);
    expect(heard.at(-1)!.baggage).toContain(`ldfi.point=${String(spans[0].attributes.get('ldfi.point'))}`);
  }
});

describe('a call that is to fail', () => {
  it.each<readonly [string, CallFault, string, number]>([
    ['a', { kind: 'status', code: 503 }, '503 ldfi: status 503 in place of an answer\n', 0],
    ['b', { kind: 'grpc', status: 'UNAVAILABLE' }, '200 ', 0],
    ['c', { kind: 'latency', milliseconds: 20 }, '200 at /price/17', 1],
    ['d', { kind: 'refused' }, 'fetch failed', 0],
    ['e', { kind: 'broken-body' }, 'terminated', 1],
  ])('%s: %j', async (run, fault, seen, reaches) => {
    const ask = async () => {
      const answer = await get('/price/17', headersOf([[PRICE, fault]], { run }));
      return `${answer.status} ${await answer.text()}`;
    };
    expect(await ask().catch((error: unknown) => (error as Error).message)).toBe(seen);
    const [call] = stage.told();
    expect(call.attributes.get('fault.injected')).toBe(true);
    expect(call.status).toBe(fault.kind === 'latency' ? 'unset' : 'error');
    expect(heard).toHaveLength(reaches);
  });

  it('waits for as long as its caller does', async () => {
    const headers = headersOf([[PRICE, { kind: 'timeout' }]], { run: 'waits' });
    const signal = AbortSignal.timeout(300);
    await expect(fetch(`http://127.0.0.1:${edge.port}/price/1`, { headers, signal })).rejects.toThrow();
    expect(callsIn(stage.told())).toEqual(['cart -> pricing GET /price/{}: timeout']);
  });
});

it('says where nobody answers', async () => {
  const { hostname, port } = new URL(`http://127.0.0.1:${all.port}`);
  const path = 'http://127.0.0.1:9/';
  const request = http.get({ hostname, port, path, headers: headersOf([], { run: 'nobody' }) });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  expect([answer.statusCode, await text(answer)]).toEqual([502, 'ldfi: connect ECONNREFUSED 127.0.0.1:9\n']);
  expect(callsIn(stage.told())).toEqual(['cart -> 127.0.0.1:9 GET /: ECONNREFUSED']);
});

it('stands before all that a service calls, where the service says whom', async () => {
  const path = `http://${address}/price/17`;
  const request = http.get({
    hostname: '127.0.0.1',
    port: all.port,
    path,
    headers: headersOf([], { run: 'all' }),
  });
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  expect(await text(answer)).toBe('at /price/17');
  expect(callsIn(stage.told())).toEqual(['cart -> pricing GET /price/{}: 200']);
  expect((await fetch(`http://127.0.0.1:${all.port}/`)).status).toBe(400);
});

it.each([
  [
    'an upgrade',
    () => `GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
    () => edge.port,
  ],
  ['a tunnel', () => `CONNECT ${address} HTTP/1.1\r\nhost: a\r\n\r\n`, () => all.port],
])('passes %s', async (_, ask, port) => {
  const socket = connect(port(), '127.0.0.1');
  socket.write(ask());
  const [head] = (await once(socket, 'data')) as [Buffer];
  expect(head.toString()).toMatch(/^HTTP\/1\.1 (101|200) /);
  socket.write(
    ask() === `CONNECT ${address} HTTP/1.1\r\nhost: a\r\n\r\n`
      ? 'GET /t HTTP/1.1\r\nhost: a\r\n\r\n'
      : 'echo',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/echo|at \/t/);
  socket.destroy();
});
