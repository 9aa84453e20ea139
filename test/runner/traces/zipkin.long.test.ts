/** A real server of Zipkin's: what it is sent, `ldfi trace` reads out of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import { beforeAll, describe, expect, it } from 'vitest';
import { ldfi } from '../../cli/harness.js';
import { sendRequests, SURVIVED } from './sdk.js';
import { freePort } from '../../../src/runner/live/free-port.js';
import { start, until } from './server-processes.js';

/** Continuous integration has it; elsewhere tests go without where there is no Java to run it, or no Maven to get it. */
const isRequired = process.env.LDFI_TEST_ZIPKIN === 'required';
const isPossible = ['java', 'mvn'].every((name) => spawnSync(name, ['-version']).status === 0);

describe.skipIf(!isRequired && !isPossible)('Zipkin (with Java and Maven)', () => {
  let address: string;

  beforeAll(async () => {
    address = await startZipkin();
  });

  it('serves what the SDK of OpenTelemetry sent it', async () => {
    await sendRequests(() => new ZipkinExporter({ url: `${address}/api/v2/spans` }));
    await until(() => hasTraces(address, 'shop', 3));
    const { code, out, err } = await ldfi(['trace', '--from', address, '--service', 'shop']);
    expect(err).toBe('');
    expect(out).toContain('3 traces, 9 spans, Zipkin v2 JSON');
    expect(out.toLowerCase()).toContain(SURVIVED.toLowerCase());
    expect(code).toBe(0);
  });

  it('serves what it was sent by who gives one id to both sides of a call', async () => {
    const now = Date.now() * 1000;
    const endpoint = (serviceName: string) => ({ serviceName });
    const spans = Array.from({ length: 3 }, (_, index) => {
      const traceId = `000000000000000${index + 1}`;
      const common = { traceId, timestamp: now, duration: 1000 };
      return [
        { ...common, id: traceId, kind: 'SERVER', name: 'get /cart', localEndpoint: endpoint('store') },
        {
          ...common,
          id: '00000000000000ff',
          parentId: traceId,
          kind: 'CLIENT',
          name: 'get',
          localEndpoint: endpoint('store'),
        },
        {
          ...common,
          id: '00000000000000ff',
          parentId: traceId,
          kind: 'SERVER',
          shared: true,
          name: 'get /price',
          localEndpoint: endpoint('pricing'),
          ...(index === 2 && { tags: { error: 'timeout' } }),
        },
      ];
    });
    const sent = await fetch(`${address}/api/v2/spans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spans.flat()),
    });
    expect(sent.status).toBe(202);
    await until(() => hasTraces(address, 'store', 3));
    const { code, out, err } = await ldfi(['trace', '--from', address, '--service', 'store']);
    expect(err).toBe('');
    expect(out).toContain('3 traces, 9 spans, Zipkin v2 JSON');
    expect(out).toContain('Calls whose failure was survived\n    store -> pricing get /price\n      1 time');
    expect(code).toBe(0);
  });
});

/** @returns its address, once it answers */
async function startZipkin(): Promise<string> {
  const script = fileURLToPath(new URL('../../../tools/zipkin.sh', import.meta.url));
  const jar = execFileSync(script, { encoding: 'utf8' }).trim();
  const port = await freePort();
  const settings = [`--server.port=${port}`, '--server.address=127.0.0.1'];
  start('java', ['-Xmx256m', '-jar', jar, ...settings]);
  const address = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${address}/health`)).ok);
  return address;
}

async function hasTraces(address: string, service: string, count: number): Promise<boolean> {
  const answer = await fetch(`${address}/api/v2/traces?serviceName=${service}&endTs=${Date.now() + 10_000}`);
  return ((await answer.json()) as readonly unknown[]).length === count;
}
