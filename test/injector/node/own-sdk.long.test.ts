/** A service that has OpenTelemetry's own SDK: its spans say what became of calls, and there are no others. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault } from '../../../src/injector/node/contract.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { callsIn, headersOf, LISTEN, pointOf, Stage, type Service } from './services.js';

const stage = new Stage();
let pricing: number;
let asked = 0;
/** Requests of one run are one to the SDK. */
let runs = 0;
let service: Service;
const services = new Map<string, Service>();

const SDK = `
  new NodeSDK({
    instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
    traceExporter: new OTLPTraceExporter(),
  }).start();`;

const SDK_PACKAGES = {
  '{ NodeSDK }': '@opentelemetry/sdk-node',
  '{ HttpInstrumentation }': '@opentelemetry/instrumentation-http',
  '{ UndiciInstrumentation }': '@opentelemetry/instrumentation-undici',
  '{ OTLPTraceExporter }': '@opentelemetry/exporter-trace-otlp-http',
};

const PACKAGES = {
  '{ context, trace }': '@opentelemetry/api',
  http: 'node:http',
  '{ text }': 'node:stream/consumers',
  undici: 'undici',
};

function load(kind: 'mjs' | 'cjs', packages: Readonly<Record<string, string>>): string {
  const lines = Object.entries(packages).map(([name, from]) =>
    kind === 'mjs' ? `import ${name} from '${from}';` : `const ${name} = require('${from}');`,
  );
  return lines.join('\n');
}

/** Asks itself, or has a worker ask, to which only the SDK's context tells of which request it is. */
const cart = () => `
  const ask = () => new Promise((resolve, reject) => {
    http.get('http://127.0.0.1:${pricing}/price/17', (answer) => {
      text(answer).then((body) => resolve(answer.statusCode + ' ' + body), reject);
    }).on('error', reject);
  });
  const fetched = async (by) => {
    const answer = await by('http://127.0.0.1:${pricing}/price/17');
    return answer.status + ' ' + await answer.text();
  };
  const work = [];
  setInterval(() => { for (const each of work.splice(0)) each(); }, 10);
  const askLater = () => {
    const of = context.active();
    return new Promise((resolve, reject) => work.push(() => context.with(of, () => ask().then(resolve, reject))));
  };
  const does = {
    '/cart': ask,
    '/later': askLater,
    '/both': async () => [await ask(), await askLater()].join(),
    '/fetch': () => fetched(fetch),
    '/undici': () => fetched(undici.fetch),
    '/part': () => trace.getTracer('cart').startActiveSpan('part', async (part) => {
      try { return await fetched(fetch); } finally { part.end(); }
    }),
  };
  const server = http.createServer(async (request, response) => {
    try { response.end(await does[request.url]()); }
    catch (error) { response.statusCode = 502; response.end((error.cause ?? error).code); }
  });
  ${LISTEN}`;

beforeAll(async () => {
  await stage.prepare();
  pricing = await stage.serve(async () => {
    asked++;
    return Promise.resolve('{}');
  });
  const variables = { LDFI_SERVICES: `pricing=127.0.0.1:${pricing}` };
  const commonJs = `${load('cjs', SDK_PACKAGES)} ${SDK} ${load('cjs', PACKAGES)} ${cart()}`;
  services.set('CommonJS', await stage.start('cart', commonJs, { kind: 'cjs', variables }));
  // As OpenTelemetry has it for modules of this kind: its hooks of `import` come before the service.
  const sdk = `import { register } from 'node:module';
    register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
    ${load('mjs', SDK_PACKAGES)} ${SDK}`;
  const modules = `${load('mjs', PACKAGES)} ${cart()}`;
  services.set('ECMAScript', await stage.start('cart', modules, { variables, first: sdk }));
});
beforeEach(() => {
  asked = 0;
  runs++;
  stage.told();
});
afterAll(() => stage.end());

const PRICE = pointOf('cart', 'pricing', 'GET /price/{}');

const ofRun = (faults: Parameters<typeof headersOf>[0] = []) => headersOf(faults, { run: `r${runs}` });

