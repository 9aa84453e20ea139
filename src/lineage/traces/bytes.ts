/** Bytes of one part of a file, which come in several chunks. */
import { TraceFormatError } from './span.js';

const decoder = new TextDecoder();

export class Bytes {
  private parts: Uint8Array[] = [];
  private length = 0;

  constructor(private readonly limit: number) {}

  /** @throws TraceFormatError where it is too long */
  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length > this.limit)
      throw new TraceFormatError(`a part of it is longer than ${Math.floor(this.limit / 2 ** 20)} MiB`);
    if (part.length > 0) this.parts.push(part);
  }

  /** All of it; then there is none. */
  take(): Uint8Array {
    const taken = this.parts.length === 1 ? this.parts[0] : this.join();
    this.parts = [];
    this.length = 0;
    return taken;
  }

  /** The last bytes, as text. */
  tail(length: number): string {
    let text = '';
    for (let index = this.parts.length - 1; index >= 0 && text.length < length; index--)
      text = decoder.decode(this.parts[index].subarray(-length)) + text;
    return text;
  }

  private join(): Uint8Array {
    const joined = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }
}
