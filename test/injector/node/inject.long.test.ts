/** What is loaded into a service fails the calls that a request names, and no others, and tells of all. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pointId, type CallFault } from '../../../src/injector/node/contract.js';
import { callsIn, FOREIGN_TOKENS, headersOf, LISTEN, pointOf, Stage, type Service } from './services.js';

const stage = new Stage();
let pricing: number;
/** Requests that reached the callee. */
let asked: string[] = [];
/** What they carried of a trace. */
let carried: unknown[] = [];

beforeAll(async () => {
  await stage.prepare();
  pricing = await stage.serve(async (request) => {
    asked.push(`${request.method!} ${request.url!}`);
    const { traceparent, baggage } = request.headers;
    carried.push([traceparent, baggage]);
    return Promise.resolve('{"price":42}');
  });
});
beforeEach(() => {
  asked = [];
  carried = [];
  stage.told();
});
afterAll(() => stage.end());

/** Asks for the price, in each of the ways that Node has, and answers with what came of it. */
const ask: Readonly<Record<string, string>> = {
  fetch: `async (url) => { const answer = await fetch(url); return answer.status + ' ' + await answer.text(); }`,
  'http.get': `(url) => new Promise((resolve, reject) => http.get(url, async (answer) => {
    try { resolve(answer.statusCode + ' ' + await text(answer)); } catch (error) { reject(error); }
  }).on('error', reject))`,
  'http.request with a timeout': `(url) => new Promise((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(url);
    const path = pathname + search;
    const request = http.request({ hostname, port, path, timeout: 300, headers: { accept: '*/*' } });
    request.on('timeout', () => request.destroy(Object.assign(new Error('late'), { code: 'LATE' })));
    request.on('response', (answer) => text(answer).then((body) => resolve(answer.statusCode + ' ' + body), reject));
    request.on('error', reject);
    request.end();
  })`,
  'undici: request': `async (url) => {
    const answer = await undici.request(url, { headers: { accept: '*/*' } });
    return answer.statusCode + ' ' + await answer.body.text();
  }`,
  'undici: fetch': `async (url) => { const answer = await undici.fetch(url); return answer.status + ' ' + await answer.text(); }`,
  'undici: a client': `async (url) => {
    const { origin, pathname, search } = new URL(url);
    const client = new undici.Client(origin, { headersTimeout: 300 });
    try {
      const answer = await client.request({ method: 'GET', path: pathname + search });
      return answer.statusCode + ' ' + await answer.body.text();
    } finally { client.destroy(); }
  }`,
  'undici: a pool with one connection': `async (url) => {
    const { origin, pathname, search } = new URL(url);
    pool ??= new undici.Pool(origin, { connections: 1, headersTimeout: 1000 });
    const answer = await pool.request({ method: 'GET', path: pathname + search, headers: ['accept', '*/*'] });
    return answer.statusCode + ' ' + await answer.body.text();
  }`,
  'undici: stream': `async (url) => {
    let status, body = '';
    await undici.stream(url, { method: 'GET' }, ({ statusCode }) => {
      status = statusCode;
      return new Writable({ write(chunk, _, done) { body += chunk; done(); } });
    });
    return status + ' ' + body;
  }`,
  'fetch, by an agent of undici': `async (url) => {
    undici.setGlobalDispatcher(agent2 ??= new undici.Agent());
    const answer = await fetch(url);
    return answer.status + ' ' + await answer.text();
  }`,
  'an agent that keeps connections': `(url) => new Promise((resolve, reject) => http.get(url, { agent }, async (answer) => {
    try { resolve(answer.statusCode + ' ' + await text(answer)); } catch (error) { reject(error); }
  }).on('error', reject))`,
};

function cart(way: string, kind: 'mjs' | 'cjs'): string {
  const imports =
    kind === 'mjs'
      ? `import http, { createServer } from 'node:http'; import { text } from 'node:stream/consumers';
        import { Writable } from 'node:stream'; import * as undici from 'undici';`
      : `const { Writable } = require('stream'); const undici = require('undici'); const http = require('http'); const { createServer } = http; const { text } = require('stream/consumers');`;
  return `${imports}
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let pool, agent2;
    const ask = ${ask[way]};
    const server = createServer(async (request, response) => {
      try {
        response.end(await ask('http://127.0.0.1:${pricing}/price/17?currency=eur'));
      } catch (error) {
        response.statusCode = 502;
        response.end(error.cause?.code ?? error.code ?? error.name);
      }
    });
    ${LISTEN}`;
}

