/** Clients and servers of gRPC within services: calls of all four kinds are named, told of, and fail as they are asked to. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pointId, type CallFault } from '../../../src/injector/node/contract.js';
import { callsIn, headersOf, LISTEN, pointOf, Stage, type Service } from './services.js';

const stage = new Stage();
let pricing: Service;

/** What both sides know of the service, with JSON for messages. */
const PRICES = `
  const json = { serialize: (value) => Buffer.from(JSON.stringify(value)), deserialize: (bytes) => JSON.parse(bytes) };
  const method = (name, requestStream, responseStream) => ({
    path: '/shop.Prices/' + name, requestStream, responseStream,
    requestSerialize: json.serialize, requestDeserialize: json.deserialize,
    responseSerialize: json.serialize, responseDeserialize: json.deserialize,
  });
  const prices = {
    Get: method('Get', false, false), List: method('List', false, true),
    Sum: method('Sum', true, false), Convert: method('Convert', true, true),
  };`;

/** Counts what it is asked, and says that to whoever asks for it over HTTP. */
const SERVER = `import grpc from '@grpc/grpc-js'; import { createServer } from 'node:http';
  ${PRICES}
  let asked = 0;
  const rpc = new grpc.Server();
  rpc.addService(prices, {
    Get: ({ request }, answer) => {
      asked++;
      if (request < 0) answer({ code: grpc.status.NOT_FOUND, details: 'no such thing' });
      else answer(null, request * 2);
    },
    List: (call) => { asked++; call.write(1); call.write(2); call.end(); },
    Sum: (call, answer) => { asked++; let sum = 0; call.on('data', (price) => sum += price).on('end', () => answer(null, sum)); },
    Convert: (call) => { asked++; call.on('data', (price) => call.write(price * 3)).on('end', () => call.end()); },
  });
  const port = await new Promise((resolve) => rpc.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_, port) => resolve(port)));
  const server = createServer((request, response) => { response.end(port + ' ' + asked); });
  ${LISTEN}`;

/** Makes the call that the path names, and answers with what came of it. */
const client = (kind: 'mjs' | 'cjs') => `
  ${
    kind === 'mjs'
      ? `import * as grpc from '@grpc/grpc-js'; import { createServer } from 'node:http';`
      : `const grpc = require('@grpc/grpc-js'); const { createServer } = require('http');`
  }
  ${PRICES}
  const Prices = grpc.makeClientConstructor(prices, 'shop.Prices');
  const client = new Prices(process.env.PRICES, grpc.credentials.createInsecure());
  const reused = new grpc.Metadata();
  let patience;
  const options = () => ({ deadline: Date.now() + patience });
  const answered = (call) => new Promise((resolve, reject) => call((error, value) => error ? reject(error) : resolve(value)));
  const collected = (stream) => new Promise((resolve, reject) => {
    const all = [];
    stream.on('data', (value) => all.push(value)).on('error', reject).on('end', () => resolve(all.join('+')));
  });
  const calls = {
    Get: () => answered((done) => client.Get(21, reused, options(), done)),
    Missing: () => answered((done) => client.Get(-1, options(), done)),
    List: () => collected(client.List(1, options())),
    Sum: () => answered((done) => {
      const stream = client.Sum(options(), done);
      stream.write(1); stream.write(2); stream.end();
    }),
    Convert: () => {
      const stream = client.Convert(options());
      stream.write(1); stream.write(2); stream.end();
      return collected(stream);
    },
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://cart');
    patience = Number(searchParams.get('patience') ?? 60_000);
    try {
      response.end('value ' + await calls[pathname.slice(1)]());
    } catch (error) {
      response.end(error.code + ' ' + error.details + ' ' + Object.keys(reused.getMap()).join());
    }
  });
  ${LISTEN}`;

let target: string;
const askedSoFar = async () => {
  const answer = await fetch(`http://127.0.0.1:${pricing.port}/`);
  return (await answer.text()).split(' ').map(Number);
};

