import { describe, expect, it } from 'vitest';
import { callsBelow } from '../../../src/lineage/traces/calls.js';
import type { Span } from '../../../src/lineage/traces/span.js';
import { assembleTrace } from '../../../src/lineage/traces/trace.js';
import { span, spanId, START, TRACE_ID } from './spans.js';

const root = span({ spanId: spanId(1), kind: 'server' });

/** `caller -> callee operation`, with what is special about a call; from the caller's side, and in order of spans. */
function calls(...spans: readonly Span[]): readonly string[] {
  const trace = assembleTrace(TRACE_ID, [root, ...spans]);
  return [...callsBelow(trace, 0)]
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1))
    .map(({ caller, callee, operation, protocol, failed, awaited, instrumented }) =>
      [
        `${caller} -> ${callee} ${operation}`,
        ...(protocol === 'other' ? [] : [protocol]),
        ...(failed ? ['failed'] : []),
        ...(awaited ? [] : ['not awaited']),
        ...(instrumented ? [] : ['no spans']),
      ].join(', '),
    );
}

const attributes = (entries: Readonly<Record<string, string | number>>) => new Map(Object.entries(entries));

const client = (given: Partial<Span> = {}): Span =>
  span({ spanId: spanId(2), parentId: spanId(1), kind: 'client', name: 'GET', ...given });
const server = (given: Partial<Span> = {}): Span =>
  span({
    spanId: spanId(3),
    parentId: spanId(2),
    kind: 'server',
    service: 'stock',
    name: 'GET /stock',
    ...given,
  });

