/**
 * From bytes to spans: unpacked, recognized, cut into parts and read part by part, so that what is kept is the spans
 * alone, however long the file.
 */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readResourceSpansMessage } from '../../lineage/traces/otlp-protobuf.js';
import { readJson } from '../../lineage/traces/recognize.js';
import { JsonSlicer } from '../../lineage/traces/slice-json.js';
import { looksLikeProtobuf, ProtobufSlicer } from '../../lineage/traces/slice-protobuf.js';
import { TraceFormatError } from '../../lineage/traces/span.js';
import type { TraceSet } from '../../lineage/traces/trace-set.js';

/** The longest part, in bytes: as JSON it becomes one text, and many times as much while it is read. */
export const LONGEST_PART = 128 * 2 ** 20;

/** Bytes by which formats are told apart. */
const HEAD = 24;

type Chunks = AsyncIterable<Uint8Array>;

export interface ReadingOptions {
  /** Called after each part; what it throws ends the reading. */
  readonly look?: () => void;
  /** Default: {@link LONGEST_PART}. */
  readonly longestPart?: number;
}

/**
 * Adds all spans of a file, or of whatever else bytes come from. Those that come before an error are added.
 *
 * @throws TraceFormatError where it is no trace, or not to its end
 */
export async function readTraces(
  chunks: Chunks,
  into: TraceSet,
  options: ReadingOptions = {},
): Promise<void> {
  const { look = () => undefined, longestPart = LONGEST_PART } = options;
  const { head, all } = await peek(decoded(await unpacked(chunks)));
  if (head.length === 0) return;
  let part = 0;
  const reading = (read: (bytes: Uint8Array) => void) => (bytes: Uint8Array) => {
    part++;
    read(bytes);
    look();
  };
  const slicer = looksLikeProtobuf(head)
    ? new ProtobufSlicer(
        reading((bytes) => {
          into.add('otlp-protobuf', readResourceSpansMessage(bytes));
        }),
        longestPart,
      )
    : new JsonSlicer(
        reading((bytes) => {
          addJson(bytes, into);
        }),
        longestPart,
      );
  try {
    for await (const chunk of all) slicer.push(chunk);
    slicer.end();
  } catch (error) {
    if (!(error instanceof TraceFormatError) || part <= 1) throw error;
    throw new TraceFormatError(`after ${part - 1} of its parts, ${error.message}`);
  }
}

function addJson(bytes: Uint8Array, into: TraceSet): void {
  for (const { format, records } of readJson(text.decode(bytes))) into.add(format, records);
}

const text = new TextDecoder();

/** What is compressed by gzip, as it was before. */
async function unpacked(chunks: Chunks): Promise<Chunks> {
  const { head, all } = await peek(chunks);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return all;
  return gunzipped(all);
}

async function* gunzipped(chunks: Chunks): Chunks {
  // What goes wrong before it is told by the stream itself.
  const stream = pipeline(Readable.from(chunks), createGunzip(), () => undefined);
  try {
    yield* stream as Chunks;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new TraceFormatError(`it cannot be unpacked: ${error.message}`);
    throw error;
  }
}

/** Without a byte-order mark, and as UTF-8 where the mark says that it is UTF-16. */
async function* decoded(chunks: Chunks): Chunks {
  const { head, all } = await peek(chunks);
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) yield* without(all, 3);
  else if (first === 0xff && second === 0xfe) yield* fromUtf16(all, 'utf-16le');
  else if (first === 0xfe && second === 0xff) yield* fromUtf16(all, 'utf-16be');
  else yield* all;
}

async function* without(chunks: Chunks, length: number): Chunks {
  let left = length;
  for await (const chunk of chunks) {
    yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

async function* fromUtf16(chunks: Chunks, encoding: 'utf-16le' | 'utf-16be'): Chunks {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** The first bytes, and all of them. */
async function peek(chunks: Chunks): Promise<{ readonly head: Uint8Array; readonly all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(first).subarray(0, HEAD), all: joined(first, iterator) };
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): Chunks {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
