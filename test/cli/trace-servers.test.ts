/** Traces that servers have collected, by servers that answer as Zipkin's and Jaeger's do. */
import { describe, expect, it } from 'vitest';
import { serve, serveJson } from '../runner/traces/servers.js';
import { ldfi } from './harness.js';

const zipkinSpan = {
  traceId: '000000000000000a',
  id: '000000000000000a',
  kind: 'SERVER',
  name: 'get /cart',
  timestamp: 1,
  duration: 5,
  localEndpoint: { serviceName: 'shop' },
};

const jaegerTrace = {
  traceID: '000000000000000b',
  spans: [
    { traceID: '000000000000000b', spanID: '000000000000000b', startTime: 1, duration: 5, processID: 'p' },
  ],
  processes: { p: { serviceName: 'cart' } },
};

describe('ldfi trace --from', () => {
  it('asks Zipkin', async () => {
    const { address, asked } = await serveJson({
      '/api/v2/services': ['shop'],
      '/api/v2/traces': [[zipkinSpan]],
    });
    const { code, out, err } = await ldfi([
      'trace',
      '--from',
      address,
      '--service',
      'shop',
      '--operation',
      'get /cart',
      '--since',
      '2m',
      '--limit',
      '7',
    ]);
    expect(err).toBe('');
    expect(out).toContain('1 trace, 1 span, Zipkin v2 JSON');
    expect(code).toBe(0);
    expect(asked.at(-1)).toMatch(
      /^\/api\/v2\/traces\?serviceName=shop&spanName=get\+%2Fcart&endTs=\d+&lookback=120000&limit=7$/,
    );
  });

  it('asks Jaeger for each service, and reads each trace once', async () => {
    const { address, asked } = await serveJson({
      '/jaeger/api/services': { data: ['shop', 'cart'] },
      '/jaeger/api/traces': { data: [jaegerTrace] },
    });
    const { code, out } = await ldfi(['trace', '--from', `${address}/jaeger`]);
    expect(out).toContain('1 trace, 1 span, Jaeger JSON');
    expect(out).toContain('100 of 100');
    expect(code).toBe(0);
    expect(
      asked.slice(-2).map((url) => /service=(\w+)&start=\d{16}&end=\d{16}&limit=1000$/.exec(url)?.[1]),
    ).toEqual(['cart', 'shop']);
  });

  it('says where there may be more', async () => {
    const { address } = await serveJson({ '/api/v2/services': [], '/api/v2/traces': [[zipkinSpan]] });
    const { code, err } = await ldfi(['trace', '--from', address, '--limit', '1']);
    expect(err).toContain('warning RUN507');
    expect(code).toBe(0);
  });

  it('says where there is no such server', async () => {
    const { address } = await serveJson({ '/api/services': 'none' });
    const other = await ldfi(['trace', '--from', address]);
    expect(other.err).toContain(`error RUN506: ${address}: it answers 404`);
    expect(other.code).toBe(2);
    expect((await ldfi(['trace', '--from', 'http://127.0.0.1:9'])).err).toContain('nothing answers there');
    expect((await ldfi(['trace', '--from', 'localhost'])).err).toContain('--from cannot be');
    expect((await ldfi(['trace', 'a.json', '--limit', '3'])).err).toContain('add --from <address>');
  });

  it('says where a server ends half-way', async () => {
    const address = await serve((request, response) => {
      if (request.url === '/api/v2/services') response.end('[]');
      else {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('[[');
        response.destroy();
      }
    });
    const { code, err } = await ldfi(['trace', '--from', address]);
    expect(err).toContain('error RUN501');
    expect(code).toBe(2);
  });
});