beforeAll(async () => {
  await stage.prepare();
  pricing = await stage.start('pricing', SERVER);
  target = `127.0.0.1:${(await askedSoFar())[0]}`;
});
beforeEach(() => {
  stage.told();
});
afterAll(() => stage.end());

const start = (kind: 'mjs' | 'cjs') =>
  stage.start('cart', client(kind), {
    kind,
    variables: { PRICES: target, LDFI_SERVICES: `pricing=${target}` },
  });

async function get({ port }: Service, call: string, faults: readonly CallFault[] = [], patience = 60_000) {
  const method = call === 'Missing' ? 'Get' : call;
  const point = pointOf('cart', 'pricing', `shop.Prices/${method}`);
  const answer = await fetch(`http://127.0.0.1:${port}/${call}?patience=${patience}`, {
    headers: headersOf(faults.map((fault) => [point, fault])),
  });
  return answer.text();
}

const WAYS = [
  ['Get', 'value 42'],
  ['List', 'value 1+2'],
  ['Sum', 'value 3'],
  ['Convert', 'value 3+6'],
] as const;

describe.each(['mjs', 'cjs'] as const)('a service in %s', (kind) => {
  let cart: Service;
  beforeAll(async () => {
    cart = await start(kind);
  });

  it.each(WAYS)('calls %s as it would, and both sides are told of', async (call, value) => {
    expect(await get(cart, call)).toBe(value);
    const spans = stage.told();
    const operation = `shop.Prices/${call}`;
    expect(callsIn(spans)).toEqual([`cart -> pricing ${operation}: OK`]);
    const [request, made, own] = spans;
    expect(spans.map((span) => `${span.kind} ${span.name}`)).toEqual([
      `server ${operation}`,
      `client ${operation}`,
      `server GET /${call}`,
    ]);
    expect([request.parentId, made.parentId]).toEqual([made.spanId, own.spanId]);
    const point = pointId(pointOf('cart', 'pricing', operation));
    expect(request.attributes.get('ldfi.point')).toBe(point);
    expect(request.attributes.get('ldfi.answer')).toMatch(/^[0-9a-f]{16}$/);
    expect(made.attributes.get('rpc.service')).toBe('shop.Prices');
  });

  describe.each(WAYS)('%s', (call, value) => {
    it.each<readonly [CallFault, string, number]>([
      [{ kind: 'refused' }, '14 No connection established.', 0],
      [{ kind: 'grpc', status: 'RESOURCE_EXHAUSTED' }, '8 ldfi: RESOURCE_EXHAUSTED in place of an answer', 0],
      [{ kind: 'timeout' }, '4 Deadline exceeded', 0],
      [{ kind: 'latency', milliseconds: 20 }, value, 1],
      [{ kind: 'latency', milliseconds: 5_000 }, '4 Deadline exceeded', 0],
      [{ kind: 'broken-body' }, '14 Connection dropped', 1],
    ])('fails as %j', async (fault, seen, reaches) => {
      const [, before] = await askedSoFar();
      const patience = seen === '4 Deadline exceeded' ? 300 : 60_000;
      expect((await get(cart, call, [fault], patience)).slice(0, seen.length)).toBe(seen);
      const made = stage.told().find((span) => span.kind === 'client')!;
      expect(made.attributes.get('fault.injected')).toBe(true);
      const [, after] = await askedSoFar();
      expect(after - before).toBe(reaches);
    });
  });

  it('tells of an answer that is an error, and gives its metadata to no other call', async () => {
    expect(await get(cart, 'Missing')).toBe('5 no such thing ');
    expect(callsIn(stage.told())).toEqual(['cart -> pricing shop.Prices/Get: NOT_FOUND']);
  });

  it('is left alone where a fault is not for calls of gRPC, and where the request is of nobody', async () => {
    expect(await get(cart, 'Get', [{ kind: 'status', code: 503 }])).toBe('value 42');
    expect(stage.told()[1].attributes.has('fault.injected')).toBe(false);
    const answer = await fetch(`http://127.0.0.1:${cart.port}/Get`);
    expect(await answer.text()).toBe('value 42');
    expect(stage.told()).toEqual([]);
  });
});
