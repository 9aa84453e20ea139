import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSlicer } from '../../../src/lineage/traces/slice-json.js';
import { ProtobufSlicer } from '../../../src/lineage/traces/slice-protobuf.js';
import { TraceFormatError } from '../../../src/lineage/traces/span.js';

function slice(chunks: readonly Uint8Array[], limit = 2 ** 20): readonly string[] {
  const parts: string[] = [];
  const slicer = new JsonSlicer((part) => parts.push(new TextDecoder().decode(part)), limit);
  for (const chunk of chunks) slicer.push(chunk);
  slicer.end();
  return parts;
}

/** The same bytes, cut at some places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const places = fc.array(fc.nat(), { maxLength: 8 });

describe('slicing JSON', () => {
  it('cuts a list into its elements, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2, '\t'), places, (values, indent, at) => {
        const bytes = new TextEncoder().encode(JSON.stringify(values, undefined, indent));
        const parts = slice(cut(bytes, at));
        expect(parts.map((part) => JSON.parse(part) as unknown)).toEqual(
          JSON.parse(JSON.stringify(values)) as unknown,
        );
      }),
    );
  });

  it('cuts the outer list of an object, and gives the rest of the object at its end', () => {
    const envelope = fc.record({ a: fc.jsonValue(), data: fc.array(fc.jsonValue()), z: fc.jsonValue() });
    fc.assert(
      fc.property(envelope, places, (value, at) => {
        const bytes = new TextEncoder().encode(JSON.stringify(value));
        const parts = slice(cut(bytes, at)).map((part) => JSON.parse(part) as unknown);
        const { data, ...rest } = JSON.parse(JSON.stringify(value)) as typeof value;
        expect(parts).toEqual([...data, { ...rest, data: [] }]);
      }),
    );
  });

  it('cuts JSON Lines, and documents one after another', () => {
    const bytes = new TextEncoder().encode('{"a":[1]}\n{"resourceSpans":[{"b":"]"},2]} [3]\n');
    expect(slice([bytes])).toEqual(['{"a":[1]}', '{"b":"]"}', '2', '{"resourceSpans":[]}', '3']);
  });

  it('refuses what is not JSON at all, what does not end, and what has no end in sight', () => {
    const bytes = (text: string) => [new TextEncoder().encode(text)];
    expect(() => slice(bytes('hello'))).toThrow('neither JSON nor protobuf');
    expect(() => slice(bytes('[{"a":'))).toThrow('ends in the middle');
    expect(() => slice(bytes(`[{"a":"${'x'.repeat(3 * 2 ** 20)}"}]`), 2 * 2 ** 20)).toThrow(
      'a part of it is longer than 2 MiB',
    );
  });
});

describe('slicing protobuf', () => {
  it('cuts it into messages, wherever the bytes are cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(messages, places, (parts, at) => {
        const framed = parts.map((part) => {
          const length = part.length < 128 ? [part.length] : [(part.length & 0x7f) | 0x80, part.length >> 7];
          return Buffer.concat([Uint8Array.from([0x0a, ...length]), part]);
        });
        const found: Uint8Array[] = [];
        const slicer = new ProtobufSlicer((part) => found.push(part), 2 ** 20);
        for (const chunk of cut(Buffer.concat(framed), at)) slicer.push(chunk);
        slicer.end();
        expect(found.map((each) => Buffer.from(each))).toEqual(parts.map((each) => Buffer.from(each)));
      }),
    );
  });

  it('refuses other fields', () => {
    const slicer = new ProtobufSlicer(() => undefined, 2 ** 20);
    expect(() => {
      slicer.push(Uint8Array.from([0x12, 0]));
    }).toThrow(TraceFormatError);
  });
});
