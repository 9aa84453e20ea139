/** Spans for tests, and the formats that they can be written in. */
import type { AttributeValue, Span } from '../../../src/lineage/traces/span.js';

/** A span of the trace `1`, from 0 to 100 microseconds, with whatever is given. */
export function span(given: Partial<Span> & { readonly spanId: string }): Span {
  return {
    traceId: TRACE_ID,
    parentId: undefined,
    followsParent: false,
    links: [],
    kind: 'unspecified',
    service: 'shop',
    name: 'work',
    start: START,
    end: START + 100_000n,
    status: 'unset',
    attributes: new Map(),
    ...given,
  };
}

export const TRACE_ID = '5b8efff798038103d269b633813fc60c';

/** In nanoseconds, which no number holds. */
export const START = 1_544_712_660_000_000_001n;

/** An id of a span, of the right length. */
export function spanId(number: number): string {
  return number.toString(16).padStart(16, '0');
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

/** `ResourceSpans` of OTLP/JSON, one for each span. */
export function otlpJson(spans: readonly Span[]): string {
  return JSON.stringify({
    resourceSpans: spans.map((each) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: each.service } }] },
      scopeSpans: [{ scope: { name: 'test' }, spans: [otlpSpan(each)] }],
    })),
  });
}

function otlpSpan(each: Span): unknown {
  return {
    traceId: each.traceId,
    spanId: each.spanId,
    ...(each.parentId !== undefined && { parentSpanId: each.parentId }),
    name: each.name,
    kind: KINDS.indexOf(each.kind),
    startTimeUnixNano: String(each.start ?? 0n),
    endTimeUnixNano: String(each.end ?? 0n),
    links: each.links,
    status: { code: STATUSES.indexOf(each.status) },
    attributes: [...each.attributes].map(([key, value]) => ({ key, value: otlpValue(value) })),
  };
}

function otlpValue(value: AttributeValue): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint' || Number.isInteger(value)) return { intValue: String(value) };
  return { doubleValue: value };
}

/** The same as protobuf. */
export function otlpProtobuf(spans: readonly Span[]): Uint8Array {
  return Buffer.concat(
    spans.map((each) => {
      const resource = bytes(1, attribute('service.name', each.service));
      const scope = Buffer.concat([bytes(1, text(1, 'test')), bytes(2, protobufSpan(each))]);
      return bytes(1, Buffer.concat([bytes(1, resource), bytes(2, scope)]));
    }),
  );
}

function protobufSpan(each: Span): Uint8Array {
  return Buffer.concat([
    bytes(1, Buffer.from(each.traceId, 'hex')),
    bytes(2, Buffer.from(each.spanId, 'hex')),
    ...(each.parentId === undefined ? [] : [bytes(4, Buffer.from(each.parentId, 'hex'))]),
    text(5, each.name),
    varint(6, BigInt(KINDS.indexOf(each.kind))),
    fixed64(7, each.start ?? 0n),
    fixed64(8, each.end ?? 0n),
    ...[...each.attributes].map(([key, value]) => bytes(9, attribute(key, value))),
    ...each.links.map((link) =>
      bytes(
        13,
        Buffer.concat([
          bytes(1, Buffer.from(link.traceId, 'hex')),
          bytes(2, Buffer.from(link.spanId, 'hex')),
        ]),
      ),
    ),
    bytes(15, varint(3, BigInt(STATUSES.indexOf(each.status)))),
  ]);
}

function attribute(key: string, value: AttributeValue): Uint8Array {
  return Buffer.concat([text(1, key), bytes(2, anyValue(value))]);
}

function anyValue(value: AttributeValue): Uint8Array {
  if (typeof value === 'string') return text(1, value);
  if (typeof value === 'boolean') return varint(2, value ? 1n : 0n);
  if (typeof value === 'bigint' || Number.isInteger(value)) return varint(3, BigInt(value));
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value);
  return Buffer.concat([tag(4, 1), double]);
}

function tag(field: number, form: number): Uint8Array {
  return rawVarint(BigInt(field * 8 + form));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return Buffer.concat([tag(field, 2), rawVarint(BigInt(value.length)), value]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, Buffer.from(value));
}

function varint(field: number, value: bigint): Uint8Array {
  return Buffer.concat([tag(field, 0), rawVarint(BigInt.asUintN(64, value))]);
}

function fixed64(field: number, value: bigint): Uint8Array {
  const written = Buffer.alloc(8);
  written.writeBigUInt64LE(value);
  return Buffer.concat([tag(field, 1), written]);
}

function rawVarint(value: bigint): Uint8Array {
  const written: number[] = [];
  for (; value >= 0x80n; value >>= 7n) written.push(Number(value & 0x7fn) | 0x80);
  return Uint8Array.from([...written, Number(value)]);
}
