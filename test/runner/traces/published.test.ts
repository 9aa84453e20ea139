/** Every published trace reads, with as many spans as its publisher, or whoever counted them, says. */
import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Span, SpanRecord, TraceFormat } from '../../../src/lineage/traces/span.js';
import { TraceSet } from '../../../src/lineage/traces/trace-set.js';
import { readTraces } from '../../../src/runner/traces/read.js';
import { arePublishedTracesThere, publishedTraces, readManifest, type PublishedTrace } from './published.js';

/** Records as they were read, besides. */
class Records extends TraceSet {
  readonly records: SpanRecord[] = [];

  constructor() {
    super(() => true);
  }

  override add(format: TraceFormat, records: readonly SpanRecord[]): void {
    this.records.push(...records);
    super.add(format, records);
  }
}

async function read(file: string): Promise<Records> {
  const records = new Records();
  await readTraces(createReadStream(`${publishedTraces}/${file}`), records);
  return records;
}

/** As the manifest counts: records are spans, and a service is one that a record names as its own. */
function count(records: readonly SpanRecord[]): Omit<PublishedTrace, 'file'> {
  const spans = records.map((record) => record[0]);
  const keyOf = ({ traceId }: Span, id: string): string => `${traceId} ${id}`;
  const keys = new Set(spans.map((span) => keyOf(span, span.spanId)));
  const isThere = (span: Span): boolean => keys.has(keyOf(span, span.parentId!));
  return {
    traces: new Set(spans.map(({ traceId }) => traceId)).size,
    spans: spans.length,
    services: new Set(records.flatMap((record) => record.map(({ service }) => service)).filter(Boolean)).size,
    roots: spans.filter(({ parentId }) => parentId === undefined).length,
    missingParent: spans.filter((span) => span.parentId !== undefined && !isThere(span)).length,
    dupIds: spans.length - keys.size,
  };
}

describe.skipIf(!arePublishedTracesThere)('published traces (where they are beside the checkout)', () => {
  const manifest = arePublishedTracesThere ? readManifest() : [];

  it.each(manifest)('$file', async ({ file, ...expected }) => {
    const { records, formats, unreadable } = await read(file);
    expect(unreadable).toBe(0);
    expect([...formats.keys()].map((format) => file.startsWith(format.slice(0, 4)))).toEqual([true]);
    // Services of Zipkin's first version stand in its annotations, which the manifest does not count.
    const services = file.startsWith('zipkin-v1/') ? 16 : expected.services;
    expect(count(records)).toEqual({ ...expected, services });
  });

  it.each([
    ['jaeger/jaeger-ui-otlp2jaeger-multi-out.json', 'otlp/jaeger-ui-otlp2jaeger-multi-in-combined.json'],
    ['jaeger/perses-authenticate_error_jaeger.json', 'otlp/perses-authenticate_error_otlp.json'],
    ['jaeger/perses-pushbytes_jaeger.json', 'otlp/perses-pushbytes_otlp.json'],
  ])('%s is the trace that %s is', async (one, other) => {
    /** What both formats can say; Jaeger's times end at microseconds. */
    const told = async (file: string) =>
      (await read(file)).records
        .flat()
        .map(({ spanId, parentId, service, name, kind, status, start }) => ({
          spanId,
          parentId,
          service,
          name,
          kind,
          status,
          start: start! / 1000n,
        }))
        .sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
    expect(await told(one)).toEqual(await told(other));
  });
});
