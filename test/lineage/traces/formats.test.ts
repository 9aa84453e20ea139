import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResourceSpansMessage } from '../../../src/lineage/traces/otlp-protobuf.js';
import { readJson } from '../../../src/lineage/traces/recognize.js';
import { looksLikeProtobuf, ProtobufSlicer } from '../../../src/lineage/traces/slice-protobuf.js';
import { TraceFormatError, type Span, type SpanKind } from '../../../src/lineage/traces/span.js';
import { otlpJson, otlpProtobuf, span, spanId, START, TRACE_ID } from './spans.js';

function spansOf(json: string): readonly Span[] {
  return readJson(json).flatMap(({ records }) => records.flat());
}

function spansOfProtobuf(bytes: Uint8Array): readonly Span[] {
  const spans: Span[] = [];
  const slicer = new ProtobufSlicer((part) => spans.push(...readResourceSpansMessage(part).flat()), 2 ** 20);
  slicer.push(bytes);
  slicer.end();
  return spans;
}

const anySpan: fc.Arbitrary<Span> = fc
  .record({
    spanId: fc.integer({ min: 1, max: 2 ** 30 }).map(spanId),
    parentId: fc.option(fc.integer({ min: 1, max: 2 ** 30 }).map(spanId), { nil: undefined }),
    kind: fc.constantFrom<SpanKind>('unspecified', 'internal', 'server', 'client', 'producer', 'consumer'),
    service: fc.string({ unit: 'grapheme' }),
    name: fc.string({ unit: 'grapheme' }),
    start: fc.bigInt({ min: 1n, max: 2n ** 63n }),
    end: fc.bigInt({ min: 1n, max: 2n ** 63n }),
    status: fc.constantFrom('unset' as const, 'ok' as const, 'error' as const),
    links: fc.array(fc.constant({ traceId: TRACE_ID, spanId: spanId(7) }), { maxLength: 2 }),
    attributes: fc
      .array(
        fc.tuple(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')),
          fc.oneof(
            fc.string(),
            fc.boolean(),
            fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value || 0),
            fc.bigInt({ min: 2n ** 60n, max: 2n ** 63n - 1n }),
          ),
        ),
        { maxLength: 4 },
      )
      .map((entries) => new Map(entries)),
  })
  .map(span);

