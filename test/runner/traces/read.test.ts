import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TraceSet } from '../../../src/lineage/traces/trace-set.js';
import { readTraces } from '../../../src/runner/traces/read.js';
import { otlpJson, otlpProtobuf, span, spanId } from '../../lineage/traces/spans.js';

const spans = [span({ spanId: spanId(1), service: 'čaj' }), span({ spanId: spanId(2), parentId: spanId(1) })];
const json = otlpJson(spans);

async function* inChunks(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length)
    yield await Promise.resolve(bytes.subarray(at, at + length));
}

async function read(bytes: Uint8Array, { chunk = 7, longestPart = 2 ** 20 } = {}): Promise<TraceSet> {
  const traces = new TraceSet(() => true);
  await readTraces(inChunks(bytes, chunk), traces, { longestPart });
  return traces;
}

function spansIn(traces: TraceSet) {
  return [...traces.traces()].flatMap(({ nodes }) => nodes.map((node) => node.span));
}

describe('reading traces', () => {
  it.each([
    ['JSON', Buffer.from(json)],
    ['JSON with a byte-order mark', Buffer.from(`\ufeff${json}`)],
    ['JSON as UTF-16, the low byte first', Buffer.from(`\ufeff${json}`, 'utf16le')],
    ['JSON as UTF-16, the high byte first', Buffer.from(`\ufeff${json}`, 'utf16le').swap16()],
    ['JSON in gzip', gzipSync(json)],
    ['JSON Lines', Buffer.from(`${otlpJson([spans[0]])}\n${otlpJson([spans[1]])}\n`)],
    ['protobuf', otlpProtobuf(spans)],
    ['protobuf in gzip', gzipSync(otlpProtobuf(spans))],
  ])('reads %s, wherever it is cut', async (_, bytes) => {
    for (const chunk of [1, 7, 1000]) expect(spansIn(await read(bytes, { chunk }))).toEqual(spans);
  });

  it('reads nothing from nothing', async () => {
    expect((await read(Buffer.from(''))).isEmpty).toBe(true);
    expect((await read(Buffer.from('{"resourceSpans":[]}'))).isEmpty).toBe(true);
    expect((await read(Buffer.from('[]'))).isEmpty).toBe(true);
  });

  it('says what is no trace, and how far it came', async () => {
    await expect(read(Buffer.from('a log'))).rejects.toThrow('it is neither JSON nor protobuf');
    await expect(read(Buffer.from('[{"a":1}]'))).rejects.toThrow('it is of no known format of traces');
    await expect(read(Buffer.from(`${json}\n{"a"}`))).rejects.toThrow(/^after 3 of its parts, it is no JSON/);
    await expect(read(gzipSync(json).subarray(0, 40))).rejects.toThrow('it cannot be unpacked');
    await expect(read(Buffer.from(json), { longestPart: 100 })).rejects.toThrow('a part of it is longer');
  });

  it('keeps what comes before it ends too early', async () => {
    const traces = new TraceSet(() => true);
    const early = inChunks(Buffer.from(`${otlpJson([spans[0]])}{"resourceSpans":[`), 9);
    await expect(readTraces(early, traces)).rejects.toThrow('it ends in the middle of a document');
    expect(spansIn(traces)).toEqual([spans[0]]);
  });

  it('passes on what goes wrong below it', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(gzipSync(json).subarray(0, 30));
      throw new Error('the disk is gone');
    }
    await expect(readTraces(broken(), new TraceSet(() => true))).rejects.toThrow('the disk is gone');
  });
});
