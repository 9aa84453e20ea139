/** A real server of Jaeger's, by `npm run test:jaeger`: what it is sent, `ldfi trace` reads out of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ldfi } from '../../cli/harness.js';
import { sendRequests, SURVIVED } from './sdk.js';
import { freePort } from '../../../src/runner/live/free-port.js';
import { start, until } from './server-processes.js';

const program = process.env.LDFI_TEST_JAEGER;

describe.skipIf(program === undefined)('Jaeger (by npm run test:jaeger)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-jaeger-'));
  let address: string;
  let collector: string;

  beforeAll(async () => {
    const [query, receiver] = [await freePort(), await freePort()];
    address = `http://127.0.0.1:${query}`;
    collector = `http://127.0.0.1:${receiver}`;
    const file = join(folder, 'jaeger.yaml');
    writeFileSync(file, JSON.stringify(configuration(query, receiver)));
    start(program!, ['--config', file]);
    await until(async () => (await fetch(`${address}/api/services`)).ok);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is known where it has no traces yet', async () => {
    const { code, err } = await ldfi(['trace', '--from', address]);
    expect(err).toContain('error RUN503: there is not one span in what was named');
    expect(code).toBe(2);
  });

  it('serves what the SDK of OpenTelemetry sent it', async () => {
    await sendRequests(() => new OTLPTraceExporter({ url: `${collector}/v1/traces` }));
    await until(async () => {
      const answer = await fetch(`${address}/api/traces?service=shop`);
      return ((await answer.json()) as { readonly data: readonly unknown[] }).data.length === 3;
    });
    const { code, out, err } = await ldfi(['trace', '--from', address]);
    expect(err).toBe('');
    expect(out).toContain('3 traces, 9 spans, Jaeger JSON');
    expect(out).toContain(SURVIVED);
    expect(code).toBe(0);
  });
});

/** It keeps traces in memory, at two ports of this machine alone. */
function configuration(query: number, receiver: number): unknown {
  const [storage, http] = [{ memory: { memory: { max_traces: 1000 } } }, `127.0.0.1:${query}`];
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      jaeger_storage: { backends: storage },
      jaeger_query: {
        storage: { traces: 'memory' },
        http: { endpoint: http },
        grpc: { endpoint: '127.0.0.1:0' },
      },
    },
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${receiver}` } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
}
