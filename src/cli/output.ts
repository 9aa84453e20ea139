/**
 * Standard output and standard error. Node writes to a file once, and forgets what did not fit; so files are written to
 * here, until all is written or it is known why not.
 */
import { fstatSync, writeSync } from 'node:fs';
import { reasonOf } from '../toolkit.js';

/** A stream that knows whether it lost something. */
export class Output {
  /** Why something was not written, and nothing after it. */
  failure: string | undefined;
  private readonly pass: (text: string) => void;

  constructor(stream: NodeJS.WriteStream & { readonly fd: number }) {
    const stats = fstatSync(stream.fd);
    // A device such as /dev/full is a file to Node, unless a person sits before it.
    const isFile = stats.isFile() || (stats.isCharacterDevice() && !stream.isTTY);
    this.pass = isFile
      ? (text) => {
          writeAll(stream.fd, text);
        }
      : (text) => {
          stream.write(text);
        };
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that closes a pipe, as `head` does, has seen enough; that is no failure.
      if (error.code !== 'EPIPE') this.failure ??= reasonOf(error);
    });
  }

  readonly write = (text: string): void => {
    if (this.failure !== undefined) return;
    try {
      this.pass(text);
    } catch (error) {
      this.failure = reasonOf(error);
    }
  };
}

/** @throws Error of the file system */
function writeAll(file: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