async function get({ port }: Service, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}/cart`, { headers });
  return `${answer.status} ${await answer.text()}`;
}

const services = () => ({ LDFI_SERVICES: `pricing=127.0.0.1:${pricing}` });
const PRICE = pointOf('cart', 'pricing', 'GET /price/{}');

describe.each(Object.keys(ask))('%s', (way) => {
  let service: Service;
  beforeAll(async () => {
    service = await stage.start('cart', cart(way, 'mjs'), { variables: services() });
  });

  it('tells of a call that goes as it would', async () => {
    expect(await get(service, headersOf())).toBe('200 200 {"price":42}');
    const spans = stage.told();
    expect(callsIn(spans)).toEqual(['cart -> pricing GET /price/{}: 200']);
    expect(spans.map(({ kind, service: name }) => [kind, name])).toEqual([
      ['client', 'cart'],
      ['server', 'cart'],
    ]);
    const [call, request] = spans;
    expect(call.parentId).toBe(request.spanId);
    expect(request.parentId).toBe('b7ad6b7169203331');
    expect(asked).toEqual(['GET /price/17?currency=eur']);
  });

  it.each<readonly [CallFault, string, boolean]>([
    [{ kind: 'refused' }, '502 ECONNREFUSED', false],
    [{ kind: 'status', code: 503 }, '200 503 ldfi: status 503 in place of an answer\n', false],
    [{ kind: 'grpc', status: 'UNAVAILABLE' }, '200 200 ', false],
    [{ kind: 'latency', milliseconds: 20 }, '200 200 {"price":42}', true],
    [{ kind: 'broken-body' }, '502 ECONNRESET', true],
  ])('fails as %j', async (fault, seen, reaches) => {
    expect(await get(service, headersOf([[PRICE, fault]]))).toBe(seen);
    const [call] = stage.told();
    expect(call.attributes.get('fault.injected')).toBe(true);
    expect(call.status).toBe(fault.kind === 'latency' ? 'unset' : 'error');
    expect(asked).toHaveLength(reaches ? 1 : 0);
  });

  it('fails nothing for requests that are not of the campaign, and tells nothing of them', async () => {
    const fault: CallFault = { kind: 'refused' };
    const others = FOREIGN_TOKENS.map((campaign) => headersOf([[PRICE, fault]], { campaign }));
    for (const headers of [{}, ...others]) {
      expect(await get(service, headers)).toBe('200 200 {"price":42}');
      expect(carried.at(-1)).toEqual([undefined, undefined]);
    }
    expect(stage.told()).toEqual([]);
  });
});

it.each([
  ['http.request with a timeout', 'LATE'],
  ['undici: a client', 'UND_ERR_HEADERS_TIMEOUT'],
])('lets a call wait for as long as its caller cares to, and tells of it before: %s', async (way, code) => {
  const service = await stage.start('cart', cart(way, 'cjs'), { kind: 'cjs', variables: services() });
  expect(await get(service, headersOf([[PRICE, { kind: 'timeout' }]]))).toBe(`502 ${code}`);
  expect(callsIn(stage.told())).toEqual(['cart -> pricing GET /price/{}: timeout']);
  expect(asked).toEqual([]);
});

it.each(['an agent that keeps connections', 'undici: a pool with one connection'])(
  'keeps requests apart that are handled at the same time, over one connection to the callee: %s',
  async (way) => {
    const service = await stage.start('cart', cart(way, 'cjs'), { kind: 'cjs', variables: services() });
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        if (index % 3 === 2) return get(service);
        const faults = index % 3 === 1 ? ([[PRICE, { kind: 'refused' }]] as const) : [];
        return get(service, headersOf(faults, { run: `r${index}` }));
      }),
    );
    const expected = answers.map((_, index) =>
      index % 3 === 1 ? '502 ECONNREFUSED' : '200 200 {"price":42}',
    );
    expect(answers).toEqual(expected);
    const runs = stage.told().filter(({ kind }) => kind === 'client');
    const failed = runs
      .filter(({ status }) => status === 'error')
      .map((span) => String(span.attributes.get('ldfi.run')));
    expect(failed.toSorted()).toEqual(
      answers.flatMap((_, index) => (index % 3 === 1 ? [`r${index}`] : [])).toSorted(),
    );
    expect(runs).toHaveLength(20);
  },
);

it('counts calls by the request that they are made for, and passes on where it is', async () => {
  const shop = await stage.start(
    'shop',
    `import { createServer } from 'node:http';
    const server = createServer(async (request, response) => {
      const cart = 'http://127.0.0.1:' + request.url.slice(1);
      const first = await fetch(cart); const second = await fetch(cart);
      response.end([await first.text(), await second.text()].join());
    });
    ${LISTEN}`,
    { variables: {} },
  );
  const service = await stage.start('cart', cart('fetch', 'mjs'), { variables: services() });
  const callee = `127.0.0.1:${service.port}`;
  const second = pointOf('shop', callee, 'GET /', 2);
  const price = { ...PRICE, within: pointId(second) };
  const headers = headersOf([[price, { kind: 'status', code: 500 }]]);
  const answer = await fetch(`http://127.0.0.1:${shop.port}/${service.port}`, { headers });
  expect(await answer.text()).toBe('200 {"price":42},500 ldfi: status 500 in place of an answer\n');
  expect(callsIn(stage.told())).toEqual([
    'cart -> pricing GET /price/{}: 200',
    `shop -> ${callee} GET /: 200`,
    'cart -> pricing GET /price/{}: status 500',
    `shop -> ${callee} GET / #2: 200`,
  ]);
});

