/**
 * Protobuf as it is on the wire: fields with a number, of which each has one of four forms. Written out because
 * packages read 64 bits as a number, which loses nanoseconds, or bring a compiler of schemas for one message.
 */
import { TraceFormatError } from './span.js';

/** How the value of a field is written. */
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

const text = new TextDecoder();

/** Goes through the fields of one message. After `next`, the value is read once, or passed over. */
export class WireReader {
  /** The number of the field that `next` came to. */
  field = 0;
  private form = VARINT;
  private at = 0;
  private valueAt = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Whether there is another field.
   *
   * @throws TraceFormatError where the bytes are no message
   */
  next(): boolean {
    if (this.at >= this.bytes.length) return false;
    const tag = Number(this.readVarint());
    this.field = Math.floor(tag / 8);
    this.form = tag % 8;
    this.valueAt = this.at;
    this.skip();
    return true;
  }

  bytesValue(): Uint8Array {
    this.expect(BYTES);
    this.at = this.valueAt;
    const length = Number(this.readVarint());
    return this.take(length);
  }

  textValue(): string {
    return text.decode(this.bytesValue());
  }

  /** A whole number with a sign. */
  integerValue(): bigint {
    this.expect(VARINT);
    this.at = this.valueAt;
    return BigInt.asIntN(64, this.readVarint());
  }

  fixed64Value(): bigint {
    this.expect(FIXED_64);
    return this.view.getBigUint64(this.valueAt, true);
  }

  doubleValue(): number {
    this.expect(FIXED_64);
    return this.view.getFloat64(this.valueAt, true);
  }

  private expect(form: number): void {
    if (this.form !== form) throw new TraceFormatError(`field ${this.field} of a message is of another form`);
  }

  /** Moves behind the value. */
  private skip(): void {
    switch (this.form) {
      case VARINT:
        this.readVarint();
        return;
      case FIXED_64:
        this.take(8);
        return;
      case BYTES:
        this.take(Number(this.readVarint()));
        return;
      case FIXED_32:
        this.take(4);
        return;
      default:
        throw new TraceFormatError('a field of a message has a form that there is not');
    }
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new TraceFormatError('a message ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Seven bits a byte, the lowest first. Up to 49 bits fit into a number, which is what most are. */
  private readVarint(): bigint {
    let small = 0;
    for (let index = 0; index < 7; index++) {
      const byte = this.byte();
      small += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return BigInt(small);
    }
    let large = BigInt(small);
    for (let index = 7n; index < 10n; index++) {
      const byte = this.byte();
      large |= BigInt(byte & 0x7f) << (7n * index);
      if (byte < 0x80) return large;
    }
    throw new TraceFormatError('a number of a message does not end');
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw new TraceFormatError('a message ends too early');
    return this.bytes[this.at++];
  }
}