describe('a call', () => {
  it('is one where both sides wrote a span, whatever their ids', () => {
    expect(calls(client(), server())).toEqual(['shop -> stock GET /stock']);
    expect(calls(client(), server({ spanId: spanId(2), parentId: spanId(1) }))).toEqual([
      'shop -> stock GET /stock',
    ]);
  });

  it('is one where only the caller did, or only the callee', () => {
    expect(calls(client({ attributes: attributes({ 'peer.service': 'stock' }) }))).toEqual([
      'shop -> stock GET, no spans',
    ]);
    expect(calls(client())).toEqual(['shop -> (unknown) GET, no spans']);
    expect(calls(server({ parentId: spanId(1) }))).toEqual(['shop -> stock GET /stock']);
    expect(calls(server({ parentId: spanId(1), kind: 'unspecified' }))).toEqual(['shop -> stock GET /stock']);
  });

  it('is none where a service works by itself', () => {
    expect(calls(span({ spanId: spanId(2), parentId: spanId(1), kind: 'internal' }))).toEqual([]);
  });

  it('is made by whoever called, through work in between', () => {
    const work = span({ spanId: spanId(4), parentId: spanId(3), service: 'stock', kind: 'internal' });
    const query = client({ spanId: spanId(5), parentId: spanId(4), service: 'stock' });
    expect(calls(client(), server(), work, query)).toEqual([
      'shop -> stock GET /stock',
      'stock -> (unknown) GET, no spans',
    ]);
  });

  it('failed where either side says so', () => {
    expect(calls(client({ status: 'error' }), server())).toEqual(['shop -> stock GET /stock, failed']);
    expect(calls(client(), server({ status: 'error' }))).toEqual(['shop -> stock GET /stock, failed']);
  });

  it.each([
    [{ 'http.response.status_code': 503 }, true],
    [{ 'http.status_code': '404' }, true],
    [{ 'http.status_code': 200 }, false],
    [{ 'rpc.grpc.status_code': 14 }, true],
    [{ 'rpc.grpc.status_code': 0 }, false],
    [{ 'rpc.response.status_code': 'UNAVAILABLE' }, true],
    [{ 'error.type': 'timeout' }, true],
  ])('failed by what its attributes say: %o', (entries, failed) => {
    expect(calls(client({ attributes: attributes(entries) })).join()).toMatch(
      failed ? /, failed/ : /^((?!failed).)*$/,
    );
  });

  it('did not fail where the instrumentation says that it is all right', () => {
    expect(
      calls(client({ status: 'ok', attributes: attributes({ 'http.status_code': 404 }) })).join(),
    ).not.toContain('failed');
  });

  it.each([
    [
      { 'db.system.name': 'postgresql', 'db.namespace': 'shop', 'db.operation.name': 'SELECT' },
      'postgresql shop SELECT, database',
    ],
    [{ 'db.system': 'redis', 'db.operation': 'GET' }, 'redis GET, database'],
    [{ 'url.full': 'https://user@api.test:8443/a?b' }, 'api.test:8443 GET, http'],
    [{ 'http.method': 'GET', 'net.peer.name': 'api.test' }, 'api.test GET, http'],
    [{ 'rpc.system': 'grpc', 'rpc.service': 'Stock' }, 'Stock GET, rpc'],
    [
      {
        'gen_ai.provider.name': 'example',
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'large',
      },
      'example chat large, ai',
    ],
    [{ 'gen_ai.operation.name': 'invoke_agent', 'server.address': 'agents' }, 'agents invoke_agent, ai'],
    [{ 'gen_ai.system': 'example' }, 'example GET, ai'],
  ])('is named by what its attributes say: %o', (entries, name) => {
    expect(calls(client({ attributes: attributes(entries) }))).toEqual([`shop -> ${name}, no spans`]);
  });

  it('may be of a tool, a model or a database that does not say that it is a client', () => {
    const given = { kind: 'internal', name: 'execute_tool find' } as const;
    expect(calls(client({ ...given, attributes: attributes({ 'gen_ai.tool.name': 'find' }) }))).toEqual([
      'shop -> tool find execute_tool find, ai, no spans',
    ]);
    const used = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'find' };
    expect(calls(client({ kind: 'internal', name: 'step', attributes: attributes(used) }))).toEqual([
      'shop -> tool find execute_tool find, ai, no spans',
    ]);
    expect(calls(client({ kind: 'internal', attributes: attributes({ 'gen_ai.system': 'local' }) }))).toEqual(
      ['shop -> local GET, ai, no spans'],
    );
    expect(calls(client({ kind: 'internal', attributes: attributes({ 'db.system': 'sqlite' }) }))).toEqual([
      'shop -> sqlite GET, database, no spans',
    ]);
  });

  it('has a name without what is in it by chance', () => {
    const named = (name: string) => calls(client(), server({ name }))[0];
    expect(named('GET /cart/42/items')).toBe('shop -> stock GET /cart/{id}/items');
    expect(named('/login/2aaa7d4d-faf0-4dea-bdbe-568')).toBe('shop -> stock /login/{id}');
    expect(named('GET /deadbeef/v1')).toBe('shop -> stock GET /deadbeef/v1');
    const route = attributes({ 'http.route': '/cart/:id', 'http.request.method': 'GET' });
    expect(calls(client(), server({ attributes: route }))[0]).toContain('GET /cart/:id');
  });
});

describe('what nobody waits for', () => {
  const consumer = span({
    spanId: spanId(3),
    parentId: spanId(2),
    kind: 'consumer',
    service: 'mail',
    name: 'receive',
  });
  const producer = client({
    kind: 'producer',
    name: 'publish',
    attributes: attributes({ 'messaging.system': 'kafka' }),
  });

  it('is what consumers do, but not to publish', () => {
    const below = client({ spanId: spanId(4), parentId: spanId(3), service: 'mail' });
    expect(calls(producer, consumer, below)).toEqual([
      'shop -> kafka publish, messaging, no spans',
      'shop -> mail receive, not awaited',
      'mail -> (unknown) GET, not awaited, no spans',
    ]);
  });

  it('is what follows from something, and what ends after the one that began it, by one clock', () => {
    expect(calls(client({ followsParent: true }))).toEqual(['shop -> (unknown) GET, not awaited, no spans']);
    expect(calls(client({ end: START + 100_001n }))).toEqual([
      'shop -> (unknown) GET, not awaited, no spans',
    ]);
    expect(calls(server({ parentId: spanId(1), end: START + 100_001n }))).toEqual([
      'shop -> stock GET /stock',
    ]);
  });
});