describe('a service', () => {
  const streaming = `import { createServer } from 'node:http'; import { pipeline } from 'node:stream/promises';
    const server = createServer(async (request, response) => {
      response.setHeader('content-type', 'text/plain');
      for (let part = 0; part < 3; part++) response.write('part ' + part + ' ');
      await pipeline(request, async function* (body) { for await (const chunk of body) yield chunk; }, response);
    });
    ${LISTEN}`;

  it('streams as it would, and what it answered is told by a digest', async () => {
    const service = await stage.start('echo', streaming);
    const answers: string[] = [];
    const digests: unknown[] = [];
    for (const body of ['a'.repeat(300_000), 'a'.repeat(300_000), 'b']) {
      const answer = await fetch(`http://127.0.0.1:${service.port}/`, {
        method: 'POST',
        body,
        headers: headersOf(),
      });
      answers.push(await answer.text());
      digests.push(stage.told()[0].attributes.get('ldfi.answer'));
      expect(answers.at(-1)).toBe(`part 0 part 1 part 2 ${body}`);
    }
    expect(digests[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(digests[1]).toBe(digests[0]);
    expect(digests[2]).not.toBe(digests[0]);
  });

  it('that dies in the middle has told of the calls whose results it had', async () => {
    const service = await stage.start(
      'cart',
      `import { createServer } from 'node:http';
      const server = createServer(async () => {
        await fetch('http://127.0.0.1:${pricing}/price/1').catch(() => undefined);
        process.kill(process.pid, 'SIGKILL');
      });
      ${LISTEN}`,
      { variables: services() },
    );
    await expect(get(service, headersOf())).rejects.toThrow('fetch failed');
    expect(callsIn(stage.told())).toEqual(['cart -> pricing GET /price/{}: 200']);
  });

  it('whose client goes away is told of as aborted', async () => {
    const service = await stage.start(
      'slow',
      `import { createServer } from 'node:http';
      const server = createServer(() => undefined);
      ${LISTEN}`,
    );
    const signal = AbortSignal.timeout(100);
    await expect(
      fetch(`http://127.0.0.1:${service.port}/`, { headers: headersOf(), signal }),
    ).rejects.toThrow();
    await expect
      .poll(() => stage.told().map(({ attributes }) => attributes.get('error.type')))
      .toEqual(['aborted']);
  });

  it('goes on where the collector is gone, and says so once', async () => {
    const variables = { ...services(), OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    const service = await stage.start('cart', cart('fetch', 'mjs'), { variables });
    for (let time = 0; time < 2; time++)
      expect(await get(service, headersOf([[PRICE, { kind: 'refused' }]]))).toBe('502 ECONNREFUSED');
    expect(service.complaints.filter((line) => line.includes('spans are lost'))).toHaveLength(1);
  });

  const UNTOUCHED = `import http from 'node:http'; import https from 'node:https';
    const { createServer } = http;
    const own = [fetch, http.request, https.get, http.Server.prototype.emit].map(String).join();
    const server = createServer((request, response) => response.end(String(own.includes('injector'))));
    ${LISTEN}`;

  it.each<readonly [string, NodeJS.ProcessEnv, boolean]>([
    ['of no campaign', { LDFI_CAMPAIGN: '' }, false],
    ['of production', { NODE_ENV: 'production' }, false],
    ['of production that allows it', { NODE_ENV: 'production', LDFI_ALLOW_PRODUCTION: '1' }, true],
  ])('%s is left as it is, or not', async (_, variables, isTouched) => {
    const service = await stage.start('any', UNTOUCHED, { variables });
    expect(await get(service)).toBe(`200 ${isTouched}`);
    const warned = service.complaints.some((line) => line.includes('NODE_ENV is production'));
    expect(warned).toBe(variables.NODE_ENV === 'production' && !isTouched);
  });
});