describe('OTLP', () => {
  it('reads as the same spans from JSON and from protobuf', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 4 }), (spans) => {
        expect(spansOf(otlpJson(spans))).toEqual(spans);
        expect(spansOfProtobuf(otlpProtobuf(spans))).toEqual(spans);
      }),
    );
  });

  it('is told from JSON by its first bytes', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 3 }), (spans) => {
        expect(looksLikeProtobuf(otlpProtobuf(spans).subarray(0, 24))).toBe(true);
        const json: unknown = JSON.parse(otlpJson(spans));
        for (const indent of [0, 1, 2, 4, '\t'])
          expect(looksLikeProtobuf(Buffer.from(`\n${JSON.stringify(json, undefined, indent)}`))).toBe(false);
      }),
    );
  });

  it('has ids in hexadecimal or base64, and enumerations as numbers or names', () => {
    const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
    const json = JSON.stringify({
      batches: [
        {
          resource: {},
          instrumentationLibrarySpans: [
            {
              spans: [
                {
                  traceId: base64(TRACE_ID),
                  spanId: base64(spanId(1)),
                  parentSpanId: base64(spanId(0)),
                  kind: 'SPAN_KIND_CLIENT',
                  status: { code: 'STATUS_CODE_ERROR' },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(spansOf(json)).toMatchObject([
      { traceId: TRACE_ID, spanId: spanId(1), parentId: undefined, kind: 'client', status: 'error' },
    ]);
  });

  it('keeps nanoseconds that are written as numbers', () => {
    const json = otlpJson([span({ spanId: spanId(1) })]).replace(`"${START}"`, String(START));
    expect(json).toContain(`:${START},`);
    expect(spansOf(json)[0].start).toBe(START);
  });

  it('refuses protobuf that ends early, or is something else', () => {
    const bytes = otlpProtobuf([span({ spanId: spanId(1) })]);
    for (let length = 1; length < bytes.length; length++)
      expect(() => spansOfProtobuf(bytes.subarray(0, length))).toThrow(TraceFormatError);
    expect(() => spansOfProtobuf(Buffer.from('\x12\x00'))).toThrow(TraceFormatError);
    expect(() => spansOfProtobuf(Uint8Array.from([0x0a, ...Array<number>(9).fill(0xff)]))).toThrow(
      TraceFormatError,
    );
  });
});

describe('Jaeger', () => {
  const trace = {
    traceID: 'AB',
    spans: [
      {
        traceID: 'AB',
        spanID: '01',
        operationName: 'get',
        startTime: 1_485_467_191_639_875,
        duration: 5,
        processID: 'p1',
        references: [
          { refType: 'FOLLOWS_FROM', traceID: 'AB', spanID: '03' },
          { refType: 'CHILD_OF', traceID: 'FF', spanID: '09' },
          { refType: 'CHILD_OF', traceID: 'AB', spanID: '02' },
        ],
        tags: [
          { key: 'span.kind', type: 'string', value: 'client' },
          { key: 'error', type: 'bool', value: true },
          { key: 'limit', type: 'int64', value: '9223372036854775222' },
        ],
      },
    ],
    processes: { p1: { serviceName: 'shop' }, __proto__: { serviceName: 'nobody' } },
  };

  it.each([
    ['a list', { data: [trace] }],
    ['an object', { data: trace }],
    ['a bare trace', trace],
  ])('reads from %s', (_, document) => {
    expect(spansOf(JSON.stringify(document))).toEqual([
      {
        traceId: 'ab',
        spanId: '01',
        parentId: '02',
        followsParent: false,
        links: [
          expect.objectContaining({ traceId: 'ab', spanId: '03' }) as unknown,
          expect.objectContaining({ traceId: 'ff', spanId: '09' }) as unknown,
        ],
        kind: 'client',
        service: 'shop',
        name: 'get',
        start: 1_485_467_191_639_875_000n,
        end: 1_485_467_191_639_880_000n,
        status: 'error',
        attributes: new Map<string, unknown>([
          ['span.kind', 'client'],
          ['error', true],
          ['limit', 9223372036854775222n],
        ]),
      },
    ]);
  });

  it('has no process that an object inherits', () => {
    const spans = [{ ...trace.spans[0], processID: 'constructor' }];
    expect(spansOf(JSON.stringify({ ...trace, spans }))[0].service).toBe('');
  });
});

describe('Zipkin', () => {
  it('tells the two sides of a call apart that its first version has in one record', () => {
    const at = (timestamp: number, value: string, serviceName: string) => ({
      timestamp,
      value,
      endpoint: { serviceName },
    });
    const record = {
      traceId: '0A',
      id: '0b',
      parentId: '0a',
      name: 'get',
      annotations: [at(1, 'cs', 'shop'), at(3, 'sr', 'stock'), at(4, 'ss', 'stock'), at(6, 'cr', 'shop')],
      binaryAnnotations: [{ key: 'error', value: 'timeout', endpoint: { serviceName: 'shop' } }],
    };
    expect(readJson(JSON.stringify([record]))).toMatchObject([
      {
        format: 'zipkin-v1',
        records: [
          [
            { kind: 'client', service: 'shop', start: 1000n, end: 6000n, status: 'error', spanId: '0b' },
            { kind: 'server', service: 'stock', start: 3000n, end: 4000n, status: 'unset', spanId: '0b' },
          ],
        ],
      },
    ]);
  });

  it('names what a client called by the endpoint at the other end', () => {
    const record = {
      traceId: '0a',
      id: '0a',
      kind: 'CLIENT',
      localEndpoint: { serviceName: 'shop' },
      remoteEndpoint: { serviceName: 'cassandra', ipv4: '10.0.0.1' },
      tags: { error: '' },
    };
    expect(spansOf(JSON.stringify([record]))).toMatchObject([{ status: 'error', parentId: undefined }]);
    expect(spansOf(JSON.stringify([record]))[0].attributes.get('peer.service')).toBe('cassandra');
  });

  it.each([
    [{ error: 'timeout' }, 'error'],
    [{ error: 'false' }, 'unset'],
    [{ 'otel.status_code': 'ERROR' }, 'error'],
    [{ 'otel.status_code': 'OK', error: '' }, 'ok'],
    [{}, 'unset'],
  ])('says by tags how a span ended: %o', (tags, status) => {
    expect(spansOf(JSON.stringify([{ traceId: '0a', id: '0a', name: 'get', tags }]))).toMatchObject([
      { status },
    ]);
  });
});

describe('what is no trace', () => {
  it.each(['{}', '[1]', '{"a":1}', '{"data":[3]}', '{"data":{"data":[]}}', '["x"]', '{'])(
    'is refused: %s',
    (json) => {
      expect(() => spansOf(json)).toThrow(TraceFormatError);
    },
  );

  it('is passed over record by record where only ids are missing', () => {
    const json = otlpJson([span({ spanId: spanId(0) }), span({ spanId: spanId(1) })]);
    expect(readJson(json).flatMap(({ records }) => records.map((record) => record.length))).toEqual([0, 1]);
  });
});
