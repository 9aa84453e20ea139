/** Looks on while an answer is written, and lets it end only when something else is done. */
import type { ServerResponse } from 'node:http';

export interface AnswerWatch {
  /** Told of every part of the body. */
  written(chunk: Uint8Array): void;
  /** The answer ends when this is fulfilled. */
  ending(): Promise<void>;
}

type Write = (...words: unknown[]) => boolean;
type End = (...words: unknown[]) => ServerResponse;

/** To whoever writes the answer it looks as if it had ended already while it has to wait. */
export function watchAnswer(response: ServerResponse, watch: AnswerWatch): void {
  const write = response.write.bind(response) as Write;
  const end = response.end.bind(response) as End;
  response.write = (...words: unknown[]) => {
    const chunk = bytesOf(words);
    if (chunk !== undefined) watch.written(chunk);
    return write(...words);
  };
  response.end = (...words: unknown[]) => {
    const chunk = bytesOf(words);
    if (chunk !== undefined) watch.written(chunk);
    writeHeadFor(response, chunk?.length ?? 0);
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      Reflect.deleteProperty(response, 'writableEnded');
      end(...words);
    };
    Object.defineProperty(response, 'writableEnded', { value: true, configurable: true });
    // Whoever goes on writing is told so by Node.
    response.write = (...more: unknown[]) => {
      release();
      return write(...more);
    };
    response.end = (...more: unknown[]) => {
      release();
      return end(...more);
    };
    void watch.ending().then(release);
    return response;
  };
}

/** The head as `end` itself would write it, with the length of a body that is known in full. */
function writeHeadFor(response: ServerResponse, length: number): void {
  if (response.headersSent) return;
  const { statusCode, req } = response;
  const hasBody = statusCode >= 200 && statusCode !== 204 && statusCode !== 304 && req.method !== 'HEAD';
  if (hasBody && !response.hasHeader('content-length') && !response.hasHeader('transfer-encoding'))
    response.setHeader('content-length', length);
  response.writeHead(statusCode);
}

/** What `write` and `end` are given to send, if anything. */
function bytesOf([chunk, encoding]: readonly unknown[]): Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk !== 'string') return undefined;
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}
