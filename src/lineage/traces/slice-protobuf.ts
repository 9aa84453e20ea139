/** Cuts the outer message of OTLP into its `ResourceSpans`, as it comes in. */
import { Bytes } from './bytes.js';
import { TraceFormatError } from './span.js';

/** The tag of the first field, with a length. */
const RESOURCE_SPANS = 0x0a;

/**
 * Whether bytes are the beginning of such a message. The first is a line feed as well, with which JSON may begin; but
 * within two messages more JSON has a blank, a quote or a bracket, where protobuf has a tag.
 *
 * @param head at least the first 24 bytes, where there are as many
 */
export function looksLikeProtobuf(head: Uint8Array): boolean {
  // An empty `ResourceSpans` has the length zero; or its resource, or scopes, or the URL of its schema follow.
  const outer = lengthAt(head, 1);
  if (head[0] !== RESOURCE_SPANS || outer === undefined) return false;
  if (outer.length === 0) return true;
  const tag = head[outer.end];
  if (tag === 0x12 || tag === 0x1a) return true;
  const inner = lengthAt(head, outer.end + 1);
  if (tag !== 0x0a || inner === undefined) return false;
  return inner.length === 0 || head[inner.end] === 0x0a || head[inner.end] === 0x10;
}

function lengthAt(
  bytes: Uint8Array,
  from: number,
): { readonly length: number; readonly end: number } | undefined {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[from + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { length, end: from + index + 1 };
  }
  return undefined;
}

export class ProtobufSlicer {
  /** Of the part that comes; undefined while its tag and its length come. */
  private missing: number | undefined;
  private head: number[] = [];
  private readonly part: Bytes;

  /**
   * @param emit called with each message
   * @param limit bytes that a message may have
   */
  constructor(
    private readonly emit: (part: Uint8Array) => void,
    limit: number,
  ) {
    this.part = new Bytes(limit);
  }

  /** @throws TraceFormatError where it is no such message, or a part is too long */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      if (this.missing === undefined) this.readHead(chunk[at++]);
      else {
        const taken = chunk.subarray(at, at + this.missing);
        this.part.add(taken);
        this.missing -= taken.length;
        at += taken.length;
      }
      if (this.missing === 0) {
        this.missing = undefined;
        this.emit(this.part.take());
      }
    }
  }

  /** @throws TraceFormatError where the last message does not end */
  end(): void {
    if (this.missing !== undefined || this.head.length > 0)
      throw new TraceFormatError('it ends in the middle of a message');
  }

  private readHead(byte: number): void {
    this.head.push(byte);
    if (this.head[0] !== RESOURCE_SPANS)
      throw new TraceFormatError('it has a field that messages of traces do not have');
    const length = lengthAt(Uint8Array.from(this.head), 1);
    if (length === undefined) {
      if (this.head.length > 6) throw new TraceFormatError('a length in it does not end');
      return;
    }
    this.missing = length.length;
    this.head = [];
  }
}
