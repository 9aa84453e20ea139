/**
 * A connection that is not one: what a client of HTTP gets in place of a socket where its call is to fail. All that
 * `http.request` does with an answer, an error or a wait is then done by Node itself, as it does with a real one.
 */
import { Duplex } from 'node:stream';

/** What the other side of a connection does, once a request has begun to come. */
export type OtherSide = (socket: StandInSocket) => void;

export class StandInSocket extends Duplex {
  readonly connecting = false;
  readonly remoteAddress = '127.0.0.1';
  private idle: { readonly milliseconds: number; timer: NodeJS.Timeout } | undefined;
  /** Where what is written goes; undefined while nobody takes it. */
  private taker: Duplex | undefined;
  private written: { readonly chunk: Buffer; readonly done: (error?: Error | null) => void } | undefined;

  constructor(otherSide: OtherSide) {
    super({ allowHalfOpen: true });
    // Whoever asked for it has to listen first.
    setImmediate(() => {
      if (!this.destroyed) otherSide(this);
    });
  }

  /** Answers with bytes, and closes. */
  answer(bytes: string): void {
    this.push(bytes);
    this.push(null);
  }

  /** From now on this is what a real connection says and hears. */
  passTo(real: Duplex): void {
    real.on('data', (chunk: Buffer) => {
      this.refresh();
      if (!this.push(chunk)) real.pause();
    });
    real.once('end', () => this.push(null));
    real.once('error', (error) => this.destroy(error));
    real.once('close', () => this.destroy());
    this.once('close', () => real.destroy());
    this.taker = real;
    const { written } = this;
    this.written = undefined;
    if (written !== undefined) real.write(written.chunk, written.done);
  }

  override _read(): void {
    this.taker?.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.refresh();
    if (this.taker !== undefined) this.taker.write(chunk, done);
    else this.written = { chunk, done };
  }

  override _final(done: (error?: Error | null) => void): void {
    this.taker?.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.idle?.timer);
    done(error);
  }

  /** As of a real socket: idle for so many milliseconds, it says `timeout`. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    clearTimeout(this.idle?.timer);
    if (listener !== undefined) this.once('timeout', listener);
    const timer = setTimeout(() => this.emit('timeout'), milliseconds);
    if (milliseconds > 0) this.idle = { milliseconds, timer };
    else clearTimeout(timer);
    return this;
  }

  private refresh(): void {
    this.idle?.timer.refresh();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