/** What a request is answered, the spans of calls that were told by then, and that of the request, which may come later. */
async function get(path: string, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`http://127.0.0.1:${service.port}${path}`, { headers });
  const text = `${answer.status} ${await answer.text()}`;
  const told = stage.told();
  const before = told.filter(({ kind }) => kind === 'client');
  const after = told.filter(({ kind }) => kind !== 'client');
  await expect.poll(() => after.push(...stage.told()), { timeout: 10_000 }).toBe(1);
  return { text, before, after };
}

describe.each(['CommonJS', 'ECMAScript'])('a service in %s', (kind) => {
  beforeAll(() => {
    service = services.get(kind)!;
  });

  describe.each(['/cart', '/later', '/fetch', '/undici'])('asked for %s', (path) => {
    it('has one span for a call, told before the answer, and one for the request', async () => {
      const { text, before, after } = await get(path, ofRun());
      expect(text).toBe('200 200 {}');
      expect(callsIn(before)).toEqual(['cart -> pricing GET /price/{}: 200']);
      const [call] = before;
      const [request] = after;
      expect([before.length, call.kind, request.kind]).toEqual([1, 'client', 'server']);
      expect([call.parentId, request.parentId]).toEqual([request.spanId, 'b7ad6b7169203331']);
      // As the instrumentation tells them, but for calls that it would begin to tell of too late.
      const isTold = !['/fetch', '/undici'].includes(path);
      expect([call.name, request.name]).toEqual([isTold ? 'GET' : 'GET /price/{}', 'GET']);
      expect(request.attributes.get('ldfi.run')).toBe(`r${runs}`);
    });

    it.each<readonly [CallFault, string, number]>([
      [{ kind: 'refused' }, '502 ECONNREFUSED', 0],
      [{ kind: 'status', code: 503 }, '200 503 ldfi: status 503 in place of an answer\n', 0],
      [{ kind: 'latency', milliseconds: 20 }, '200 200 {}', 1],
      [{ kind: 'broken-body' }, '502 ECONNRESET', 1],
    ])('fails as %j, which its span says', async (fault, seen, reaches) => {
      const { text, before } = await get(path, ofRun([[PRICE, fault]]));
      expect(text).toBe(seen);
      expect(before.map((span) => span.attributes.get('fault.injected'))).toEqual([true]);
      expect(before[0].status).toBe(fault.kind === 'latency' ? 'unset' : 'error');
      expect(asked).toBe(reaches);
    });
  });

  it('says how many calls were made for a request, and what it answered', async () => {
    const { after } = await get('/cart', ofRun());
    expect(after[0].attributes.get('ldfi.calls')).toBe(1);
    expect(after[0].attributes.get('ldfi.answer')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('has what is called in a part of a request below the span of that', async () => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/part`, { headers: ofRun() });
    expect(await answer.text()).toBe('200 {}');
    const told: Span[] = [];
    await expect.poll(() => told.push(...stage.told()), { timeout: 10_000 }).toBe(3);
    const parentOf = new Map(told.map(({ name, parentId }) => [name, parentId]));
    const idOf = new Map(told.map(({ name, spanId }) => [name, spanId]));
    expect(parentOf.get('GET /price/{}')).toBe(idOf.get('part'));
    expect(parentOf.get('part')).toBe(idOf.get('GET'));
  });

  it('counts calls together, however it is known what they are for', async () => {
    const second = pointOf('cart', 'pricing', 'GET /price/{}', 2);
    const { text, before, after } = await get('/both', ofRun([[second, { kind: 'status', code: 500 }]]));
    expect(text).toBe('200 200 {},500 ldfi: status 500 in place of an answer\n');
    expect(callsIn(before)).toEqual([
      'cart -> pricing GET /price/{}: 200',
      'cart -> pricing GET /price/{} #2: status 500',
    ]);
    expect(after[0].attributes.get('ldfi.calls')).toBe(2);
  });

  it('is left alone where the request is of nobody', async () => {
    const headers = headersOf([[PRICE, { kind: 'refused' }]], { campaign: 'abad1dea' });
    const answer = await fetch(`http://127.0.0.1:${service.port}/cart`, { headers });
    expect(await answer.text()).toBe('200 {}');
    expect(stage.told()).toEqual([]);
  });
});
