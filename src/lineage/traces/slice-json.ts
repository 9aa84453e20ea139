/**
 * Cuts JSON into parts that can be read one by one, as it comes in: documents one after another, and of a document the
 * elements of its outer list. So a file may be of any length; only its parts may not. Parts are cut by counting
 * brackets, and are JSON only if whoever parses them says so.
 */
import { Bytes } from './bytes.js';
import { TraceFormatError } from './span.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BLANKS = [0x20, 0x09, 0x0a, 0x0d];

/** What stands before the outer list of a document that is an object. */
const BEFORE_LIST = /"(?:data|resourceSpans|batches)"\s*:\s*$/;

/** How much of a document is looked at for that, in bytes. */
const LOOKED_AT = 64;

/** `outside`: between documents. `envelope`: in a document, outside of its list. `list`: in it, between elements. */
type Place = 'outside' | 'envelope' | 'list' | 'element';

export class JsonSlicer {
  private place: Place = 'outside';
  /** Whether the list is within an object, which goes on behind it. */
  private isWrapped = false;
  private depth = 0;
  private inText = false;
  private isEscaped = false;
  private envelope: Bytes;
  private element: Bytes;

  /**
   * @param emit called with each part
   * @param limit bytes that a part may have
   */
  constructor(
    private readonly emit: (part: Uint8Array) => void,
    limit: number,
  ) {
    this.envelope = new Bytes(limit);
    this.element = new Bytes(limit);
  }

  /** @throws TraceFormatError where it is no JSON, or a part is too long */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.inText) {
        at = this.passText(chunk, at);
        continue;
      }
      const byte = chunk[at];
      switch (this.place) {
        case 'outside':
          if (this.begins(byte)) from = at;
          break;
        case 'envelope':
          if (byte === OPEN_LIST && this.depth === 1 && this.opensList(chunk, from, at)) {
            this.envelope.add(chunk.subarray(from, at + 1));
            this.place = 'list';
            this.isWrapped = true;
          } else if (this.closes(byte)) {
            this.envelope.add(chunk.subarray(from, at + 1));
            this.place = 'outside';
            this.emit(this.envelope.take());
          }
          break;
        case 'list':
          if (byte === CLOSE_LIST) {
            this.place = this.isWrapped ? 'envelope' : 'outside';
            this.depth = this.isWrapped ? 1 : 0;
            from = at;
          } else if (byte !== COMMA && !BLANKS.includes(byte)) {
            this.place = 'element';
            this.depth = 0;
            from = at;
            // It may be as short as one sign.
            this.closes(byte);
          }
          break;
        case 'element':
          if (this.depth === 0 && (byte === COMMA || byte === CLOSE_LIST)) {
            // A number, or the like: what follows it is not its own.
            this.endElement(chunk.subarray(from, at));
            at--;
          } else if (this.closes(byte)) this.endElement(chunk.subarray(from, at + 1));
      }
    }
    if (this.place === 'envelope') this.envelope.add(chunk.subarray(from));
    else if (this.place === 'element') this.element.add(chunk.subarray(from));
  }

  /** @throws TraceFormatError where the last document does not end */
  end(): void {
    if (this.place !== 'outside') throw new TraceFormatError('it ends in the middle of a document');
  }

  private endElement(rest: Uint8Array): void {
    this.element.add(rest);
    this.place = 'list';
    this.emit(this.element.take());
  }

  /** Whether a document begins that has an envelope. */
  private begins(byte: number): boolean {
    if (BLANKS.includes(byte)) return false;
    if (byte === OPEN_LIST) {
      this.place = 'list';
      this.isWrapped = false;
      return false;
    }
    if (byte !== OPEN_OBJECT) throw new TraceFormatError('it is neither JSON nor protobuf');
    this.place = 'envelope';
    this.depth = 1;
    return true;
  }

  private opensList(chunk: Uint8Array, from: number, at: number): boolean {
    const start = Math.max(from, at - LOOKED_AT);
    const here = chunk.subarray(start, at);
    return BEFORE_LIST.test((start === from ? this.envelope.tail(LOOKED_AT) : '') + decoder.decode(here));
  }

  /** Whether what was open is closed by this sign, which is not within a text. */
  private closes(byte: number): boolean {
    if (byte === QUOTE) this.inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) return --this.depth <= 0;
    return false;
  }

  /** @returns the last place of a chunk, from `at`, that is within the text */
  private passText(chunk: Uint8Array, at: number): number {
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) {
        this.inText = false;
        return at;
      }
    }
    return at;
  }
}

const decoder = new TextDecoder();
