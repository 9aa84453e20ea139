/** Traces that are sent to `ldfi trace --listen`, until it is interrupted. */
import { gzipSync } from 'node:zlib';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { describe, expect, it } from 'vitest';
import { TraceReceiver } from '../../src/runner/traces/receive.js';
import { readTraces } from '../../src/runner/traces/read.js';
import { findSources } from '../../src/runner/traces/sources.js';
import { TraceSet } from '../../src/lineage/traces/trace-set.js';
import { otlpJson, otlpProtobuf, span, spanId } from '../lineage/traces/spans.js';
import { sendRequests, SURVIVED } from '../runner/traces/sdk.js';
import { freePort } from '../../src/runner/live/free-port.js';
import { until } from '../runner/traces/server-processes.js';
import { ldfi } from './harness.js';

const spans = Array.from({ length: 3 }, (_, index) => span({ spanId: spanId(index + 1) }));

async function send(port: number, body: string | Uint8Array, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', body, headers });
  return { status: answer.status, text: await answer.text() };
}

describe('receiving traces', () => {
  it('keeps what is sent as JSON and as protobuf, compressed or not', async () => {
    const receiver = new TraceReceiver({ host: '127.0.0.1', port: 0 });
    try {
      const port = await receiver.listen();
      const json = { 'content-type': 'application/json; charset=utf-8' };
      const protobuf = { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' };
      expect(await send(port, otlpJson([spans[0]]), json)).toEqual({ status: 200, text: '{}' });
      expect(await send(port, gzipSync(otlpProtobuf([spans[1]])), protobuf)).toEqual({
        status: 200,
        text: '',
      });
      await receiver.close();
      const traces = new TraceSet(() => true);
      for (const source of findSources([receiver.folder], '.').sources)
        await readTraces(source.open(), traces);
      expect([...traces.traces()].flatMap(({ nodes }) => nodes.map((node) => node.span))).toEqual(
        spans.slice(0, 2),
      );
    } finally {
      receiver.dispose();
    }
  });

  it('refuses what is something else', async () => {
    const receiver = new TraceReceiver({ host: '127.0.0.1', port: 0 });
    try {
      const port = await receiver.listen();
      expect((await send(port, 'a', { 'content-type': 'text/plain' })).status).toBe(415);
      expect((await fetch(`http://127.0.0.1:${port}/v1/traces`)).status).toBe(405);
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
      await receiver.close();
    } finally {
      receiver.dispose();
    }
  });

  it.each([
    ['JSON', JsonExporter],
    ['protobuf', ProtobufExporter],
  ])('understands what the SDK of OpenTelemetry sends as %s, compressed', async (_, Exporter) => {
    const port = await freePort();
    let interrupt = (): void => undefined;
    const interruption = new Promise<void>((resolve) => (interrupt = resolve));
    const told = ldfi(['trace', '--listen', String(port)], { interruption });
    const url = `http://127.0.0.1:${port}/v1/traces`;
    await until(async () => (await fetch(url)).status === 405);
    await sendRequests(() => new Exporter({ url, compression: CompressionAlgorithm.GZIP }));
    interrupt();
    const { code, out } = await told;
    expect(out).toContain('3 traces, 9 spans');
    expect(out).toContain(SURVIVED);
    expect(code).toBe(0);
  });

  it('ends at an interruption, and says what came', async () => {
    const { code, err } = await ldfi(['trace', '--listen', '0'], { interruption: Promise.resolve() });
    expect(err).toMatch(/^Listening at http:\/\/127\.0\.0\.1:\d+\/v1\/traces; Ctrl-C ends it\n/);
    expect(code).toBe(2);
    expect((await ldfi(['trace', '--listen', '99999'])).err).toContain('--listen cannot be');
    expect((await ldfi(['trace', 'a', '--allow-host', '::'])).err).toContain('add --listen <port>');
  });

  it('says where it cannot listen', async () => {
    const { code, err } = await ldfi(['trace', '--listen', '0', '--allow-host', '203.0.113.1']);
    expect(err).toContain('error RUN508: nothing can be received at 203.0.113.1:0');
    expect(code).toBe(2);
  });
});
